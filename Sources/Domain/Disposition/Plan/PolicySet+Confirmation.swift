public import Policies

extension PolicySet {
    /// The gates of policies that delete whatever there is, by name: an empty match may be meant, and may be a slip.
    ///
    /// What was released from a review was chosen record by record, and asks for no confirmation.
    ///
    /// - Source: hard case 64: a selector that matches all needs a typed confirmation.
    /// - Parameters:
    ///   - names: the policies because of which something goes.
    ///   - confirmed: those whose names somebody typed.
    public func unconfirmed(_ names: some Sequence<String>, but confirmed: Set<String> = []) -> [Gate] {
        let asking = Set(names).subtracting(confirmed)
        let everything = retention.filter { $0.whenDue == .delete && $0.match.isEverything && asking.contains($0.name) }
        return everything.map(\.name).sorted().map { .unconfirmed(policy: $0) }
    }
}

extension PlanHead {
    /// The gates of its policies that ask for whatever there is.
    public func unconfirmed(_ policies: PolicySet) -> [Gate] {
        policies.unconfirmed(limits.lazy.filter { $0.asked > 0 }.map(\.policy))
    }
}
