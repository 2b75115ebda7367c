internal import Chronology
internal import Disposition
internal import Evaluation
internal import Policies
internal import Reports
internal import Threads
internal import Twin

/// Runs a plan against a twin of its places.
struct Rehearse: Command {
    static let name = "rehearse"
    static let sentence =
        "Run a plan against a twin of its places, faults included, and say what would remain. Nothing real is called."
    static let example = "tenure rehearse plan.json --estate estate --faults faults.json"
    static let details = """
        HOW IT GOES
          Write down what is there (tenure inventory --out estate), then rehearse. Each place of the plan is played by a
          server on this machine, on a port of its own, that holds the estate and fails as --faults says. It is scanned by
          the code of tenure scan, and the plan is executed by the code of tenure apply --execute: each record looked at,
          called, read back, under the holds as they are, with a log that is thrown away. What breaks off is begun again,
          until all is done or two runs in a row got nowhere. Then nothing fails any more, and the twin is scanned again.
          The waits that a service asks for are counted, and nobody waits. Credentials are not read, no address of a Source
          document is called, nothing is written, and the audit log gets no entry: it says what was done to real data.

        THE ESTATE
          --estate DIR is what tenure inventory --out wrote: a directory for each source. For a plan of one place it can be
          an export, too, of .ndjson files. --estate NAME=DIR names the export of one place. An inventory has the metadata
          that policies and sources name; the plan of a privacy request that names other keys needs an export that has them.

        WHAT IT SAYS
          What became of each call; what would remain of the plan, and why; whether anything went or changed that the plan
          does not name, by what the twin holds before and after; what stays behind a shallow deletion; what else should go
          and stays; the gates that are closed to an execution. It is as of the plan's own instant, unless --as-of names a
          later one, so that the same plan, estate, ledger and faults give the same bytes as long as the same gates are
          closed. Account and clock of the service are not checked: they are the real one's.

        FAULTS
          {"seed": 7, "percent": {"throttled": 20, "reset": 30, "lateLists": 10}}; tenure help twin, and a misspelt fault,
          name them. A reset takes half of the calls that it breaks: whether they were done is for the execution to find out.

        EXIT CODES
          0  everything in the plan would go; what a hold keeps by now is listed, and fails nothing. Closed gates neither
          1  something went or changed that the plan does not name, or was called gone and is there: do not execute it
          2  usage, policy or configuration error: nothing was rehearsed
          3  the estate is not what the plan was made on, a place could not be asked, or the rehearsal was stopped
          4  safety stop: the plan was changed, or cannot be executed as it is: its policies are others, a place is another
             or a copy, a limit is exceeded, there is no hold register, or it was stale
          5  some dispositions would fail, or remain unverified
        """

    @Argument("FILE", help: "The plan.") var file = "plan.json"
    @Option(
        "DIR",
        help: "What the twin holds: what inventory --out wrote, or an export; NAME=DIR for the place of that name.")
    var estate: [String]
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("FILE", help: "Where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option("FILE", help: "What goes wrong, and how often: {\"seed\": 7, \"percent\": {\"reset\": 30}}.")
    var faults: String?
    @Option("AREA", help: "A part of the service that it no longer has, such as assistants: it answers 404.")
    var retired: [String]
    @Option("DIR", help: "The directory in which privacy requests are kept, for the plan of one.")
    var requests = "requests"
    @Option("TIME", help: "The instant of the execution, at which later holds begin. (default: that of the plan)")
    var asOf: Instant?
    @Option("FORMAT", help: "How to print what came of it; json names every action.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        // Before any thread is started: a signal waits for the end of an action, and what was made is taken away.
        StopSignal.hold()
        let plan = try PlanRun.plan(file, for: Self.name)
        let request = try request(of: plan)
        let asOf = try instant(plan)
        let documents = try Survey.usable(PolicyLoader.load(policies, asOf: asOf), needsHolds: true, console)
        let gates = try gates(plan, documents, asOf, console)
        let stage = try Stage(plan, documents, estate, try trouble(), retired: retired, asOf: asOf)
        let memory = try Recollection.memory(of: ledger, documents, asOf: asOf)
        let rehearsal = try RehearsedRuns(plan, stage, policies: policies, memory, request, asOf: asOf, console)
            .rehearse(gates: gates)
        let report = RehearsalReport(
            rehearsal, of: file, command: command(request),
            options: GivenOptions(policies: policies, ledger: ledger),
            faults: stage.faults.map { .init(seed: $0.seed, percentages: $0.percentages) }, retired: retired,
            policyDigest: documents.digest, toolVersion: Tenure.version)
        let bytes =
            switch format {
            case .text: Array(report.text(style: console.hasColours ? .terminal : .plain).utf8)
            case .json: report.json
            }
        do throws(ReportError) { try console.report(bytes) } catch { throw .incomplete("rehearse: \(error)") }
        return ExitCode(rawValue: report.exitCode) ?? .incomplete
    }

    /// What executes the plan for real, without calling anything as yet.
    private func command(_ request: PrivacyRequest?) -> String {
        request.map { "tenure erase apply \($0.name) --plan \(file)" } ?? "tenure apply \(file)"
    }

    private func instant(_ plan: Plan) throws(Failure) -> Instant {
        guard let planned = plan.binding.asOf.instant else {
            throw .usage("rehearse: \(file): the plan was made at no instant: make a new one")
        }
        guard let asOf else { return planned }
        guard asOf >= planned else {
            throw .usage("rehearse: --as-of \(asOf.rfc3339) is before the plan, which is as of \(planned.rfc3339)")
        }
        return asOf
    }

    private func trouble() throws(Failure) -> Faults? {
        guard let faults else { return nil }
        do throws(TwinError) { return try Faults(file: faults) } catch { throw .usage("rehearse: \(error)") }
    }

    /// The gates that are closed to an execution now.
    ///
    /// - Throws: where the plan cannot be executed at any time, so that there is nothing to rehearse.
    private func gates(
        _ plan: Plan, _ documents: PolicySet, _ asOf: Instant, _ console: Console
    ) throws(Failure) -> [Gate] {
        let places = try Places.list(
            of: plan.binding.places.map(\.name), documents.sources, for: Self.name)
        let closed = plan.closedGates(documents, places: places, at: Moment(asOf))
        guard closed.isEmpty else {
            throw Failure(
                exitCode: .safetyStop, message: "rehearse: nothing was rehearsed: the plan cannot be executed as it is",
                details: closed.map(\.description))
        }
        let now = Moment(.now())
        for hold in documents.holds where hold.from > Moment(asOf) && hold.from <= now {
            console.note("the hold \(hold.name) begins after the rehearsal's instant: --as-of names a later one")
        }
        return plan.closedGates(documents, places: places, at: now)
            + (try PlanRun.approvals(plan, at: file, for: Self.name).closedGates(plan, documents))
            + plan.head.unconfirmed(documents)
            + (try PlanRun.history(plan, log: nil, for: Self.name).isForeign ? [.planNotLogged] : [])
    }

    /// The privacy request that the plan is of. Who it is stands there alone, and a plan that was not noted on it is none
    /// of its plans.
    private func request(of plan: Plan) throws(Failure) -> PrivacyRequest? {
        guard let name = plan.request?.name else { return nil }
        let kept: KeptRequest
        do throws(RequestError) {
            kept = try RequestStore(directory: requests).request(named: name)
        } catch {
            throw .usage("rehearse: \(error)")
        }
        guard kept.events.contains(where: { $0.plan == plan.digest }) else {
            throw .usage("rehearse: \(file) was not noted as a plan of \(name): make one with tenure erase plan")
        }
        return kept.request
    }
}
