internal import Policies

extension ScanResult {
    /// Why a finding is one, in one sentence without content or metadata.
    ///
    /// - Parameter name: how other records are named; by kind and id unless said otherwise.
    public func because(_ finding: Finding, naming name: ((Int) -> String)? = nil) -> String {
        let phrases = phrases(name)
        switch finding.state {
        case .uncovered: return "no policy with an atMost speaks of it, nor of anything that contains it"
        case .earlyExpiry: return phrases.becauseExpiring(finding)
        default:
            let verdict = finding.policy.flatMap {
                assessment.verdict(finding.row, policy: $0, finding.rule, isUsed: marks.isUsed[finding.row])
            }
            return verdict.map { phrases.because($0, finding.row) } ?? finding.state.name
        }
    }

    /// What every rule that speaks of a record makes of it, what is allowed and kept included, by policy's name.
    public func decisions(for row: Int, naming name: ((Int) -> String)? = nil) -> [PairDecision] {
        let phrases = phrases(name)
        let plan = assessment.plan(row)
        return assessment.verdicts(row, isUsed: marks.isUsed[row])
            .sorted { policies.retention[$0.policy].name < policies.retention[$1.policy].name }
            .map { verdict in
                let exception = plan.pairs.first { $0.policy == verdict.policy }?.exception
                return PairDecision(
                    verdict, exception: exception.map { policies.exceptions[$0].name },
                    because: phrases.because(verdict, row))
            }
    }

    /// Whether the record may be deleted now.
    public func mayGo(_ row: Int) -> Bool { marks.mayGo[row] }

    /// Whether the record goes: it may, or something that contains it may.
    public func goes(_ row: Int) -> Bool { assessment.goes(row, marks) }

    func phrases(_ name: ((Int) -> String)?) -> Phrases {
        Phrases(assessment: assessment, marks: marks, name: name ?? assessment.name)
    }
}
