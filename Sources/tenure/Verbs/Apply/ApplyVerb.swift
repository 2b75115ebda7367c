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

          What was deleted is noted in the ledger of scans, where there is one, so that none calls it lost.

        SEARCHING FOR WHAT IS GONE
          A store can go on finding what a file said that was taken out of it. With --probe-search, before such a call, the
          file's contents are read as the store has them, at most 200 characters of them are kept in memory and nowhere
          else, and the store is searched for these; once its path and its list have the file no more, it is searched again,
          for as long as a look is repeated. What is found then is pending-verification, not deleted. Where no search could
          be made, or the first one did not find the file, nothing is shown either way, and the run says so: that changes no
          outcome. Only the run that took a file out has its words: a later one says that it did not search, and leaves what
          was found pending-verification until the store is gone, or it is run without the option. A provider charges for
          searches, and may count one as a use of the store, which puts off its expiry. Without the option no content is
          read. It is off by default, and each run's entry in the log says whether it was on.

        WHAT MUST BE SO
          The plan as it was written, not expired, made as of a day that has come; the policies that it follows from; the
          approvals that they ask for now because of what would go, and every limit, counted again; signatures that fit each
          review that it counts on; the name, typed with --confirm, of each policy whose match names nothing, so that it
          asks for whatever there is; a fresh hold register; the same place and account, and a clock that is within 5
          minutes of its own. Where the log has entries of plans, one of this plan, too: who edits a plan has none. A hold
          that was placed since voids no plan: it takes what it reaches out of it.

        EXIT CODES
          0  all that stands is done, or, without --execute, nothing stands in the way; what a hold or a change keeps now
             is listed, and fails nothing
          2  usage, policy or configuration error: nothing was looked at
          3  a place could not be asked, the run was stopped or out of time, it could not be logged any more, or what was
             deleted could not be noted in the ledger
          4  safety stop: a gate is closed, the hold register cannot be read, the plan was changed, or another run has the
             plan or the log
          5  some dispositions failed or are unverified: run it again
        """

    @Argument("FILE", help: "The plan.") var file = "plan.json"
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "The export that the plan was made on: a copy has nothing to call.") var export: String?
    @Option(
        "FILE",
        help:
            "Where the ids of what was seen are kept, and what was deleted here. (default: .tenure/ledger.db, where there is one)"
    )
    var ledger: String?
    @Flag(help: "Call what the plan says. It needs an audit log, its key, and --pseudonym-key.") var execute
    @Option(
        "DIR",
        help:
            "The audit log, which has what earlier runs did, and where this one writes. (default: what TENURE_AUDIT_LOG names)"
    )
    var auditLog: String?
    @Option("FILE", help: "The key of the audit log, PEM. (default: what TENURE_AUDIT_KEY names)")
    var auditKey: String?
    @Option("FILE", help: "The key of pseudonyms, in hexadecimal; no one else may be able to read it.")
    var pseudonymKey: String?
    @Option(
        "POLICY",
        help: "The name of a policy whose match names nothing: it is meant to delete whatever there is.")
    var confirm: [String]
    @Flag(
        help:
            "Where a file is taken out of a vector store that stays, search the store for what it said, before and after. It reads contents, and searches cost money."
    )
    var probeSearch
    @Option("PERIOD", help: "Begin no action after so long, such as PT2H.") var maxDuration: Period?
    @Option("FORMAT", help: "How to print what came of it; json names every action.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let run = PlanRun(
            verb: Self.name, command: "tenure apply \(file)", file: file, policies: policies, export: export,
            ledger: ledger, isExecuting: execute, auditLog: auditLog, auditKey: auditKey,
            pseudonymKey: pseudonymKey, maxDuration: maxDuration, confirmed: confirm,
            searchesStores: probeSearch, format: format, request: nil)
        return try run.run(console) { (plan) throws(Failure) in
            guard let request = plan.request else { return }
            throw .usage(
                "apply: \(file) is of the privacy request \(request.name), and only what is that person's may go by it: "
                    + "tenure erase apply \(request.name) --plan \(file)")
        }
    }
}
