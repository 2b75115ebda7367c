internal import CanonicalJSON
internal import Chronology
internal import Evaluation
internal import Policies

/// Puts into one line why a finding is what it is: the words of `ScanResult.because`.
///
/// What is overdue or due, and waits for nothing, comes by the hundred thousand and always in the same words, so these
/// are put together here.
final class Because {
    private let result: ScanResult
    private let ids: ReportedIds
    private let encode: (String) -> [UInt8]
    /// By policy: `at most P90D after its last activity `.
    private let limits: [[UInt8]]

    /// `encode` puts a sentence into the form that the line is written in.
    init(_ result: ScanResult, ids: ReportedIds, encode: @escaping (String) -> [UInt8] = { Array($0.utf8) }) {
        self.result = result
        self.ids = ids
        self.encode = encode
        limits = result.policies.retention.map { policy in
            encode("at most \(policy.atMost?.description ?? "") after \(policy.clock.phrase) ")
        }
    }

    /// Adds the line.
    func append(_ finding: Finding, moments: inout MomentText, to line: inout [UInt8]) {
        guard let policy = finding.policy, finding.rule == .atMost,
            finding.state == .overdue || finding.state == .due,
            let clock = finding.clock, clock.isPoint,
            let due = finding.dueAt, due == finding.deleteAt, let overdue = finding.overdueAt
        else {
            line += encode(result.because(finding, naming: ids.name, showsIds: !ids.redacts))
            return
        }
        line += limits[policy]
        moments.append(clock.earliest, to: &line)
        line.append(literal: "; due since ")
        moments.append(due, to: &line)
        line.append(literal: finding.state == .overdue ? ", overdue since " : ", overdue from ")
        moments.append(overdue, to: &line)
    }
}
