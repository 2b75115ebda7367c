public import Chronology
public import Policies

/// Something that a run has to say about one record: a pair of record and policy, or what stands beside the pairs.
///
/// It is small and holds no text, for there may be hundreds of thousands; `ScanResult` turns it into words.
public struct Finding: Sendable, Hashable {
    /// The record's row in the inventory.
    public var row: Int
    /// The index of the policy in the set's `retention`; nil for what no policy says.
    public var policy: Int?
    /// The index of the hold in the set's `holds`, for an early expiry against a matter.
    public var hold: Int?
    /// What part of the rule speaks.
    public var rule: Rule
    /// What it says.
    public var state: State
    /// How bad that is.
    public var severity: Severity
    /// Whether it counts as a violation, before any threshold.
    public var isViolation: Bool
    /// Whether the limit is past and an obligation keeps the record.
    public var pastMax: Bool
    /// Whether the record may be deleted now.
    public var mayGo: Bool
    /// The clock; nil where there is none or it has not begun.
    public var clock: Interval?
    /// The late end of what obliges to keep the record; nil where nothing does.
    public var keepUntil: Moment?
    /// The late instant at which the rule's limit is reached.
    public var deleteAt: Moment?
    /// The late instant from which the record should go.
    public var dueAt: Moment?
    /// The late instant from which it is a violation that it has not.
    public var overdueAt: Moment?
    /// The matters in what obliges to keep the record: an index for `ScanResult.matters`.
    public var matters: MatterSet

    /// A finding about a row.
    public init(row: Int, policy: Int?, hold: Int? = nil, rule: Rule, state: State, severity: Severity) {
        self.row = row
        self.policy = policy
        self.hold = hold
        self.rule = rule
        self.state = state
        self.severity = severity
        isViolation = false
        pastMax = false
        mayGo = false
        matters = .none
    }

    /// What part of a rule speaks.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        case atMost, atLeast, coverage
    }
}

/// A set of matters: an index into the sets that a run has met, of which the first is empty.
public struct MatterSet: Sendable, Hashable {
    /// The index.
    public let index: UInt32

    /// The set of this index.
    public init(index: UInt32) { self.index = index }

    /// No matter.
    public static let none = MatterSet(index: 0)
}
