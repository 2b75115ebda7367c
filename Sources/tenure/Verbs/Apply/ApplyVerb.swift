internal import AuditLog
internal import Chronology
internal import Disposition
internal import Evaluation
internal import Files
internal import Policies
internal import Records
internal import Reports
internal import Threads

/// Executes a plan, or says what an execution would do.
struct ApplyVerb: Command {
    static let name = "apply"
    static let sentence =
        "Execute a plan, call by call, each read back and written down. Nothing is called without --execute."
    static let example = "tenure apply plan.json --policies policies"
    static let details = """
        HOW IT GOES
          Everything is scanned again, as of now: what no longer goes by the rules, or is not as the plan says, stays, with
          all that it holds together with. Then, in the plan's order: an intent on the disk, the holds read again, a look,
          the call, a look whether it is gone, the outcome on the disk. Without --execute the way is the same, and nothing
          is called. Whatever stops it, the same command goes on where it was; what was done is not done again.

        WHAT MUST BE SO
          The plan as it was written, not expired, made as of a day that has come; the policies that it follows from; the
          approvals that they ask for; a fresh hold register; every limit, counted again; the same place and account, and
          a clock that is within 5 minutes of its own. A hold that was placed since voids no plan: it takes what it
          reaches out of it.

        EXIT CODES
          0  all that stands is done, or, without --execute, nothing stands in the way; what a hold or a change keeps now
             is listed, and fails nothing
          2  usage, policy or configuration error: nothing was looked at
          3  a place could not be asked, the run was stopped or out of time, or it could not be logged any more
          4  safety stop: a gate is closed, the plan was changed, or another run has the plan or the log
          5  some dispositions failed or are unverified: run it again
        """

