import Chronology
import Records

/// What documents say that cannot be meant, found without data. Only what is certain is said.
///
/// The number of documents squared is the number of pairs; kinds, metadata and periods tell nearly all apart before
/// anything is reasoned about.
struct PolicyReasoning {
    var diagnostics: [Diagnostic] = []
    var questions: Questions
    var order = PeriodOrder()
    let asOf: Instant
    let policies: [Governed]
    let exceptions: [PolicyException]
    /// What each access policy selects, by name.
    private(set) var access: [String: Selection] = [:]

    /// A policy, and what it selects.
    struct Governed {
        let policy: RetentionPolicy
        let selection: Selection
        /// Whether it can speak of some record, as far as is known.
        var isAlive = true
    }

    init(
        policies: [RetentionPolicy], access: [AccessPolicy], holds: [LegalHold], exceptions: [PolicyException],
        asOf: Instant, questions: Questions? = nil
    ) {
        self.asOf = asOf
        var questions = questions ?? Questions(asOf: asOf)
        var diagnostics: [Diagnostic] = []
        self.policies = policies.sorted { ($0.name, $0.location) < ($1.name, $1.location) }.map { policy in
            let selection = Selection(policy.match, parameters: policy.parameters, asOf: asOf, zone: policy.zone)
            let found = Emptiness.diagnostic(selection, of: .policy, at: policy.location, &questions)
            diagnostics += found.diagnostics
            return Governed(policy: policy, selection: selection, isAlive: !found.isEmpty)
        }
        for policy in access {
            let selection = Selection(policy.match, parameters: policy.parameters, asOf: asOf, zone: policy.zone)
            let found = Emptiness.diagnostic(selection, of: .policy, at: policy.location, &questions)
            diagnostics += found.diagnostics
            if !found.isEmpty { self.access[policy.name] = selection }
        }
        for hold in holds {
            let selection = Selection(hold.match, asOf: asOf, zone: hold.zone)
            diagnostics += Emptiness.diagnostic(selection, of: .hold, at: hold.location, &questions).diagnostics
        }
        self.exceptions = exceptions
        self.questions = questions
        self.diagnostics = diagnostics
        checkExceptions()
        checkDispositions()
        checkContradictions()
        checkShadows()
        checkDefaults()
    }

    mutating func warn(
        _ code: String, at location: SourceLocation, _ message: String, hint: String, witness: String? = nil
    ) {
        diagnostics.append(Diagnostic(.warning, code, at: location, message, hint: hint, witness: witness))
    }

    mutating func inform(_ code: String, at location: SourceLocation, _ message: String, hint: String) {
        diagnostics.append(Diagnostic(.info, code, at: location, message, hint: hint))
    }

    /// Says so where not everything could be compared.
    mutating func checkExhaustion(_ whole: SourceLocation) {
        guard questions.isExhausted else { return }
        inform(
            "lint-incomplete", at: whole,
            "after \(questions.count) comparisons lint stopped: contradictions and shadows may be missing",
            hint: "lint parts of the documents by themselves, or part the policies by kinds and metadata")
    }
}
