internal import Chronology
internal import Crypto
internal import Disposition
internal import Evaluation
internal import Files
internal import Policies
internal import ProviderFacts
internal import Records
internal import Reports

/// Turns what may go now into a plan that people can read, and shows one.
struct PlanVerb: Command {
    static let name = "plan"
    static let sentence = "Write down what may go now, call by call, before anything is deleted."
    static let example = "tenure plan make --as ann --policies policies"
    static let details = """
        HOW IT GOES
          make    scans as of now and writes the plan; nothing is called
          show    prints a plan that was written: every call, and everything that stays
          review  scans as of now and lists what policies with whenDue: review find due (default FILE: review.json)

        WHAT IS DONE WITH A REVIEW
          Each line of the list is a record. Write "release" as its decision, or "keep" with the last day as until, and
          have the list approved: tenure approve review.json. Then plan make --reviewed review.json: what was released
          and did not change since goes; what was kept stays until its day is over, whatever policy finds it due.

        WHAT A PLAN IS
          One JSON object in canonical form (RFC 8785) behind which its SHA-256 stands. It names every record, why it
          goes, in which order, what was true of it, and what stays and why. It is bound to the policies, the holds and
          the scan by their digests, expires, and a changed byte voids it. Only its owner can read the file.

          --as is a name that nobody proves: who writes another one there can approve the own plan. Where that matters ask
          for approvals that one person cannot give alone, and make plans with --audit-log: each is a signed entry then,
          and an execution on a log that has plans takes none that is not in it, so that nobody edits one unseen.

        EXIT CODES
          0  planned, or shown
          2  usage, policy or configuration error: nothing was planned
          3  incomplete: something could not be read or decided; what depends on it stays
          4  safety stop: a limit would be exceeded, the hold register is missing, stale or cannot be read, or a review is
             not approved
        """

    /// What is to be done.
    enum Action: String, CaseIterable, OptionValue { case make, show, review }

    @Argument("make|show|review", help: "Make a plan, print one, or ask for a review.") var action = Action.make
    @Argument("FILE", help: "Where the plan goes, or is.") var file = "plan.json"
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "An export to plan on, to see what would go: a copy has nothing to call.")
    var export: String?
    @Option("FILE", help: "Where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option("NAME", help: "Who asks for the plan, which nobody proves; that person's approval does not count.")
    var `as`: String?
    @Option("PERIOD", help: "How long the plan can be executed, such as PT24H or 2d.") var expiresIn = PlanBinding
        .usualLife
    @Option("FILE", help: "make: a review list whose decisions count.") var reviewed: [String]
    @Option("DIR", help: "The audit log that this run is entered in. (default: what TENURE_AUDIT_LOG names, else none)")
    var auditLog: String?
    @Option("FILE", help: "The key of the audit log, PEM. (default: what TENURE_AUDIT_KEY names)")
    var auditKey: String?
    @Option("FORMAT", help: "show: how to print the plan; json is the file as it stands.") var format = OutputFormat
        .text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        switch action {
        case .show: try show(console)
        case .make: try make(console)
        case .review: try askForReview(console)
        }
    }

    private func show(_ console: Console) throws(Failure) -> ExitCode {
        let plan = try planning { () throws(PlanError) in try Plan(path: file) }
        let style: TextStyle = console.hasColours ? .terminal : .plain
        do throws(ReportError) {
            switch format {
            case .text: try console.report(Array(PlanReport(plan, at: file).text(style: style).utf8))
            case .json: try console.report(try bytes(of: file))
            }
        } catch {
            throw .incomplete("plan: \(error)")
        }
        return .clean
    }

    private func bytes(of path: String) throws(ReportError) -> [UInt8] {
        do throws(FileError) { return try Files.read(path, limit: .max) } catch { throw .file(error) }
    }

    private func make(_ console: Console) throws(Failure) -> ExitCode {
        let requester = try requester()
        let trail = try AuditTrail(log: auditLog, key: auditKey, for: Self.name)
        let asOf = Instant(seconds: Instant.now().seconds)
        let survey = try Survey(
            policies: policies, export: export, ledger: ledger, needsHolds: true, asOf: asOf, console)
        let scanned = survey.decide()
        let reviews = try decisions(scanned, console)
        let result =
            reviews.isEmpty ? scanned : survey.decide(under: survey.policies.deciding(reviews))
        let making = PlanMaking(scanned, for: Self.name)
        let (draft, scan) = try making.digesting { () throws(Failure) in
            try PlanMaking(result, for: Self.name).draft { (graph) throws(FactsError) in
                try DeletionPlanner(result, graph: graph).plan()
            }
        }
        let binding = try making.binding(
            requester: requester, life: expiresIn, scan: scan, reviews: reviews, console)
        let plan = try RecordedPlan(draft, binding, of: result, to: file, trail, for: Self.name, console)
        let report = PlanReport(plan.head, at: file, gates: plan.gates)
        do throws(ReportError) {
            try console.report(Array(report.summary(style: console.hasColours ? .terminal : .plain).utf8))
        } catch {
            throw .incomplete("plan: \(error)")
        }
        return plan.exitCode
    }

    func requester() throws(Failure) -> String {
        try ActingName.of(`as`, for: Self.name, asking: "say who asks for it")
    }

    func planning<Result>(_ work: () throws(PlanError) -> Result) throws(Failure) -> Result {
        do throws(PlanError) {
            return try work()
        } catch {
            throw .usage("plan: \(error)")
        }
    }
}
