public import Chronology
public import Policies

/// Something that a run has to say about one record: a pair of record and policy, or what stands beside the pairs.
///
/// It is small and holds no text, for there may be hundreds of thousands; `ScanResult` turns it into words.
public struct Finding: Sendable, Hashable {
    /// The record's row in the inventory.
    public var row: Int {
        get { Int(rowNumber) }
        set { rowNumber = UInt32(newValue) }
    }
    /// The index of the policy in the set's `retention`; nil for what no retention policy says.
    public var policy: Int? { isOfAccess ? nil : Self.index(policyNumber) }
    /// The index of the policy in the set's `access`; nil for what no access policy says.
    public var accessPolicy: Int? { isOfAccess ? Self.index(policyNumber) : nil }
    /// The index of the validation in the access policy's `validations`.
    public var validation: Int? { isOfAccess ? Self.index(detailNumber) : nil }
    /// The index of the hold in the set's `holds`, for an early expiry against a matter.
    public var hold: Int? { isOfAccess ? nil : Self.index(detailNumber) }
    /// What part of the rule speaks.
    public let rule: Rule
    /// What it says.
    public var state: State
    /// How bad that is.
    public var severity: Severity
    /// Whether it counts as a violation, before any threshold.
    public var isViolation = false
    /// Whether the limit is past and an obligation keeps the record.
    public var pastMax = false
    /// Whether the record may be deleted now.
    public var mayGo = false
    /// Whether a baseline holds it: a violation that was there before, and fails no run.
    public var isBaselined = false
    /// The clock; nil where there is none or it has not begun.
    public var clock: Interval? {
        get {
            guard let earliest = clockEarliest.moment, let latest = clockLatest.moment else { return nil }
            return Interval(earliest: earliest, latest: latest)
        }
        set {
            clockEarliest = OptionalMoment(newValue?.earliest)
            clockLatest = OptionalMoment(newValue?.latest)
        }
    }
    /// The late end of what obliges to keep the record; nil where nothing does.
    public var keepUntil: Moment? {
        get { keepUntilMoment.moment }
        set { keepUntilMoment = OptionalMoment(newValue) }
    }
    /// The late instant at which the rule's limit is reached.
    public var deleteAt: Moment? {
        get { deleteAtMoment.moment }
        set { deleteAtMoment = OptionalMoment(newValue) }
    }
    /// The late instant from which the record should go.
    public var dueAt: Moment? {
        get { dueAtMoment.moment }
        set { dueAtMoment = OptionalMoment(newValue) }
    }
    /// The late instant from which it is a violation that it has not.
    public var overdueAt: Moment? {
        get { overdueAtMoment.moment }
        set { overdueAtMoment = OptionalMoment(newValue) }
    }
    /// The matters in what obliges to keep the record: an index for `ScanResult.matters`.
    public var matters = MatterSet.none

    private var rowNumber: UInt32
    private let policyNumber: UInt32
    /// A hold, or a validation.
    private let detailNumber: UInt32
    private var clockEarliest = OptionalMoment(nil)
    private var clockLatest = OptionalMoment(nil)
    private var keepUntilMoment = OptionalMoment(nil)
    private var deleteAtMoment = OptionalMoment(nil)
    private var dueAtMoment = OptionalMoment(nil)
    private var overdueAtMoment = OptionalMoment(nil)

    /// A finding about a row.
    public init(row: Int, policy: Int?, hold: Int? = nil, rule: Rule, state: State, severity: Severity) {
        rowNumber = UInt32(row)
        policyNumber = Self.number(policy)
        detailNumber = Self.number(hold)
        self.rule = rule
        self.state = state
        self.severity = severity
    }

    /// A finding of an access policy about a row.
    public init(row: Int, accessPolicy: Int, validation: Int, state: State, severity: Severity) {
        rowNumber = UInt32(row)
        policyNumber = Self.number(accessPolicy)
        detailNumber = Self.number(validation)
        rule = .validation
        self.state = state
        self.severity = severity
    }

    private var isOfAccess: Bool { rule == .validation }

    private static func number(_ index: Int?) -> UInt32 { index.map { UInt32($0) } ?? .max }
    private static func index(_ number: UInt32) -> Int? { number == .max ? nil : Int(number) }

    /// What part of a rule speaks.
    public enum Rule: String, Sendable, Hashable, CaseIterable {
        case atMost, atLeast, coverage
        /// The list of people whose data was erased.
        case suppression
        /// One of an access policy's; reports print its name instead.
        case validation
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

/// A moment or none in eight bytes. The microsecond after the open past, of which no calendar knows, stands for none.
private struct OptionalMoment: Sendable, Hashable {
    private static let none = Moment.beginning.microseconds + 1

    private let microseconds: Int64

    init(_ moment: Moment?) { microseconds = moment?.microseconds ?? Self.none }

    var moment: Moment? { microseconds == Self.none ? nil : Moment(microseconds: microseconds) }
}
