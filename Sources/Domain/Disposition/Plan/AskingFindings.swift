internal import Evaluation
internal import Policies
internal import Records

/// The findings because of which records go, by row: eight bytes a finding beside four a record.
struct AskingFindings: Sendable {
    private let findings: [Finding]
    /// By row: the index of its first finding.
    private var first: [UInt32]
    /// By finding: the index of the next of its row.
    private var next: [UInt32]
    private static let none = UInt32.max

    init(_ result: ScanResult) {
        findings = result.findings
        first = Array(repeating: Self.none, count: result.inventory.count)
        next = Array(repeating: Self.none, count: result.findings.count)
        let asks = result.policies.retention.map { $0.mode == .enforce && $0.whenDue == .delete }
        for index in findings.indices.reversed() {
            let finding = findings[index]
            guard finding.mayGo, finding.state == .due || finding.state == .overdue, let policy = finding.policy,
                asks[policy]
            else { continue }
            next[index] = first[finding.row]
            first[finding.row] = UInt32(index)
        }
    }

    /// Calls with each finding of a row, in the order of reports.
    @inline(__always)
    func forEach(of row: Int, _ body: (Finding) -> Void) {
        var index = first[row]
        while index != Self.none {
            body(findings[Int(index)])
            index = next[Int(index)]
        }
    }

    /// Why a row goes: its findings in the order of reports, and nil for a privacy request that asks for it.
    func reasons(of row: Int, andRequest isRequested: Bool) -> Reasons {
        Reasons(asking: self, index: first[row], isRequested: isRequested)
    }

    /// What `reasons` lists, with nothing allocated for it.
    struct Reasons: Sequence, IteratorProtocol {
        fileprivate let asking: AskingFindings
        fileprivate var index: UInt32
        fileprivate var isRequested: Bool

        mutating func next() -> Finding?? {
            if index != AskingFindings.none {
                defer { index = asking.next[Int(index)] }
                return asking.findings[Int(index)]
            }
            defer { isRequested = false }
            return isRequested ? .some(nil) : nil
        }
    }
}
