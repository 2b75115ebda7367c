public import Chronology
public import Evaluation
internal import Policies
internal import Records

extension ReviewList {
    /// What a run asks people to look at.
    public init(_ result: ScanResult, requester: String, expires: Moment) {
        let inventory = result.inventory
        let asked = result.findings.filter { finding in
            guard let policy = finding.policy, finding.state == .due || finding.state == .overdue else { return false }
            let document = result.policies.retention[policy]
            return document.mode == .enforce && document.whenDue == .review
        }
        let entries = asked.sorted { left, right in
            left.row == right.row
                ? (left.policy ?? 0) < (right.policy ?? 0) : inventory.precedes(left.row, right.row)
        }.map { finding in
            Entry(
                source: inventory.sourceNames[Int(inventory.sources[finding.row])],
                name: Plan.Name(kind: inventory.kinds[finding.row], id: inventory.id(finding.row)),
                policy: result.policyName(finding) ?? "", state: finding.state.name,
                lastActivity: result.lastActivity(finding.row).latest, decision: .open)
        }
        self.init(asOf: result.asOf, expires: expires, requester: requester, entries: entries)
    }
}
