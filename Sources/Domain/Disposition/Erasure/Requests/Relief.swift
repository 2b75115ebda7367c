public import Chronology
public import Policies

/// Whether what kept a record against a request has ended since, so that the request is due to be run again.
public struct Relief: Sendable, Hashable {
    /// The holds among what kept something that have ended, or whose documents are gone, by name.
    public let ended: [String]
    /// Whether something that is kept is free by itself by now.
    public let isFree: Bool

    /// Whether the request is due to be run again.
    public var isDue: Bool { !ended.isEmpty || isFree }
}

extension KeptRequest {
    /// What has ended of all that keeps something; nil where nothing is kept.
    ///
    /// - Parameter policies: the documents as they are now. A hold that ends keeps its effect for its grace.
    public func relief(_ policies: PolicySet, at instant: Moment) -> Relief? {
        guard let last, status == .held else { return nil }
        let rules = Set(policies.retention.map(\.name))
        let ended = last.keepers.filter { name in
            guard let hold = policies.holds.first(where: { $0.name == name }) else { return !rules.contains(name) }
            return hold.inEffectUntil.map { $0 <= instant } ?? false
        }
        let free = last.freeFrom.flatMap { try? Instant(rfc3339: $0) }.map { Moment($0) <= instant } ?? false
        return Relief(ended: ended, isFree: free)
    }
}
