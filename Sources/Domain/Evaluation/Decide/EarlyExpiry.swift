internal import Chronology
internal import Policies
internal import Records

/// Finds records that the provider will remove before their obligation ends, for certain.
///
/// - Source: the design, section 5, "Early expiry": for files, vector stores and containers, also after that day, once
///   for each policy and each matter that keeps the record so long.
struct EarlyExpiry {
    let assessment: Assessment

    func findings() -> [Finding] {
        guard !assessment.keepEnds.isEmpty else { return [] }
        let inventory = assessment.facts.inventory
        var candidates: [(row: Int, expires: Int64)] = []
        inventory.forEachExpiring { row, expires in
            let expires = expires.latest.microseconds
            guard expires != Ends.never, expires < assessment.keep(row).early || assessment.matters(row) != 0,
                inventory.kinds[row].mayBeInUse
            else { return }
            candidates.append((row, expires))
        }
        var findings: [Finding] = []
        for (row, _) in candidates {
            for hold in assessment.matterSets[Int(assessment.matters(row))] {
                findings.append(finding(row, policy: nil, hold: hold, isViolation: true))
            }
        }
        let byInstant = candidates.filter { $0.expires < assessment.keep($0.row).early }
        guard !byInstant.isEmpty else { return findings }
        for policy in assessment.rules.policies.retention.indices where assessment.rules.atLeast[policy] != nil {
            let kept = assessment.kept(byPolicy: policy)
            let isViolation = PolicyOutline(assessment.rules.policies.retention[policy]).isViolated(by: .earlyExpiry)
            for (row, expires) in byInstant where expires < kept.ends[row].early {
                findings.append(finding(row, policy: policy, hold: nil, isViolation: isViolation))
            }
        }
        for hold in assessment.rules.policies.holds.indices {
            guard let until = assessment.rules.releasedUntil(hold), byInstant.contains(where: { $0.expires < until })
            else { continue }
            guard assessment.plans.contains(where: { $0.holds.contains(hold) }) else { continue }
            let kept = assessment.kept(byHold: hold, until: until)
            for (row, expires) in byInstant where expires < kept.ends[row].early {
                findings.append(finding(row, policy: nil, hold: hold, isViolation: true))
            }
        }
        return findings
    }

    private func finding(_ row: Int, policy: Int?, hold: Int?, isViolation: Bool) -> Finding {
        var finding = Finding(
            row: row, policy: policy, hold: hold, rule: .atLeast, state: .earlyExpiry, severity: .critical)
        finding.isViolation = isViolation
        finding.keepUntil = assessment.keepUntil(row)
        finding.matters = MatterSet(index: assessment.matters(row))
        return finding
    }
}
