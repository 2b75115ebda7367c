/// A record of which a policy in force says that it should go, and which stays.
public struct StayingRecord: Sendable, Hashable {
    /// What stands against it.
    public enum Reason: String, Sendable, Hashable, CaseIterable, Comparable {
        /// No policy that asks for its deletion finds it due: another asks for a review or a report.
        case notAsked = "not-asked"
        /// An obligation or a matter keeps it, its own or that of something that needs it.
        case kept
        /// A policy's verdict forbids it: an error, an exception, a use, an undecided age.
        case verdict
        /// What may protect it was not read to its end.
        case unread
        /// A hold asks whose it is, and nobody can say.
        case review
        /// The provider has no call that deletes it.
        case noCall = "no-call"
        /// Nothing is known of how its source deletes anything.
        case noProvider = "no-provider"

        /// The order of the vocabulary.
        public static func < (left: Reason, right: Reason) -> Bool { left.rawValue < right.rawValue }
    }

    /// The row of the record.
    public let row: Int
    /// What stands against it, sorted.
    public let reasons: [Reason]
}
