internal import Chronology
internal import Policies
internal import Records

/// Lists what stops the deletion of a record.
struct Blockers {
    let result: ScanResult
    let phrases: Phrases

    private static let namedParts = 5

    private var stops: Stops { Stops(result: result) }

    func list(_ row: Int) -> [Explanation.Blocker] {
        guard !result.mayGo(row) else { return [] }
        var blockers: [Explanation.Blocker] = []
        if !stops.isAsked(row) {
            blockers.append(.init(reason: .notDue, text: "no policy in force whose whenDue is delete is due"))
        }
        if stops.isKept(row) { blockers.append(.init(reason: .kept, text: phrases.keepers(row))) }
        blockers += own(row)
        let parts = stops.parts(of: row).lazy.filter { !own($0).isEmpty }.sorted(by: result.inventory.precedes)
        for part in parts.prefix(Self.namedParts) {
            blockers += own(part).map { blocker in
                var blocker = blocker
                blocker.record = result.name(part)
                blocker.text = "\(phrases.name(part)) in it: \(blocker.text)"
                return blocker
            }
        }
        let more = parts.count - Self.namedParts
        if more > 0 { blockers.append(.init(reason: .more, text: "and \(more) more records in it")) }
        return blockers
    }

    /// What stops it beside obligations, which flow up from parts by themselves, in words.
    private func own(_ row: Int) -> [Explanation.Blocker] {
        stops.own(row).map { stop in
            switch stop {
            case .verdict(let verdict):
                let policy = result.policies.retention[verdict.policy].name
                let text = "\(policy) is \(verdict.state.name)"
                return .init(reason: .state, policy: policy, state: verdict.state, text: text)
            case .use: return .init(reason: .state, state: .inUse, text: "something that stays uses it")
            case .unread(let unread):
                let names = unread.kinds.map(\.name).joined(separator: ", ")
                let text = "not read to the end, and may hold what protects it: \(names)"
                return .init(reason: .unread, kinds: unread.kinds, text: text)
            case .review: return .init(reason: .review, text: "a hold asks whose it is, and nobody can say")
            }
        }
    }
}
