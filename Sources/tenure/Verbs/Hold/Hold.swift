internal import Chronology
internal import Disposition
internal import Policies
internal import Records
internal import Reports

/// Adds, releases, lists and checks holds. The documents stay the truth.
struct Hold: Command {
    static let name = "hold"
    static let sentence = "Add and release legal holds in the policy documents, list them, and check their register."
    static let example = "tenure hold add matter-7 --matter Acme --subject user:4711 --policies policies"
    static let details = """
        HOW IT GOES
          add      appends a LegalHold and names it in the register, then says what it newly keeps
          release  writes its last day down, and a grace of 7d where the document has none, then says what that frees
          list     every hold: its matter, since and until when, and whether it is in effect
          check    whether the register names every hold, and is fresh

        The files are edited in place: comments, order and every other byte stay. Commit them as any other change. A hold
        is placed first and compared after, so that nothing waits for a scan; records are compared where --export or a
        Source of type export is, and services are read with --online. A released hold keeps its effect for its grace, so
        that what is overdue does not go the same minute. Adding a hold does not renew the register's asOf: that says
        that somebody looked at the whole list.

        EXIT CODES
          0  done, or nothing wrong
          2  usage, or documents that cannot be used or edited: nothing was changed
          3  done, and the records could not be compared; or a file could not be written
          4  check: the register is missing, unreadable, stale, or does not name the holds that there are
        """

    /// What is to be done.
    enum Action: String, CaseIterable, OptionValue { case add, release, list, check }

    @Argument("add|release|list|check", help: "What to do.") var action: Action?
    @Argument("NAME", help: "add, release: the name of the hold's document.") var hold = ""
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("TEXT", help: "add: the matter, for people.") var matter: String?
    @Option("KIND", help: "add: a kind of record that it holds.") var kind: [Kind]
    @Option("GLOB", help: "add: the sources in which it holds.") var source: [String]
    @Option("ID", help: "add: a person whose records it holds.") var subject: [String]
    @Option("ID", help: "add: a record that it holds.") var id: [String]
    @Option("CEL", help: "add: a condition on what it holds.") var `where`: String?
    @Flag(help: "add: hold everything that the other options do not exclude, without any of them all.") var everything
    @Option("DATE", help: "add: the day from which it holds. (default: today)") var from: CivilDate?
    @Option("DATE", help: "release: its last day. (default: today)") var until: CivilDate?
    @Option("PERIOD", help: "add, release: how long it stays in effect after its release. (release: 7d if none)")
    var grace: Period?
    @Option("NAME", help: "add: who approved it.") var approvedBy: String?
    @Option("NAME", help: "add, release: who asks for it, for the audit log.") var `as`: String?
    @Option("DIR", help: "add, release: an export to compare.") var export: String?
    @Flag(help: "add, release: compare the records of services, too.") var online
    @Option(
        "FILE",
        help: "add, release: where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Flag(help: "add, release: change nothing, and say what would change.") var dryRun
    @Option("DIR", help: "The audit log that this run is entered in. (default: what TENURE_AUDIT_LOG names, else none)")
    var auditLog: String?
    @Option("FILE", help: "The key of the audit log, PEM. (default: what TENURE_AUDIT_KEY names)")
    var auditKey: String?
    @Option("FORMAT", help: "list, check: how to print.") var format = OutputFormat.text

    /// How long a released hold stays in effect unless somebody says otherwise.
    ///
    /// - Source: hard case 24: what is overdue goes through a grace, and not the same minute.
    static let usualGrace = Period(days: 7) ?? .zero

    func run(_ console: Console) throws(Failure) -> ExitCode {
        switch action {
        case .add: return try add(console)
        case .release: return try release(console)
        case .list: return try list(console)
        case .check: return try check(console)
        case nil: throw .usage("hold: add, release, list or check?")
        }
    }
}
