public import Chronology
public import Policies

/// What the same records and rules come to at one instant after another, if nothing happens to the records.
public struct Forecast: Sendable {
    /// The policies of which it speaks: all retention policies, sorted by name.
    public let policies: [RetentionPolicy]
    /// The instants, ascending.
    public internal(set) var steps: [Step] = []

    /// What is true at one instant.
    public struct Step: Sendable {
        /// The instant.
        public let asOf: Moment
        /// The counts of a scan at that instant.
        public let summary: Summary
        /// Why a scan at that instant would be incomplete.
        public let incomplete: [Incompleteness]
        /// By policy, in the order of the policy set.
        public internal(set) var policies: [Amounts]
        /// The records of all policies in force, each counted once.
        public internal(set) var all = Amounts()
    }

    /// Records by what is to become of them.
    public struct Amounts: Sendable, Hashable {
        /// Due or overdue.
        public internal(set) var due = Amount()
        /// Overdue.
        public internal(set) var overdue = Amount()
        /// Due or overdue, and not so at the step before; none at the first step.
        public internal(set) var newlyDue = Amount()
        /// Records that may be deleted, because this policy asks for it.
        public internal(set) var mayGo = Amount()
    }
}
