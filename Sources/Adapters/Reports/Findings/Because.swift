internal import Chronology
internal import Evaluation
internal import Policies

/// Puts into one line why a finding is what it is. The line names rules, holds and instants, never an id or content.
final class Because {
    private let result: ScanResult
    private let encode: (String) -> [UInt8]
    /// By policy: `at most P90D from lastActivity`.
    private let limits: [[UInt8]]
    /// By policy: the exceptions that can cover its findings.
    private let exceptions: [[UInt8]]

    /// `encode` puts names into the form that the line is written in; the line's own words need none.
    init(_ result: ScanResult, encode: @escaping (String) -> [UInt8] = { Array($0.utf8) }) {
        self.result = result
        self.encode = encode
        limits = result.policies.retention.map { encode(Self.limit($0)) }
        exceptions = result.policies.retention.map { policy in
            let names = result.policies.exceptions
                .filter { $0.policies.contains(policy.name) && $0.expiresAt > result.asOf }.map(\.name)
            return encode(names.isEmpty ? "an exception" : names.joined(separator: " or "))
        }
    }

    /// Adds the line.
    func append(_ finding: Finding, moments: inout MomentText, to line: inout [UInt8]) {
        switch finding.state {
        case .error: return line.append(literal: "an expression failed on it, so nothing about it is decided")
        case .uncovered: return line.append(literal: "no policy with atMost matches it or what contains it")
        case .earlyExpiry: return appendEarlyExpiry(finding, moments: &moments, to: &line)
        default: break
        }
        if let policy = finding.policy { line += limits[policy] }
        switch finding.state {
        case .undetermined:
            line.append(literal: "; what is known of it lets the limit be reached or not")
        case .overdue:
            append("; due since ", finding.dueAt, moments: &moments, to: &line)
            append(", overdue since ", finding.overdueAt, moments: &moments, to: &line)
        case .due:
            append("; due since ", finding.dueAt, moments: &moments, to: &line)
            append(", overdue from ", finding.overdueAt, moments: &moments, to: &line)
        default:
            append("; past since ", finding.deleteAt, moments: &moments, to: &line)
            appendWhatStands(finding, moments: &moments, to: &line)
        }
    }

    /// What stands between a limit that is past and the record.
    private func appendWhatStands(_ finding: Finding, moments: inout MomentText, to line: inout [UInt8]) {
        switch finding.state {
        case .excepted:
            line.append(literal: ", excepted by ")
            if let policy = finding.policy { line += exceptions[policy] }
        case .inUse:
            line.append(literal: ", and something that stays uses it")
        case _ where finding.matters != .none:
            line.append(literal: ", held by ")
            line += encode(result.matters(finding.matters).joined(separator: ", "))
        default:
            append(", kept until ", finding.keepUntil, orOpen: ", kept", moments: &moments, to: &line)
        }
    }

    private func appendEarlyExpiry(_ finding: Finding, moments: inout MomentText, to line: inout [UInt8]) {
        if let hold = finding.hold {
            line.append(literal: "its provider removes it while it is held by ")
            line += encode(result.policies.holds[hold].name)
            return
        }
        line.append(literal: "its provider removes it")
        append(" before ", finding.keepUntil, orOpen: ", and it is kept", moments: &moments, to: &line)
        if let policy = finding.policy, let period = result.policies.retention[policy].atLeast {
            line.append(literal: "; ")
            line += encode("at least \(period) from \(result.policies.retention[policy].clock.name)")
        }
    }

    private func append(
        _ words: StaticString, _ moment: Moment?, orOpen: StaticString = "", moments: inout MomentText,
        to line: inout [UInt8]
    ) {
        guard let moment else { return }
        guard moment != .unbounded else {
            line.append(literal: orOpen)
            return line.append(literal: " without end")
        }
        line.append(literal: words)
        moments.append(moment, to: &line)
    }

    private static func limit(_ policy: RetentionPolicy) -> String {
        let limit = policy.atMost.map { "at most \($0)" } ?? policy.atLeast.map { "at least \($0)" } ?? "no limit"
        return "\(limit) from \(policy.clock.name)"
    }
}
