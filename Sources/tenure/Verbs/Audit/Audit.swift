internal import AuditLog
internal import Chronology
internal import Evaluation

/// Makes, shows, checks and proves the audit log.
struct Audit: Command {
    static let name = "audit"
    static let sentence = "Keep, check and prove the log of what was done, so that nobody edits it unseen."
    static let example = "tenure audit verify --log audit --vkey trusted.vkey --since kept.checkpoint"
    static let details = """
        HOW IT GOES
          init         makes a log, with its first entry and checkpoint
          show         prints entries
          verify       checks every entry and checkpoint; --since also that the log begins with one that you kept;
                       --proof checks a proof instead, without the log
          prove        proves one entry to a stranger, in C2SP's tlog-proof format
          consistency  proves to who kept a checkpoint that the log only grew since
          checkpoint   prints the newest checkpoint; --key repairs what a crash left, and signs what is not signed yet
          token        prints what a person or an object is called in the log, to find entries by
          orphans      looks at the sources, and not at the log: parts whose container is gone, files to which nothing
                       refers, references that lead nowhere

        ORPHANS
          A file is claimed only where every kind that could refer to it was read to its end in this run, and it is older
          than --older-than. What cannot be claimed is listed with what was not read. Nothing is deleted.

        KEEP CHECKPOINTS ELSEWHERE
          Who has the log's key can rewrite all of it, and sign it again. Only a checkpoint that was kept where they
          cannot reach it shows that: every run prints the newest one. Keep log.vkey elsewhere too.

        KEYS
          openssl genpkey -algorithm ed25519 -out audit.pem && chmod 600 audit.pem
          openssl rand -hex 32 > pseudonyms.key && chmod 600 pseudonyms.key

        EXIT CODES
          0  verified or done, no orphan
          1  the log or the proof is not what was signed, or orphans were found
          2  usage, or no log
          3  a file could not be read or written, or another process writes; orphans: not all could be looked at
          4  entries that were signed are missing: nothing was written
        """

    /// What is to be done.
    enum Action: String, CaseIterable, OptionValue {
        case `init`, show, verify, prove, consistency, checkpoint, token, orphans
    }

    @Argument("init|show|verify|prove|consistency|checkpoint|token|orphans", help: "What to do.") var action: Action?
    @Option("DIR", help: "The directory of the log.") var log = "audit"
    @Option("FILE", help: "The verifier key to trust. Without it, the one that lies beside the log.") var vkey: String?
    @Option("FILE", help: "verify, consistency: a checkpoint that you kept.") var since: String?
    @Option("FILE", help: "init, checkpoint: the key to sign with, PEM; no one else may be able to read it.")
    var key: String?
    @Option("NAME", help: "init: what the log is called, for ever: a URL without its scheme.") var origin: String?
    @Option("N", help: "init: how many entries a file of the journal takes.") var segment = Genesis.usualSegmentEntries
    @Option("N", help: "prove: which entry, from 0 on; show: the first to show.") var entry: Int?
    @Option("N", help: "show: how many entries at most.") var count: Int?
    @Option("TYPE", help: "show: only entries of this type.") var type: String?
    @Option("FILE", help: "prove, consistency: where to write the proof; verify: a proof to check.") var proof: String?
    @Option("FILE", help: "prove: where to write the entry itself; verify --proof: the entry.") var line: String?
    @Option("FILE", help: "token: the key of pseudonyms, in hexadecimal; no one else may be able to read it.")
    var pseudonymKey: String?
    @Option("ID", help: "token: a person.") var subject: String?
    @Option("KIND", help: "token: what kind of object --id is.") var kind: String?
    @Option("ID", help: "token: an object.") var id: String?
    @Option("DIR", help: "orphans: the directory of policy documents, for the sources that they name.")
    var policies = "policies"
    @Option("DIR", help: "orphans: an export to read, short for a Source document named export.") var export: String?
    @Option(
        "FILE",
        help: "orphans: where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option("TIME", help: "orphans: the instant to judge ages for. (default: now)") var asOf: Instant?
    @Option("PERIOD", help: "orphans: how old a file is at least; it is uploaded before anything refers to it.")
    var olderThan = OrphanSearch.usualGrace
    @Option("CLASS", help: "orphans: what ends with exit code 1. (default: each of them)") var failOn: [Orphan.Class]
    @Option("FORMAT", help: "How to print.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        switch action {
        case .`init`: return try makeLog(console)
        case .show: return try show(console)
        case .verify: return proof == nil ? try verify(console) : try verifyProof(console)
        case .prove: return try prove(console)
        case .consistency: return try proveGrowth(console)
        case .checkpoint: return try checkpoint(console)
        case .token: return try token(console)
        case .orphans: return try findOrphans(console)
        case nil: throw .usage("audit: \(Action.choices.joined(separator: ", "))?")
        }
    }
}
