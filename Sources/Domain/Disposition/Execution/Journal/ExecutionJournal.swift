public import AuditLog
internal import CanonicalJSON
public import Chronology
internal import Records

/// What an execution writes to the audit log: what it is about to do before it does it, and what came of it.
///
/// An intent is on the disk before anything is called, an outcome before the next action begins, so that an action waits
/// for the disk twice at most. Records are named by tokens of the key of pseudonyms alone.
///
/// - Source: the design, sections 6 and 7: what cannot be logged is not done.
public struct ExecutionJournal: ~Copyable {
    static let started: StaticString = "apply.started"
    static let intent: StaticString = "deletion.intent"
    static let outcome: StaticString = "deletion.outcome"
    static let ended: StaticString = "apply.ended"

    private var log: LogWriter
    private let key: PseudonymKey
    private let plan: Plan
    private let now: @Sendable () -> Instant
    /// What earlier runs of the plan did.
    public let history: ExecutionHistory

    /// Opens the log, which repairs what a crash left and keeps every other writer out, and reads what earlier runs did.
    public init(
        of plan: Plan, in directory: String, signer: LogSigner, pseudonyms key: PseudonymKey,
        now: @escaping @Sendable () -> Instant, onStep: @escaping (LogStep) -> Void = { _ in }
    ) throws(AuditError) {
        let log = try LogWriter.open(directory, signer: signer, at: now(), onStep: onStep)
        let history = try ExecutionHistory(of: plan, in: directory, trusting: signer.verifier)
        self.log = log
        (self.key, self.plan, self.now, self.history) = (key, plan, now, history)
    }

    /// How often it waited for the disk.
    public var synchronizations: Int { log.synchronizations }

    /// A run begins. It reaches the disk with what follows it.
    ///
    /// - Parameters:
    ///   - confirmed: the policies of which somebody typed the names.
    ///   - searchesStores: whether somebody asked for searches of stores, for which contents are read.
    mutating func start(
        holds: String, asOf: Moment, confirmed: Set<String>, searchesStores: Bool
    ) throws(AuditError) {
        let plan = plan
        try log.append(Self.started, at: now()) { data in
            data.member("actions", plan.actions.count)
            data.member("asOf", asOf.description)
            data.member("confirmed", .array(confirmed.sorted().map(CanonicalValue.string)))
            data.member("holds", holds)
            data.member("plan", plan.digest)
            data.member("policies", plan.binding.policies)
            data.member("probeSearch", searchesStores)
        }
    }

    /// An action begins: it is on the disk that it does when this returns.
    mutating func begin(_ index: Int) throws(AuditError) {
        let action = plan.actions[index]
        let object = try key.token(kind: action.name.kind.name, id: action.name.id)
        let digest = plan.digest
        try log.append(Self.intent, at: now()) { data in
            data.member("kind", action.name.kind.name)
            data.member("number", index + 1)
            data.member("object", object)
            data.member("plan", digest)
            data.member("verb", action.verb.rawValue)
        }
        try log.synchronize()
    }

    /// An action ended.
    ///
    /// - Parameters:
    ///   - report: how, and after how many calls.
    ///   - facts: what the call made of work that was stopped, or of the store that a file was in: later runs must know
    ///     that for their own.
    ///   - holds: the digest of the holds under which that was decided.
    ///   - isSettled: whether an earlier run began it, and this one read back what came of it.
    ///   - isDurable: whether it is on the disk when this returns: what nothing was called for can wait.
    mutating func end(
        _ index: Int, _ ending: ActionEnding, calls: Int, facts: CurrentFacts?, holds: String, isSettled: Bool,
        isDurable: Bool
    ) throws(AuditError) {
        let action = plan.actions[index]
        let object = try key.token(kind: action.name.kind.name, id: action.name.id)
        let digest = plan.digest
        try log.append(Self.outcome, at: now()) { data in
            if let activity = facts?.lastActivity { data.member("activity", activity.rfc3339) }
            data.member("calls", calls)
            data.member("holds", holds)
            data.member("kind", action.name.kind.name)
            data.member("number", index + 1)
            data.member("object", object)
            data.member("outcome", ending.outcome.rawValue)
            data.member("plan", digest)
            if let residual = ending.residual { data.member("residual", residual.rawValue) }
            if let search = ending.search { data.member("search", search.rawValue) }
            data.member("settled", isSettled)
            if action.verb == .cancel, let status = facts?.status { data.member("status", status) }
            data.member("verb", action.verb.rawValue)
        }
        if isDurable { try log.synchronize() }
    }

    /// A run ended, for a reason and with closed gates by their codes; all of it is signed.
    mutating func end(_ reason: String, gates: [Gate], counts: [DispositionOutcome: Int]) throws(AuditError)
        -> Checkpoint
    {
        let digest = plan.digest
        try log.append(Self.ended, at: now()) { data in
            data.member("closed", .array(gates.map { .string($0.code.rawValue) }))
            data.member(
                "outcomes",
                .object(Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, .integer($0.value)) })))
            data.member("plan", digest)
            data.member("reason", reason)
        }
        return try log.checkpoint()
    }
}
