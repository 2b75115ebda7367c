/// What a rule makes of a record at the as-of instant: worst first, as reports and summaries list them.
///
/// - Source: the design, section 5.
public enum State: UInt8, Sendable, Hashable, CaseIterable, Comparable {
    /// An expression failed on the record. Never a pass.
    case error
    /// Due, and past the rule's tolerance.
    case overdue
    /// A validation of an access policy is false.
    case denied
    /// The record is gone before its obligation ended, though we did not delete it.
    case lost
    /// The record names somebody whose data was erased: it came back.
    case resurrected
    /// The provider will remove the record before its obligation ends.
    case earlyExpiry
    /// No policy with an `atMost` speaks of the record or of what contains it.
    case uncovered
    /// The two readings of what is not known for certain count differently.
    case undetermined
    /// To be disposed of; not yet a violation.
    case due
    /// A matter keeps it past its limit.
    case held
    /// A live exception covers it.
    case excepted
    /// Something that stays still uses it.
    case inUse
    /// An obligation keeps it.
    case kept
    /// Its limit is not reached, or the validation holds.
    case allowed

    /// The state's name in reports and tests.
    public var name: String {
        switch self {
        case .earlyExpiry: "early-expiry"
        case .inUse: "in-use"
        default: String(describing: self)
        }
    }

    /// The worse state comes first.
    public static func < (left: State, right: State) -> Bool { left.rawValue < right.rawValue }
}
