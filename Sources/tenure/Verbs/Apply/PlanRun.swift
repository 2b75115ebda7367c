internal import AuditLog
internal import Chronology
internal import Disposition
internal import Evaluation
internal import Files
internal import Ledger
internal import Policies
internal import Records
internal import Reports
internal import Threads

/// One run of a plan, dry or not, for the verbs that execute one.
struct PlanRun {
    /// Who says so where something is wrong.
    let verb: String
    /// The command that does it again.
    let command: String
    let file: String
    let policies: String
    let export: String?
    /// Where the ids are that services cannot list, and what was deleted is noted; nil for the usual ledger.
    let ledger: String?
    let isExecuting: Bool
    let auditLog: String?
    let auditKey: String?
    let pseudonymKey: String?
    let maxDuration: Period?
    /// The policies that ask for whatever there is and are meant to.
    let confirmed: [String]
    /// Whether stores are searched for what is taken out of them.
    let searchesStores: Bool
    let format: OutputFormat
    /// The privacy request that the plan is of; nil where it follows from policies.
    let request: PrivacyRequest?

    /// Does it.
    ///
    /// - Parameter check: what must be so of the plan before anything is read; throws where it is not.
    func run(_ console: Console, _ check: (Plan) throws(Failure) -> Void) throws(Failure) -> ExitCode {
        // Before any thread is started: a signal waits for the end of an action.
        if isExecuting { StopSignal.hold() }
        let start = Instant.now()
        let plan = try Self.plan(file, for: verb)
        try check(plan)
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        let journal = try journal(plan)
        let asOf = Instant(seconds: start.seconds)
        let survey = try reading {
            () throws(Failure) in
            try Survey(
                policies: policies, export: export, ledger: ledger, looksFor: request, needsHolds: true, asOf: asOf,
                console)
        }
        try checkConfirmed(survey.policies)
        let decisions = PlanDecisions(plan, survey, request)
        guard let result = decisions.decide() else {
            throw .incomplete("\(verb): what is the person's cannot be told: no digest could be made")
        }
        if !result.incomplete.isEmpty {
            console.note("the scan is incomplete, so that less may stand than could: tenure scan says why")
        }
        let places = try Places(result, for: verb)
        var setting = decisions.setting(
            result, places: places.list, services: try places.services(of: plan), documents: policies, now: { .now() })
        setting.history = try history(plan)
        setting.approvals = try Self.approvals(plan, at: file, for: verb)
        setting.confirmed = Set(confirmed)
        setting.searchesStores = searchesStores
        setting.interruption = interruption(since: start)
        guard let report = setting.execute(journal, console) else {
            throw .incomplete("\(verb): the run ended without an answer")
        }
        let noted = Result { () throws(Failure) in if isExecuting { try remember(report) } }
        let exitCode = try print(report, console)
        try noted.get()
        return exitCode
    }

    /// A name that no policy has confirms nothing, and was meant to.
    private func checkConfirmed(_ policies: PolicySet) throws(Failure) {
        let names = policies.retention.map(\.name)
        for name in confirmed where !names.contains(name) {
            throw .usage("\(verb): --confirm \(name): no policy has this name\(didYouMean(name, among: names))")
        }
    }

    /// Notes in the ledger, where there is one, what this run and earlier ones of the plan deleted: nobody else did.
    private func remember(_ report: ExecutionReport) throws(Failure) {
        let path = ledger ?? Ledger.usualPath
        let deleted = report.deleted
        guard Files.kind(of: path) != nil, !deleted.isEmpty else { return }
        let now = Instant.now()
        do throws(LedgerError) {
            let ledger = try Ledger(path: path, now: now, tool: Tenure.version)
            for (source, names) in deleted.sorted(by: { $0.key < $1.key }) {
                try ledger.deleted(names.map { ($0.kind, $0.id) }, inSource: source, at: Moment(now))
            }
        } catch {
            throw .incomplete(
                "\(verb): \(error); until \(command) was run again, a scan may call lost what this plan deleted")
        }
    }

    /// Reads, which a signal may end at any moment: nothing was called.
    private func reading(_ body: () throws(Failure) -> Survey) throws(Failure) -> Survey {
        isExecuting ? try StopSignal.ending(body) : try body()
    }

