internal import CEL
internal import Policies

/// Finds out of errors whether an expression cost more than its budget.
///
/// A scan keeps no reason beside an error, for there may be hundreds of thousands; so expressions are asked once more.
extension Assessment {
    /// What budget a retention policy's match or clock is over for the record, in words; nil where it failed otherwise.
    func budgetExcess(ofPolicy policy: Int, _ failure: Failure, _ row: Int) -> String? {
        let error =
            switch failure {
            case .undecidedMatch: book.rules.first { $0.document == .policy(policy) }?.error(row)
            case .clockFailed: judge.clocks.error(policy, row)
            case .noTimestamp, .pastYear9999: CELError?.none
            }
        return error?.excess
    }

    /// What budget a validation, or the match of its policy, is over for the record; nil where it failed otherwise.
    func budgetExcess(ofValidation validation: Int, of policy: Int, _ row: Int) -> String? {
        budgetExcess(ofMatchOf: policy, row) ?? access.outcome(validation, of: policy, row).error?.excess
    }

    /// What budget the match of an access policy is over for the record; nil where it is not.
    func budgetExcess(ofMatchOf policy: Int, _ row: Int) -> String? {
        book.rules.first { $0.document == .access(policy) }?.error(row)?.excess
    }

    /// Of a policy's errors those that are over a budget, in words that stand behind their number; empty where none is.
    ///
    /// Only so many are looked at, for each may cost its whole budget again.
    func budgetExcesses(_ findings: [Finding]) -> String {
        let looked = findings.prefix(16)
        let excesses = looked.compactMap { finding -> String? in
            if let policy = finding.policy {
                let verdict = verdict(finding.row, policy: policy, finding.rule, isUsed: false)
                return verdict?.failure.flatMap { budgetExcess(ofPolicy: policy, $0, finding.row) }
            }
            guard let policy = finding.accessPolicy, let validation = finding.validation else { return nil }
            return budgetExcess(ofValidation: validation, of: policy, finding.row)
        }
        guard let excess = excesses.first else { return "" }
        let part =
            excesses.count == findings.count ? "" : " (\(excesses.count) of the \(looked.count) that were asked again)"
        return ": \(excess)\(part)"
    }
}

extension CELError {
    /// The budget that was spent, in words that hold no value; nil for other errors.
    var excess: String? { code == .budget ? message : nil }
}
