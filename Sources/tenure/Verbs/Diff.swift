internal import Chronology
internal import Evaluation
internal import Files
internal import Policies
internal import Reports

/// Compares two sets of documents: in what they say and, where there are records, in what they do.
struct Diff: Command {
    static let name = "diff"
    static let sentence = "Show what a change of policies, holds or exceptions would do, before it is made."
    static let example = "tenure diff --against main --policies policies --export export --max-newly-due 1%"
    static let details = """
        --against names a directory, or a branch, tag or commit of the git repository that holds the policies; what is
        a directory is taken for one. The work tree is not touched. Without --export and without a Source of type
        export only the documents are compared. Both sides are decided over the same records, those of the new side's
        sources; where the two take other metadata for owner, subject or tenant the records are read twice. The new side
        must keep its policies.lock and follow TENURE_LOCK_ANCHOR, as in every run; the old side may carry an older lock
        than that one, or none as yet, which is said.

        A record is newly due where a policy in force finds it due or overdue, and none did before. A limit of N counts
        all records together; N% is of the records that each policy matches, policy by policy. Exactly the limit passes.

        EXIT CODES
          0  compared
          2  usage, or documents of either side that cannot be used: nothing was compared
          3  incomplete: the new side could not see or decide everything, so that more may change
          4  a limit is exceeded; outranks 3
        """

    @Option("DIR|GITREF", help: "The old side: a directory of policy documents, or a revision in git.")
    var against: String?
    @Option("DIR", help: "The new side: the directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "An export to read, short for a Source document named export.") var export: String?
    @Option("FILE", help: "Where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option("TIME", help: "The instant to decide for, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("N|N%", help: "The most records that may newly become due.") var maxNewlyDue: ChangeLimit?
    @Option("N|N%", help: "The most records that may newly become free to be deleted.") var maxNewlyFree: ChangeLimit?
    @Flag(help: "Print tokens instead of ids; explain understands them.") var redact
    @Option("FORMAT", help: "What to print: a summary, or everything.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        guard let against else {
            throw .usage("diff: --against is missing: name a directory or a git revision (see: tenure help diff)")
        }
        let asOf = asOf ?? Instant(seconds: Instant.now().seconds)
        let new = RuleSide(directory: policies, asOf: asOf)
        let newRules = try new.rules(console, areNew: true)
        let old = try RuleSide(against, besides: policies, asOf: asOf)
        let oldRules = try old.rules(console, areNew: false)
        let report = DifferenceReport(
            asOf: Moment(asOf), old: old.reported, new: new.reported,
            documents: DocumentDifference.all(from: old.loaded, to: new.loaded),
            records: try compare(oldRules, newRules, asOf, console), toolVersion: Tenure.version, redacts: redact)
        do throws(ReportError) {
            switch format {
            case .text:
                let text = try report.text(style: console.hasColours ? .terminal : .plain)
                try console.report(Array(text.utf8))
            case .json: try report.writeJSON { (bytes) throws(ReportError) in try console.report(bytes) }
            }
        } catch {
            throw .incomplete("diff: \(error)")
        }
        return ExitCode(rawValue: report.exitCode) ?? .incomplete
    }

    /// What the records say; nil where there are none to read.
    private func compare(
        _ old: PolicySet, _ new: PolicySet, _ asOf: Instant, _ console: Console
    ) throws(Failure) -> DifferenceReport.Records? {
        guard Survey.hasSources(new, export: export) else {
            if maxNewlyDue != nil || maxNewlyFree != nil {
                throw .usage(
                    "diff: a limit needs records: name an export with --export DIR, or write a Source document")
            }
            return nil
        }
        let limits: [RuleComparison.Limit] = [
            ("--max-newly-due", .due, maxNewlyDue), ("--max-newly-free", .mayGo, maxNewlyFree),
        ]
        return try RuleComparison(old: old, new: new, export: export, ledger: ledger, asOf: asOf)
            .records(limits, console)
    }
}

extension ChangeLimit: OptionValue {
    init(option text: String) throws(InvalidValue) {
        let isShare = text.hasSuffix("%")
        let digits = isShare ? text.dropLast() : text[...]
        guard let number = Int(digits), digits.utf8.first != UInt8(ascii: "+"), number >= 0, !isShare || number <= 100
        else {
            throw InvalidValue(message: "\"\(text)\" is neither a whole number nor a whole percentage such as 5%")
        }
        self = isShare ? .percent(number) : .records(number)
    }

    var optionText: String {
        switch self {
        case .records(let number): "\(number)"
        case .percent(let number): "\(number)%"
        }
    }
}
