internal import Chronology
internal import Evaluation
internal import Policies

/// Puts into one line why a finding is what it is. The line names rules, holds and instants, never an id or content.
struct Because {
    private let result: ScanResult
    private let rules: [String]
    private let exceptions: [String]

    init(_ result: ScanResult) {
        self.result = result
        rules = result.policies.retention.map(Self.limit)
        exceptions = result.policies.retention.map { policy in
            let names = result.policies.exceptions
                .filter { $0.policies.contains(policy.name) && $0.expiresAt > result.asOf }.map(\.name)
            return names.joined(separator: " or ")
        }
    }

    /// Adds the line.
    func append(_ finding: Finding, moments: inout MomentText, to line: inout [UInt8]) {
        switch finding.state {
        case .error:
            line.append(literal: "an expression failed on it, so nothing about it is decided")
        case .uncovered:
            line.append(literal: "no policy with atMost matches it or what contains it")
        case .earlyExpiry:
            appendEarlyExpiry(finding, moments: &moments, to: &line)
        case .undetermined:
            appendLimit(finding, to: &line)
            line.append(literal: "; what is known of it lets the limit be reached or not")
        case .overdue:
            appendLimit(finding, to: &line)
            append("; due since ", finding.dueAt, moments: &moments, to: &line)
            append(", overdue since ", finding.overdueAt, moments: &moments, to: &line)
        case .due:
            appendLimit(finding, to: &line)
            append("; due since ", finding.dueAt, moments: &moments, to: &line)
            append(", overdue from ", finding.overdueAt, moments: &moments, to: &line)
        case .held:
            appendLimit(finding, to: &line)
            append("; past since ", finding.deleteAt, moments: &moments, to: &line)
            appendMatters(finding, to: &line)
        case .excepted:
            appendLimit(finding, to: &line)
            append("; past since ", finding.deleteAt, moments: &moments, to: &line)
            line.append(literal: ", excepted by \(finding.policy.map { exceptions[$0] } ?? "an exception")")
        case .inUse:
            appendLimit(finding, to: &line)
            append("; past since ", finding.deleteAt, moments: &moments, to: &line)
            line.append(literal: ", and something that stays uses it")
        case .kept, .allowed:
            appendLimit(finding, to: &line)
            if finding.pastMax { append("; past since ", finding.deleteAt, moments: &moments, to: &line) }
            if finding.matters == .none {
                append(", kept until ", finding.keepUntil, moments: &moments, to: &line)
            } else {
                appendMatters(finding, to: &line)
            }
        }
    }

    private func appendLimit(_ finding: Finding, to line: inout [UInt8]) {
        if let policy = finding.policy { line.append(literal: rules[policy]) }
    }

    private func append(
        _ words: String, _ moment: Moment?, moments: inout MomentText, to line: inout [UInt8]
    ) {
        guard let moment else { return }
        guard moment != .unbounded else {
            line.append(literal: ", without end")
            return
        }
        line.append(literal: words)
        moments.append(moment, to: &line)
    }

    private func appendMatters(_ finding: Finding, to line: inout [UInt8]) {
        let names = result.matters(finding.matters)
        line.append(literal: names.count == 1 ? ", held by " : ", held by all of ")
        line.append(literal: names.joined(separator: ", "))
    }

    private func appendEarlyExpiry(_ finding: Finding, moments: inout MomentText, to line: inout [UInt8]) {
        if let hold = finding.hold {
            line.append(literal: "its provider removes it while it is held by \(result.policies.holds[hold].name)")
            return
        }
        line.append(literal: "its provider removes it before its obligation ends")
        append(", ", finding.keepUntil, moments: &moments, to: &line)
        if let policy = finding.policy, let period = result.policies.retention[policy].atLeast {
            line.append(literal: "; at least \(period) from \(result.policies.retention[policy].clock.name)")
        }
    }

    private static func limit(_ policy: RetentionPolicy) -> String {
        let limit = policy.atMost.map { "at most \($0)" } ?? policy.atLeast.map { "at least \($0)" } ?? "no limit"
        return "\(limit) from \(policy.clock.name)"
    }
}