    private func print(_ report: ExecutionReport, _ console: Console) throws(Failure) -> ExitCode {
        let apply = ApplyReport(
            report, of: file, log: AuditTrail.directory(auditLog), command: command,
            options: GivenOptions(
                policies: policies, export: export, ledger: ledger, auditKey: auditKey, pseudonymKey: pseudonymKey,
                maxDuration: maxDuration, confirmed: confirmed, searchesStores: searchesStores),
            toolVersion: Tenure.version)
        let bytes =
            switch format {
            case .text: Array(apply.text(style: console.hasColours ? .terminal : .plain).utf8)
            case .json: apply.json
            }
        do throws(ReportError) { try console.report(bytes) } catch { throw .incomplete("\(verb): \(error)") }
        return ExitCode(rawValue: apply.exitCode) ?? .incomplete
    }

    /// The plan. One that is not as it was written stops everything; a file that cannot be read is a mistake.
    static func plan(_ file: String, for verb: String) throws(Failure) -> Plan {
        do throws(PlanError) {
            return try Plan(path: file)
        } catch {
            if case .invalid = error { throw Failure(exitCode: .safetyStop, message: "\(verb): \(error)") }
            throw .usage("\(verb): \(error)")
        }
    }

    /// One run at a time has a plan. Whatever ends the process lets go of it.
    private func lock() throws(Failure) -> FileLock? {
        guard isExecuting else { return nil }
        do throws(FileError) {
            return try FileLock(path: "\(file).lock", holder: FileLock.thisProcess)
        } catch {
            // Of all that can go wrong only this has no number of the system's.
            guard error.code == 0 else { throw .usage("\(verb): \(error)") }
            throw Failure(
                exitCode: .safetyStop,
                message: "\(verb): \(error.reason), and one run at a time executes a plan; nothing was called "
                    + "(wait until that has ended, then run again)")
        }
    }

    /// Where the execution is written down; nil where there is none.
    private func journal(_ plan: Plan) throws(Failure) -> ExecutionJournal? {
        guard isExecuting else { return nil }
        guard let trail = try AuditTrail(log: auditLog, key: auditKey, for: verb), let pseudonymKey else {
            throw .usage(
                "\(verb): --execute needs --audit-log DIR, --audit-key FILE and --pseudonym-key FILE: what cannot be "
                    + "logged is not done (tenure audit init makes a log)")
        }
        let pseudonyms = try KeyFile.pseudonyms(pseudonymKey, for: verb)
        do throws(AuditError) {
            return try ExecutionJournal(
                of: plan, in: trail.directory, signer: trail.signer, pseudonyms: pseudonyms, now: { .now() })
        } catch {
            // Two runs at once: the other one is at work, and this one keeps away.
            guard error.code == .locked else { throw trail.failure(error) }
            throw Failure(exitCode: .safetyStop, message: "\(verb): \(error)")
        }
    }

    private func history(_ plan: Plan) throws(Failure) -> ExecutionHistory {
        isExecuting ? ExecutionHistory() : try Self.history(plan, log: auditLog, for: verb)
    }

    /// What earlier runs did, for a run that writes nothing itself, and so needs no key.
    static func history(_ plan: Plan, log: String?, for verb: String) throws(Failure) -> ExecutionHistory {
        guard let log = AuditTrail.directory(log) else { return ExecutionHistory() }
        do throws(AuditError) {
            return try ExecutionHistory(of: plan, in: log, trusting: try LogVerifier.keyBeside(log))
        } catch {
            throw AuditTrail.failure(error, verb)
        }
    }

    /// The approvals that people gave.
    static func approvals(_ plan: Plan, at file: String, for verb: String) throws(Failure) -> Approvals {
        do throws(ApprovalError) {
            return try Approvals(beside: file, of: .plan, digest: plan.digest)
        } catch {
            throw Failure(exitCode: error.isSafetyStop ? .safetyStop : .usage, message: "\(verb): \(error)")
        }
    }

    private func interruption(since start: Instant) -> @Sendable () -> ExecutionReport.End? {
        let isExecuting = isExecuting
        let last = maxDuration.flatMap { Zone.utc.adding($0, to: Moment(start)) }
        return {
            if isExecuting, StopSignal.isPending { return .stopped }
            if let last, Moment(Instant.now()) >= last { return .outOfTime }
            return nil
        }
    }
}
