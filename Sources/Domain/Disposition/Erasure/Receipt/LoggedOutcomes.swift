internal import AuditLog
internal import CanonicalJSON

/// How the actions of plans ended, as the audit log has it.
struct LoggedOutcomes {
    /// An outcome, and where in the log it stands.
    struct Outcome {
        let outcome: DispositionOutcome
        /// What the service keeps; nil where that is not so, or not known.
        let residual: Residual?
        /// What searching its store showed; nil where that was not asked for.
        let search: StoreSearch?
        let at: String
        let index: Int
    }

    /// By plan and the number of the action: the outcome that was written last.
    private var outcomes: [String: [Int: Outcome]] = [:]

    /// - Parameter plans: the digests of the plans that are asked for.
    init(of plans: Set<String>, in directory: String, trusting key: LogKey) throws(AuditError) {
        var outcomes: [String: [Int: Outcome]] = [:]
        let type = Array(ExecutionJournal.outcome.description.utf8)
        try LogProver(directory, trusting: [key]).entries { line, index in
            guard let entry = CanonicalValue(entry: line, naming: type),
                entry["type"]?.text == ExecutionJournal.outcome.description, let data = entry["data"],
                let plan = data["plan"]?.text, plans.contains(plan), let number = data["number"]?.wholeNumber,
                let at = entry["at"]?.text,
                let outcome = data["outcome"]?.text.flatMap(DispositionOutcome.init(rawValue:))
            else { return true }
            outcomes[plan, default: [:]][number] = Outcome(
                outcome: outcome, residual: data["residual"]?.text.flatMap(Residual.init(rawValue:)),
                search: data["search"]?.text.flatMap(StoreSearch.init(rawValue:)), at: at, index: index)
            return true
        }
        self.outcomes = outcomes
    }

    /// Whether the log has any outcome of a plan.
    func has(_ plan: String) -> Bool { outcomes[plan] != nil }

    subscript(plan: String, number: Int) -> Outcome? { outcomes[plan]?[number] }
}
