internal import AuditLog
internal import Chronology
internal import Connectors
internal import Crypto
internal import Disposition
internal import Evaluation
internal import Policies
internal import ProviderFacts
internal import Records
internal import Threads

/// Executes a plan on a stage, again and again as somebody would who waits for its end, and looks at what is left.
struct RehearsedRuns {
    private let plan: Plan
    private let stage: Stage
    /// The directory of the documents, which are read again before each call, as they are for real.
    private let policies: String
    /// The ids that a plan and its execution know from a ledger.
    private let memory: LiveConnector.Memory
    private let request: PrivacyRequest?
    private let asOf: Instant
    private let console: Console
    private let signer: LogSigner
    private let pseudonyms: PseudonymKey

    /// - Parameter request: the privacy request that the plan is of.
    init(
        _ plan: Plan, _ stage: Stage, policies: String, _ memory: LiveConnector.Memory, _ request: PrivacyRequest?,
        asOf: Instant, _ console: Console
    ) throws(Failure) {
        (self.plan, self.stage, self.policies, self.memory, self.request) = (plan, stage, policies, memory, request)
        (self.asOf, self.console) = (asOf, console)
        // The log is thrown away: its keys protect nothing.
        let secret = [UInt8](repeating: 1, count: 32)
        guard let key = Ed25519.PrivateKey(seed: secret) else { throw Self.failure("there is no key for its log") }
        (signer, pseudonyms) = try Self.logging { () throws(AuditError) in
            (try LogSigner(name: "rehearsal.invalid", key: key), try PseudonymKey(secret))
        }
    }

    /// Does it, in any number of runs.
    func rehearse(gates: [Gate]) throws(Failure) -> Rehearsal {
        let before = stage.state()
        let log = stage.path("log")
        try Self.logging { () throws(AuditError) in
            _ = try LogWriter.make(
                in: log, signer: signer, genesis: Genesis(tool: "tenure \(Tenure.version)"), at: asOf)
        }
        stage.calm(true)
        let misfits = plan.misfits(in: try scan().result)
        stage.calm(false)
        var runs: [ExecutionReport] = []
        while Rehearsal.isWorthAnotherRun(after: runs), runs.last?.end != .stopped {
            runs.append(try execute(log))
        }
        stage.calm(true)
        let result = try scan().result
        let draft = try PlanMaking(result, for: Rehearse.name).draft { (graph) throws(FactsError) in
            try DeletionPlanner(result, graph: graph).plan()
        }
        return Rehearsal(
            plan, asOf: Moment(asOf), gates: gates, misfits: misfits, runs: runs,
            comparison: EstateComparison(
                plan, before: before, after: stage.state(), fates: runs.last?.fates ?? []),
            remaining: RemainingRecord.all(draft, after: plan), incomplete: result.incomplete,
            waitedForLimits: stage.time.waitedForLimits, waitedForReadBack: stage.time.waitedForReadBack)
    }

    /// One run, as a process of its own would do it.
    private func execute(_ log: String) throws(Failure) -> ExecutionReport {
        let (decisions, result) = try scan()
        let time = stage.time
        let journal: ExecutionJournal
        do throws(AuditError) {
            journal = try ExecutionJournal(
                of: plan, in: log, signer: signer, pseudonyms: pseudonyms, now: { time.now })
        } catch {
            throw Self.failure("\(error)")
        }
        var setting = decisions.setting(
            // The places were compared with the documents before: here the twins stand for them.
            result, places: plan.binding.places, services: try services(result), documents: policies,
            now: { time.now })
        // Nothing real is called. Who would have to approve that is told beside it.
        setting.approvals = nil
        setting.interruption = { StopSignal.isPending ? .stopped : nil }
        guard let report = setting.execute(journal, console) else {
            throw Self.failure("the run ended without an answer")
        }
        return report
    }

    /// Reads the twins and decides. No waits of it are counted: a scan has no part in the execution.
    private func scan() throws(Failure) -> (decisions: PlanDecisions, result: ScanResult) {
        let survey = try Survey(
            stage.policies, export: nil, alsoReading: request?.metadataKeys ?? [], memory: memory,
            time: RehearsedTime(start: asOf), asOf: asOf, console)
        let decisions = PlanDecisions(plan, survey, request)
        guard let result = decisions.decide() else {
            throw Self.failure("what is the person's cannot be told: no digest could be made")
        }
        return (decisions, result)
    }

    private func services(_ result: ScanResult) throws(Failure) -> [String: any DispositionService] {
        let places = plan.binding.places
        return try Places(result, for: Rehearse.name).services(of: plan, time: stage.time).reduce(into: [:]) {
            services, entry in
            let account = places.first { $0.name == entry.key }?.account
            services[entry.key] = RehearsedService(service: entry.value, account: account)
        }
    }

    private static func logging<Result>(_ work: () throws(AuditError) -> Result) throws(Failure) -> Result {
        do throws(AuditError) { return try work() } catch { throw failure("\(error)") }
    }

    private static func failure(_ words: String) -> Failure { .incomplete("\(Rehearse.name): \(words)") }
}

/// A twin that stands for the service of a plan, down to whose account it is: that is the real one's, and not checked.
struct RehearsedService: DispositionService {
    let service: LiveDisposition
    /// The account that the plan names.
    let account: String?

    func examine(_ kinds: [Kind]) async -> ServiceStanding {
        let standing = await service.examine(kinds)
        return ServiceStanding(
            account: account, clock: standing.clock, skew: standing.skew, surfaces: standing.surfaces)
    }

    func look(at target: DispositionTarget) async -> Sighting { await service.look(at: target) }

    func call(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> CallAnswer {
        await service.call(verb, on: target)
    }

    func readBack(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> Sighting {
        await service.readBack(verb, on: target)
    }

    func learnWords(of target: DispositionTarget) async -> SearchSighting { await service.learnWords(of: target) }

    func search(for target: DispositionTarget) async -> SearchSighting { await service.search(for: target) }

    func pause(after searches: Int) async -> Bool { await service.pause(after: searches) }

    func isSilent() async -> Bool { await service.isSilent() }
}
