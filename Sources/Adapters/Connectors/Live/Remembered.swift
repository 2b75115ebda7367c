public import Records

/// What earlier scans know of a kind that cannot be listed.
public struct Remembered: Sendable {
    let kind: Kind
    /// The ids of what was there when it was asked for last.
    var ids: [String]
    /// How many are known to be gone, and are not asked for.
    let gone: Int
    /// How many of those that were there must be kept.
    let kept: Int
    /// Whether any was ever seen.
    let wasSeen: Bool

    /// What is known of a kind.
    ///
    /// - Parameters:
    ///   - ids: of what was there when it was asked for last.
    ///   - gone: how many were there once, and are not.
    ///   - kept: how many of those that were there must be kept.
    public init(kind: Kind, ids: [String], gone: Int, kept: Int) {
        self.kind = kind
        self.ids = ids
        self.gone = gone
        self.kept = kept
        wasSeen = gone > 0 || !ids.isEmpty
    }
}
