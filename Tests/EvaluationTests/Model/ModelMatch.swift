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
        if let kinds = match.kinds, !kinds.has(node.kind) { return .no }
        if !match.sources.isEmpty, !match.sources.contains(where: { $0.matches(world.sources[node.source].name) }) {
            return .no
        }
        if !match.ids.isEmpty, !match.ids.contains(node.id) { return .no }
        var result = ModelAnswer.yes
        for condition in match.metadata {
            result = worse(result, answer(node.metadata[condition.key] ?? .absent, condition.values))
        }
        if !match.subjects.isEmpty {
            result = worse(result, answer(node.fields["subject"] ?? .absent, match.subjects))
        }
        if let span = match.createdBetween { result = worse(result, answer(node.created, span)) }
        if let condition = match.condition { result = worse(result, answer(condition.text, index)) }
        return result
    }

    private func worse(_ left: ModelAnswer, _ right: ModelAnswer) -> ModelAnswer {
        if left == .no || right == .no { return .no }
        return left == .undecided ? left : right
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

    /// The few conditions of these tests, by hand.
    private func answer(_ condition: String, _ index: Int) -> ModelAnswer {
        let node = nodes[index]
        let product = node.metadata["product"] ?? .absent
        switch condition {
        case Expressions.hasProduct: return product == .undecided ? .undecided : product == .absent ? .no : .yes
        case Expressions.isSupport: return product == .absent ? .undecided : answer(product, ["support"])
        case Expressions.isTenant: return answer(node.fields["tenant"] ?? .absent, ["t1"])
        case Expressions.isUndated: return node.isConflicted ? .undecided : node.created.isPoint ? .no : .yes
        case Expressions.isShared:
            if node.kind.users.kinds.contains(where: { !isComplete($0, for: index) }) { return .undecided }
            return node.users.count > 1 ? .yes : .no
        case Expressions.holdsRuns:
            if node.kind.parts.kinds.contains(where: { !isComplete($0, for: index) }) { return .undecided }
            return nodes.contains { $0.kind == .run && $0.containers.contains(index) } ? .yes : .no
        default: return .undecided
        }
    }

    /// Whether a document could speak of records of this kind in the source of this record.
    func couldSpeak(_ match: Match, of kind: Kind, besides index: Int) -> Bool {
        let name = world.sources[nodes[index].source].name
        return match.kinds?.has(kind) ?? true && (match.sources.isEmpty || match.sources.contains { $0.matches(name) })
    }
}
