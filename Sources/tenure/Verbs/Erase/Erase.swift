internal import AuditLog
internal import Chronology
internal import Disposition

/// Takes in privacy requests, plans them, and says how far each is.
struct Erase: Command {
    static let name = "erase"
    static let sentence =
        "Answer a person who asks to be forgotten: find what is theirs, plan its erasure, keep the dates."
    static let example = "tenure erase new --subject request.yaml --pseudonym-key pseudonyms.key"
    static let details = """
        HOW IT GOES
          new     takes a request in: --subject FILE (kind: PrivacyRequest) or --opendsr FILE (OpenDSR 2.0)
          extend  notes on which day the person was told, in time, that the answer takes longer, and why: --told DATE
          plan    scans as of now, finds what is theirs, and writes a plan of just that; nothing is called
          apply   executes that plan as tenure apply does, dry run first: everything is scanned and looked for again,
                  and what is no longer theirs, or is kept by law by now, stays
          settle  notes that somebody looked at all that the plan lists for that, and that it stays: --review SHA256.
                  What should not stay is deleted where it is, by hand, and then the request is planned again
          receipt says what was found, deleted, kept and not looked at by all plans of the request, and proves it by the
                  audit log; JSON, and a page to print. Once nothing is left to delete, the person is put on the list of
                  --suppression; once nothing is left to look at either, the request is answered: it is late no more,
                  though it stays open for what the law keeps
          status  says by when a request is to be answered, by which rule, how far it is, and whether a hold that kept
                  something has ended by now
          list    says so of all requests, the most urgent first

        WHAT IS THEIRS
          What names the person as its subject, or as its owner where it has no subject, or by a metadata key or an id
          that the request names; what that contains, what was made from it, and what only that uses. What holds
          something of others, or belongs to others and holds something of theirs, is listed to be looked at, and never
          deleted. Where the request names metadata keys that have hashes of contents (spec.contentHashKeys: [sha256]),
          what has the same hash as something of theirs under another id is theirs, too, and is looked at where it is
          somebody else's or somebody else uses it; files and their entries in vector stores are compared with each
          other. A blank, a word and what is shorter than an MD5 are no hash. A request overrides internal reasons to
          keep and exceptions; no hold, no statute, no claim.

        WHO IT IS
          Stands in the file of the request alone (--requests, mode 0600). Everything else has keyed tokens. Keep the
          directory out of git. Make the key once: openssl rand -hex 32 > pseudonyms.key && chmod 600 pseudonyms.key

        EXIT CODES
          0  done; every request that waits for its answer is in time
          1  new, extend, settle, status, list: the last day of a request that waits for its answer is over
          2  usage, policy or configuration error: nothing was taken in or planned
          3  plan: something could not be read or decided; what depends on it stays
          4  plan: safety stop: the hold register is missing or stale; apply: as tenure apply
          5  apply, receipt: some dispositions failed or are unverified
        """

    /// What is to be done.
    enum Action: String, CaseIterable, OptionValue { case new, extend, plan, apply, settle, receipt, status, list }

