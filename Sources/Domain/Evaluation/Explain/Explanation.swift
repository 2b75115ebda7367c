public import Chronology
public import Policies
public import Records

/// Everything that led to the decisions about one record.
public struct Explanation: Sendable {
    /// One time of the record, and where it comes from.
    public struct Clock: Sendable, Hashable {
        /// The clock's name in policies, with the roles that count where it matters.
        public let name: String
        /// What is known of it; nil where it has not begun.
        public let interval: Interval?
        /// Where it comes from.
        public let origin: String
    }

    /// A document, and whether it speaks of the record.
    public struct Rule: Sendable, Hashable {
        /// Whether the document speaks of the record.
        public enum Outcome: String, Sendable, Hashable { case matches, undecided, differs }

        /// `policy`, `access policy`, `hold` or `exception`.
        public let document: String
        /// The document's name.
        public let name: String
        /// Whether it speaks of the record.
        public let outcome: Outcome
        /// The first condition that does not hold, or cannot be decided; nil where all hold.
        public let condition: String?
        /// Whether this condition is the only one that keeps the document from speaking of the record.
        public let isNearMiss: Bool
        /// What follows from the document, or why nothing does although it matches.
        public let effect: String?
        /// What the document obliges to by itself; nil where it obliges to nothing.
        public let obligation: Obligation?
        /// The exception, where it is one.
        public let exception: PolicyException.Citation?
        /// Whether it is in force at the as-of; an exception or hold can have ended, or not have begun.
        public let isInForce: Bool
        /// Where the document begins.
        public let location: SourceLocation
        /// The part of its `where` that fails, where it is this that fails: as the policy writes it.
        public let part: String?
        /// Where this part stands.
        public let partLocation: SourceLocation?
    }

    /// The record's row.
    public let row: Int
    /// The record's source.
    public let source: String
    /// Its kind.
    public let kind: Kind
    /// Its id.
    public let id: String
    /// Where it was read.
    public let place: Place?
    /// Its clocks.
    public let clocks: [Clock]
    /// All documents, those that speak of the record first.
    public let rules: [Rule]
    /// What obliges to keep the record, both ends; nil where nothing does.
    public let keepUntil: Interval?
    /// The names of the matters on it.
    public let matters: [String]
    /// What makes K(r) what it is, each with its path: the matters, and what stands at its two ends.
    public let keepers: [Keeper]
    /// The decisions, with both readings.
    public let decisions: [PairDecision]
    /// The names of the policies of `decisions`, in the same order.
    public let policyNames: [String]
    /// What access policies say of it. None of it keeps the record, or lets it go.
    public let validations: [ValidationDecision]
    /// Why it should not be gone, a sentence for each document that says so; empty where it is there.
    public let losses: [String]
    /// Whether it may be deleted now.
    public let mayGo: Bool
    /// Whether it goes, by itself or with what contains it.
    public let goes: Bool
    /// What stops its deletion.
    public let blockers: [Blocker]
    /// The smallest changes that would free the record or, where it goes, protect it. Empty where no change of a policy,
    /// a hold or an exception does.
    public let changes: [Change]

    /// What outranks what.
    public static let precedence =
        "hold > statutory and claims atLeast > privacy request > internal atLeast > exception > atMost > limits"
}
