import Chronology
import Policies
import Records

/// Whether a document speaks of a record.
enum ModelAnswer {
    case no, undecided, yes
}

extension ModelFacts {
    /// The design, section 5, "Matching": all parts must hold; one that does not settles it.
    func answer(_ match: Match, _ index: Int) -> ModelAnswer {
        let node = nodes[index]
        var answers: [ModelAnswer] = []
        if let kinds = match.kinds { answers.append(kinds.has(node.kind) ? .yes : .no) }
        if !match.sources.isEmpty {
            answers.append(match.sources.contains { $0.matches(world.sources[node.source].name) } ? .yes : .no)
        }
        if !match.ids.isEmpty { answers.append(match.ids.contains(node.id) ? .yes : .no) }
        for condition in match.metadata {
            answers.append(answer(node.metadata[condition.key] ?? .absent, condition.values))
        }
        if !match.subjects.isEmpty { answers.append(answer(node.fields["subject"] ?? .absent, match.subjects)) }
        if let span = match.createdBetween { answers.append(answer(node.created, span)) }
        if answers.contains(.no) { return .no }
        return answers.contains(.undecided) ? .undecided : .yes
    }

    private func answer(_ value: ModelValue, _ wanted: [String]) -> ModelAnswer {
        switch value {
        case .absent: .no
        case .undecided: .undecided
        case .text(let text): wanted.contains(text) ? .yes : .no
        }
    }

    private func answer(_ created: Interval, _ span: Match.CreatedBetween) -> ModelAnswer {
        if created.latest < span.from || created.earliest >= span.until { return .no }
        return created.earliest >= span.from && created.latest < span.until ? .yes : .undecided
    }

    /// Whether a document could speak of records of this kind in the source of this record.
    func couldSpeak(_ match: Match, of kind: Kind, besides index: Int) -> Bool {
        let name = world.sources[nodes[index].source].name
        return match.kinds?.has(kind) ?? true && (match.sources.isEmpty || match.sources.contains { $0.matches(name) })
    }
}