    @Argument("new|extend|plan|apply|settle|receipt|status|list", help: "What to do.") var action: Action?
    @Argument("REQUEST", help: "All but new and list: the name of a request.") var request = RequestChoice.only
    @Option("FILE", help: "new: a document of kind PrivacyRequest.") var subject: String?
    @Option("FILE", help: "new: a request in OpenDSR 2.0.") var opendsr: String?
    @Option("DIR", help: "The directory in which requests are kept.") var requests = "requests"
    @Option("FILE", help: "The key of pseudonyms, in hexadecimal; no one else may be able to read it.")
    var pseudonymKey: String?
    @Option(
        "FILE", help: "Holidays, one a line as 2026-12-25; without it, none is known, and dates are the earlier ones.")
    var holidays: String?
    @Option("DIR", help: "plan, apply, status, list: the directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "plan: an export to plan on, to see what would go: a copy has nothing to call.")
    var export: String?
    @Option(
        "FILE",
        help: "plan, apply: where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option(
        "NAME", help: "plan: who asks for the plan; that person's approval does not count. settle: who looked.")
    var `as`: String?
    @Option("SHA256", help: "settle: the list that was looked at, as plan prints it.") var review: String?
    @Option("FILE", help: "plan: where the plan goes; apply: the plan.") var plan = "plan.json"
    @Option("PERIOD", help: "plan: how long the plan can be executed, such as PT24H or 2d.")
    var expiresIn = PlanBinding.usualLife
    @Flag(help: "apply: call what the plan says.") var execute
    @Flag(
        help:
            "apply: where a file is taken out of a vector store that stays, search the store for what it said; tenure help apply says how."
    )
    var probeSearch
    @Option("PERIOD", help: "apply: begin no action after so long, such as PT2H.") var maxDuration: Period?
    @Option(
        "DIR",
        help: "All but status and list: the audit log of what is done. (default: what TENURE_AUDIT_LOG names)")
    var auditLog: String?
    @Option(
        "FILE",
        help: "All but status and list: the key of the audit log, PEM. (default: what TENURE_AUDIT_KEY names)")
    var auditKey: String?
    @Option("FILE", help: "receipt: where its JSON form goes.") var receipt = "receipt.json"
    @Option("FILE", help: "receipt: where the page to print goes; without it, none is made.") var page: String?
    @Option(
        "FILE", help: "receipt: the list of those who were forgotten, as keyed hashes; scan --suppression reads it.")
    var suppression: String?
    @Option("DATE", help: "extend: the day on which the person was told of the delay.") var told: CivilDate?
    @Option("DATE", help: "status, list: the day on which to ask; today unless it is named.") var on: CivilDate?
    @Option("FORMAT", help: "How to print.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        switch action {
        case .new: return try takeIn(console)
        case .extend: return try extend(console)
        case .plan: return try makePlan(console)
        case .apply: return try execute(console)
        case .settle: return try settle(console)
        case .receipt: return try makeReceipt(console)
        case .status: return try status(console)
        case .list: return try list(console)
        case nil: throw .usage("erase: \(Action.choices.joined(separator: ", "))?")
        }
    }
}

/// Which request is meant.
struct RequestChoice: OptionValue {
    /// Nil for the only one that waits.
    let name: String?

    static let only = RequestChoice(name: nil)

    private init(name: String?) { self.name = name }

    init(option text: String) throws(InvalidValue) {
        guard !text.isEmpty else { throw InvalidValue(message: "the value is empty") }
        name = text
    }

    var optionText: String { name ?? "the only one that waits" }
}

/// The files that the verb is given.
extension Erase {
    var store: RequestStore { RequestStore(directory: requests) }

    func workingDays() throws(Failure) -> WorkingDays {
        guard let holidays else { return .weekdays }
        return try asking { () throws(RequestError) in try WorkingDays(path: holidays) }
    }

    /// The key of which tokens are made.
    func pseudonyms() throws(Failure) -> PseudonymKey {
        guard let path = pseudonymKey else { throw .usage("erase: name the key of pseudonyms: --pseudonym-key FILE") }
        return try KeyFile.pseudonyms(path, for: "erase")
    }

    /// The days that its law sets for a request, and by when it is answered at last.
    func dates(
        of request: PrivacyRequest, _ workingDays: WorkingDays
    ) throws(Failure) -> (all: DueDates, deadline: DueDates.Due) {
        guard let dates = request.dueDates(workingDays), let deadline = request.deadline(workingDays) else {
            throw .usage("erase: \(request.name): no calendar has the day by which it is to be answered")
        }
        return (dates, deadline)
    }

    /// The request that is meant.
    func chosen() throws(Failure) -> KeptRequest {
        if let name = request.name {
            return try asking { () throws(RequestError) in try store.request(named: name) }
        }
        let waiting = try asking { () throws(RequestError) in try store.all() }.filter(\.isOpen)
        guard let only = waiting.first, waiting.count == 1 else {
            throw .usage(
                waiting.isEmpty
                    ? "erase: no request waits in \(requests)"
                    : "erase: name one: \(waiting.map(\.request.name).joined(separator: ", "))")
        }
        return only
    }

    func asking<Result>(_ work: () throws(RequestError) -> Result) throws(Failure) -> Result {
        do throws(RequestError) {
            return try work()
        } catch {
            switch error {
            case .file(let error): throw .usage("erase: \(error)")
            case .mistakes(let mistakes):
                throw Failure(
                    exitCode: .usage, message: "erase: nothing was done", details: mistakes.map(\.description))
            }
        }
    }

    func hiding<Result>(_ work: () throws(AuditError) -> Result) throws(Failure) -> Result {
        do throws(AuditError) { return try work() } catch { throw .usage("erase: \(error)") }
    }
}