    @Argument("FILE", help: "The plan.") var file = "plan.json"
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "The export that the plan was made on: a copy has nothing to call.") var export: String?
    @Flag(help: "Call what the plan says. It needs --audit-log, --key and --pseudonym-key.") var execute
    @Option("DIR", help: "The audit log, which has what earlier runs did, and where this one writes.")
    var auditLog: String?
    @Option("FILE", help: "The key that signs the audit log, PEM; no one else may be able to read it.")
    var key: String?
    @Option("FILE", help: "The key of pseudonyms, in hexadecimal; no one else may be able to read it.")
    var pseudonymKey: String?
    @Option("PERIOD", help: "Begin no action after so long, such as PT2H.") var maxDuration: ApplyDuration?
    @Option("FORMAT", help: "How to print what came of it; json names every action.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        // Before any thread is started: a signal waits for the end of an action.
        if execute { StopSignal.hold() }
        let start = Instant.now()
        let plan = try plan()
        let lock = try lock()
        defer { withExtendedLifetime(lock) {} }
        let journal = JournalBox(try journal(plan))
        let asOf = Instant(seconds: start.seconds)
        let survey = try Survey(policies: policies, export: export, asOf: asOf, console)
        let decisions = PlanDecisions(plan, survey)
        let result = decisions.decide(survey.policies)
        if !result.incomplete.isEmpty {
            console.note("the scan is incomplete, so that less may stand than could: tenure scan says why")
        }
        var setting = try setting(plan, result, decisions)
        setting.history = try history(plan)
        setting.closedElsewhere = try missingApprovals(plan, survey.policies)
        setting.interruption = interruption(since: start)
        let count = plan.actions.count
        let settings = setting
        let report = Waiting.on(
            nil as ExecutionReport?,
            show: { (done: Int) in console.progress("\(done) of \(count) actions") }
        ) { report, tell in
            var setting = settings
            setting.tell = tell
            report = await PlanExecution(setting, journal: journal.take()).run()
        }
        console.clearProgress()
        guard let report else { throw .incomplete("apply: the run ended without an answer") }
        return try print(report, console)
    }

    private func print(_ report: ExecutionReport, _ console: Console) throws(Failure) -> ExitCode {
        let apply = ApplyReport(report, of: file, log: auditLog, toolVersion: Tenure.version)
        let bytes =
            switch format {
            case .text: Array(apply.text(style: console.hasColours ? .terminal : .plain).utf8)
            case .json: apply.json
            }
        do throws(ReportError) { try console.report(bytes) } catch { throw .incomplete("apply: \(error)") }
        return ExitCode(rawValue: apply.exitCode) ?? .incomplete
    }

    /// The plan. One that is not as it was written stops everything; a file that cannot be read is a mistake.
    private func plan() throws(Failure) -> Plan {
        do throws(PlanError) {
            return try Plan(path: file)
        } catch {
            if case .invalid = error { throw Failure(exitCode: .safetyStop, message: "apply: \(error)") }
            throw .usage("apply: \(error)")
        }
    }

    /// One run at a time has a plan. Whatever ends the process lets go of it.
    private func lock() throws(Failure) -> FileLock? {
        guard execute else { return nil }
        do throws(FileError) {
            return try FileLock(path: "\(file).lock", holder: FileLock.thisProcess)
        } catch {
            // Of all that can go wrong only this has no number of the system's.
            guard error.code == 0 else { throw .usage("apply: \(error)") }
            throw Failure(
                exitCode: .safetyStop,
                message: "apply: \(error.reason), and one run at a time executes a plan; nothing was called "
                    + "(wait until that has ended, then run again)")
        }
    }

    /// Where the execution is written down; nil where there is none.
    private func journal(_ plan: Plan) throws(Failure) -> ExecutionJournal? {
        guard execute else { return nil }
        guard let auditLog, let key, let pseudonymKey else {
            throw .usage(
                "apply: --execute needs --audit-log DIR, --key FILE and --pseudonym-key FILE: what cannot be logged is "
                    + "not done (tenure audit init makes a log)")
        }
        let files = LogFiles(verb: Self.name)
        let signer = try files.signer(of: auditLog, key: key)
        let pseudonyms = try files.pseudonyms(pseudonymKey)
        do throws(AuditError) {
            return try ExecutionJournal(
                of: plan, in: auditLog, signer: signer, pseudonyms: pseudonyms, now: { .now() })
        } catch {
            var failure = files.failure(error)
            if error.code == .locked { failure = Failure(exitCode: .safetyStop, message: failure.message) }
            throw failure
        }
    }

    /// What earlier runs did, for a run that writes nothing itself.
    private func history(_ plan: Plan) throws(Failure) -> ExecutionHistory {
        guard !execute, let auditLog else { return ExecutionHistory() }
        return try LogFiles(verb: Self.name).auditing { () throws(AuditError) in
            try ExecutionHistory(of: plan, in: auditLog, trusting: try LogVerifier.keyBeside(auditLog))
        }
    }

    private func setting(
        _ plan: Plan, _ result: ScanResult, _ decisions: PlanDecisions
    ) throws(Failure) -> ExecutionSetting {
        let (directory, asOf) = (policies, decisions.asOf)
        return ExecutionSetting(
            plan, result, places: try ApplyPlaces(result).places,
            services: try ApplyPlaces(result).services(of: plan), now: { .now() },
            documents: { PolicyLoader.load(directory, asOf: asOf).policies },
            decide: { policies in
                guard Set(policies.metadataKeys).isSubset(of: decisions.inventory.metadataKeys) else { return nil }
                return decisions.decide(policies)
            })
    }

    /// The gates that people close by not approving.
    private func missingApprovals(_ plan: Plan, _ policies: PolicySet) throws(Failure) -> [Gate] {
        do throws(ApprovalError) {
            return try Approvals(beside: file, of: .plan, digest: plan.digest).closedGates(plan, policies)
        } catch {
            throw Failure(exitCode: error.isSafetyStop ? .safetyStop : .usage, message: "apply: \(error)")
        }
    }

    private func interruption(since start: Instant) -> @Sendable () -> ExecutionReport.End? {
        let isExecuting = execute
        let last = maxDuration.flatMap { Zone.utc.adding($0.period, to: Moment(start)) }
        return {
            if isExecuting, StopSignal.isPending { return .stopped }
            if let last, Moment(Instant.now()) >= last { return .outOfTime }
            return nil
        }
    }
}

/// Hands a journal over to the task that writes on it.
private final class JournalBox: @unchecked Sendable {
    // Proof of Sendable: the thread that made it waits while the one task that takes it runs.
    private var journal: ExecutionJournal?

    init(_ journal: consuming ExecutionJournal?) { self.journal = journal }

    func take() -> ExecutionJournal? {
        let taken = journal.take()
        return taken
    }
}

/// How long a run may go on.
struct ApplyDuration: OptionValue {
    let period: Period

    init(option text: String) throws(InvalidValue) {
        do throws(ChronologyError) {
            period = try Period(text)
        } catch {
            throw InvalidValue(message: error.description)
        }
    }

    var optionText: String { period.description }
}
