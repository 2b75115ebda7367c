internal import Chronology
public import Policies
internal import Records

/// The document of the new side that makes something true of a record.
public enum Cause: Sendable, Hashable {
    /// The policy of this index among the retention policies.
    case retention(Int)
    /// The policy of this index among the access policies.
    case access(Int)
    /// The hold of this index.
    case hold(Int)
    /// The exception of this index.
    case exception(Int)
    /// No document by itself: a record that nothing covers, or that is kept for what needs it.
    case none

    /// The kind and the name of the document.
    public func document(in policies: PolicySet) -> (kind: String, name: String)? {
        switch self {
        case .retention(let index): ("RetentionPolicy", policies.retention[index].name)
        case .access(let index): ("AccessPolicy", policies.access[index].name)
        case .hold(let index): ("LegalHold", policies.holds[index].name)
        case .exception(let index): ("PolicyException", policies.exceptions[index].name)
        case .none: nil
        }
    }

    /// How outputs name the exception, where it is one.
    public func exception(in policies: PolicySet) -> PolicyException.Citation? {
        if case .exception(let index) = self { policies.exceptions[index].citation } else { nil }
    }

    /// Retention policies first, each in the order of its set.
    var order: UInt64 {
        switch self {
        case .retention(let index): UInt64(index)
        case .access(let index): 1 << 32 | UInt64(index)
        case .hold(let index): 2 << 32 | UInt64(index)
        case .exception(let index): 3 << 32 | UInt64(index)
        case .none: 4 << 32
        }
    }
}

extension ScanResult {
    /// The document behind what a finding says: the exception where it is excepted, else what makes it.
    func cause(_ finding: Finding) -> Cause {
        if let exception = exceptionIndex(of: finding) { return .exception(exception) }
        return finding.policy.map { .retention($0) } ?? finding.accessPolicy.map { .access($0) } ?? .none
    }

    /// The documents that keep a record by themselves; none where it is kept for what needs it.
    func keepers(_ row: Int) -> [Cause] {
        let plan = assessment.plan(row)
        let policies = plan.obliging.filter { assessment.judge.obligation(of: $0, row).late > asOf.microseconds }
        let holds = plan.holds.filter { hold in
            assessment.rules.isMatter(hold)
                || assessment.rules.releasedUntil(hold).map { $0 > asOf.microseconds } ?? false
        }
        let causes = policies.map(Cause.retention) + holds.map(Cause.hold)
        return causes.isEmpty ? [.none] : causes
    }
}
