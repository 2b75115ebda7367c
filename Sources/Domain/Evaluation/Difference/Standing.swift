internal import Chronology
internal import Policies
internal import Records

/// What the rules make of a record as a whole, in two bytes: all that a difference keeps of the side before.
public struct Standing: OptionSet, Sendable, Hashable {
    /// One bit for each change.
    public let rawValue: UInt16

    /// The standing of these bits.
    public init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ change: Change) { rawValue = 1 << UInt16(change.rawValue) }

    /// One thing that can be true of a record, and that a change of the rules can make true or untrue.
    public enum Change: UInt8, Sendable, Hashable, CaseIterable {
        /// A policy in force finds it due or overdue.
        case due
        /// A policy in force finds it overdue.
        case overdue
        /// It may be deleted.
        case mayGo
        /// A policy that only watches finds it due or overdue.
        case dueIfEnforced
        /// An obligation or a hold keeps it now, its own or that of what needs it.
        case kept
        /// No policy with an `atMost` speaks of it or of what contains it.
        case uncovered
        /// A validation of an access policy in force is false.
        case denied
        /// A live exception permits what some policy forbids.
        case excepted
        /// An expression fails on it.
        case error
        /// Some state of it cannot be decided.
        case undetermined

        /// The name in reports.
        public var name: String {
            switch self {
            case .mayGo: "may-go"
            case .dueIfEnforced: "due-if-enforced"
            default: String(describing: self)
            }
        }
    }

    /// What is true, in the order of the changes.
    public var changes: [Change] { Change.allCases.filter { contains(Standing($0)) } }

    /// Whether it is true.
    public func has(_ change: Change) -> Bool { contains(Standing(change)) }
}

extension ScanResult {
    /// The standing of every record.
    func standings() -> [Standing] {
        var standings = [Standing](repeating: [], count: inventory.count)
        for finding in findings { standings[finding.row].formUnion(Standing(changes(finding))) }
        for row in standings.indices {
            if marks.mayGo[row] { standings[row].insert(Standing(.mayGo)) }
            if isKept(row) { standings[row].insert(Standing(.kept)) }
        }
        for row in UncoveredRecords.rows(assessment).rows { standings[row].insert(Standing(.uncovered)) }
        return standings
    }

    /// What a finding says of its record.
    func changes(_ finding: Finding) -> [Standing.Change] {
        let mode =
            finding.policy.map { policies.retention[$0].mode }
            ?? finding.accessPolicy.map { policies.access[$0].mode } ?? .enforce
        return switch finding.state {
        case .due: mode == .enforce ? [.due] : [.dueIfEnforced]
        case .overdue: mode == .enforce ? [.due, .overdue] : [.dueIfEnforced]
        case .denied: mode == .enforce ? [.denied] : []
        case .excepted: [.excepted]
        case .error: [.error]
        case .undetermined: [.undetermined]
        default: []
        }
    }

    private func isKept(_ row: Int) -> Bool {
        assessment.matters(row) != 0 || assessment.keep(row).late > asOf.microseconds
    }
}

extension Standing {
    fileprivate init(_ changes: [Change]) {
        self = changes.reduce(into: []) { $0.insert(Standing($1)) }
    }
}
