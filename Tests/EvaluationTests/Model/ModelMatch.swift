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
    func answer(_ condition: String, _ index: Int) -> ModelAnswer {
        let node = nodes[index]
        let product = node.metadata["product"] ?? .absent
        switch condition {
        case Expressions.hasProduct: return product == .undecided ? .undecided : product == .absent ? .no : .yes
        case Expressions.isSupport: return product == .absent ? .undecided : answer(product, ["support"])
        case Expressions.isTenant: return answer(node.fields["tenant"] ?? .absent, ["t1"])
        case Expressions.isUndated: return node.isConflicted ? .undecided : node.created.isPoint ? .no : .yes
        case Expressions.isShared, Expressions.isSharedByVariable:
            return users(of: index).map { $0.count > 1 ? .yes : .no } ?? .undecided
        case Expressions.holdsRuns: return holdsRuns(index)
        case Expressions.isOfOneTenant: return isOfOneTenant(index)
        case Expressions.usesOneSupportFile: return usesOneSupportFile(index)
        case Expressions.isBesideRuns:
            return node.containers.isEmpty && !node.isContainerUnknown
                ? .no : container(of: index).map(holdsRuns) ?? .undecided
        case Expressions.usersAreInThreads:
            return users(of: index).map { some($0.map(isInThread)) } ?? .undecided
        default: return .undecided
        }
    }

    // MARK: Related records, nil where a kind that could be among them was not read to its end

    private func users(of index: Int) -> [Int]? {
        nodes[index].kind.users.kinds.allSatisfy { isComplete($0, for: index) } ? nodes[index].users : nil
    }

    private func used(by index: Int) -> [Int]? {
        nodes[index].kind.targets.kinds.allSatisfy { isComplete($0, for: index) } ? Array(nodes[index].uses) : nil
    }

    /// The one container; nil where it is not known, or is one of two.
    private func container(of index: Int) -> Int? {
        nodes[index].containers.count == 1 ? nodes[index].containers[0] : nil
    }

    private func holdsRuns(_ index: Int) -> ModelAnswer {
        if nodes[index].kind.parts.kinds.contains(where: { !isComplete($0, for: index) }) { return .undecided }
        return nodes.contains { $0.kind == .run && $0.containers.contains(index) } ? .yes : .no
    }

    /// The tenant of each against that of the first in the order of reports: by kind, then by the bytes of the id.
    private func isOfOneTenant(_ index: Int) -> ModelAnswer {
        guard let users = users(of: index) else { return .undecided }
        let tenants = inOrder(users).map { nodes[$0].fields["tenant"] ?? .absent }
        return every(
            tenants.map { tenant in
                guard case .text(let own) = tenant, case .text(let first)? = tenants.first else { return .undecided }
                return own == first ? .yes : .no
            })
    }

    /// One that fails makes the whole fail, whatever the others are.
    private func usesOneSupportFile(_ index: Int) -> ModelAnswer {
        guard let used = used(by: index) else { return .undecided }
        let answers = used.map { other -> ModelAnswer in
            let product = nodes[other].metadata["product"] ?? .absent
            return product == .absent ? .undecided : answer(product, ["support"])
        }
        if answers.contains(.undecided) { return .undecided }
        return answers.filter { $0 == .yes }.count == 1 ? .yes : .no
    }

    private func isInThread(_ index: Int) -> ModelAnswer {
        container(of: index).map { nodes[$0].kind == .thread ? .yes : .no } ?? .undecided
    }

    private func inOrder(_ records: [Int]) -> [Int] {
        records.sorted { left, right in
            nodes[left].kind == nodes[right].kind
                ? nodes[left].id.utf8.lexicographicallyPrecedes(nodes[right].id.utf8)
                : nodes[left].kind < nodes[right].kind
        }
    }

    /// Whether a condition without an answer fails by itself: it reads what is certainly not there. One that meets
    /// anything in doubt might yet have an answer, and of several errors a doubt outweighs; `exists_one` stops at the first.
    func fails(_ condition: String, _ index: Int) -> Bool {
        switch condition {
        case Expressions.isSupport: return nodes[index].metadata["product"] ?? .absent == .absent
        case Expressions.isOfOneTenant:
            guard let users = users(of: index) else { return false }
            let tenants = inOrder(users).map { nodes[$0].fields["tenant"] ?? .absent }
            return !tenants.contains { own in
                own == .undecided || (own != .absent && tenants.first == .undecided)
            }
        case Expressions.usesOneSupportFile:
            guard let used = used(by: index) else { return false }
            let products = inOrder(used).map { nodes[$0].metadata["product"] ?? .absent }
            return products.first { $0 == .absent || $0 == .undecided } == .absent
        case Expressions.usersAreInThreads:
            guard let users = users(of: index) else { return false }
            return users.allSatisfy { user in
                container(of: user) != nil || (nodes[user].containers.isEmpty && !nodes[user].isContainerUnknown)
            }
        default: return false
        }
    }

    private func every(_ answers: [ModelAnswer]) -> ModelAnswer {
        answers.contains(.no) ? .no : answers.contains(.undecided) ? .undecided : .yes
    }

    private func some(_ answers: [ModelAnswer]) -> ModelAnswer {
        answers.contains(.yes) ? .yes : answers.contains(.undecided) ? .undecided : .no
    }

    /// Whether a document could speak of records of this kind in the source of this record.
    func couldSpeak(_ match: Match, of kind: Kind, besides index: Int) -> Bool {
        let name = world.sources[nodes[index].source].name
        return match.kinds?.has(kind) ?? true && (match.sources.isEmpty || match.sources.contains { $0.matches(name) })
    }
}
