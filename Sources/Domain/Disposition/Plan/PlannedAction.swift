/// One call of a plan, by the row of its record.
public struct PlannedAction: Sendable, Hashable {
    /// What is called.
    public enum Verb: String, Sendable, Hashable, CaseIterable {
        /// Work that is going on is stopped.
        case cancel
        /// A record is taken out of its container, and what it points to stays.
        case detach
        /// The record is deleted.
        case delete
    }

    /// Why the call is in the plan.
    public enum Cause: Sendable, Hashable {
        /// A policy in force asks for it.
        case due
        /// The record is in one that goes, whose deletion does not take it along for certain.
        case partOf(row: Int)
        /// The record at this row goes, and must not be at work, or in use, when it does.
        case clears(row: Int)
    }

    /// What is called.
    public let verb: Verb
    /// The row of the record that it is called on.
    public let row: Int
    /// Why.
    public let cause: Cause
    /// The rows of what goes with the record without a call of its own, in the order of reports.
    public internal(set) var along: [Int] = []
}
