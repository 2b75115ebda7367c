internal import Chronology
internal import Evaluation
internal import Policies
internal import Reports

/// Says what every source can show and what it cannot.
struct Doctor: Command {
    static let name = "doctor"
    static let sentence = "Say what each source can show, what it never will, and what would close each gap."
    static let example = "tenure doctor --policies policies"
    static let details = """
        Of every list that a scan would read it asks for the first page, and for one record of what has no list; of an
        export it looks for the files. It changes nothing, so it cannot know what a credential may delete: untried says
        that there is a call, and that it may be refused.

        EXIT CODES
          0  a scan can read all that the policies speak of, but for gaps that are accepted
          2  a source cannot be asked as its document stands, or the documents cannot be used
          3  a scan would be incomplete: a gap that nobody accepted, or a service that refuses or does not answer
        """

    @Option("DIR", help: "The directory of policy documents, or one file.") var policies = "policies"
    @Option("TIME", help: "The instant to judge accepted gaps for, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("FORMAT", help: "How to print what was found.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let asOf = asOf ?? Instant(seconds: Instant.now().seconds)
        let set = try Survey.usable(PolicyLoader.load(policies, asOf: asOf), console)
        guard !set.sources.isEmpty else {
            throw .usage("doctor: \(policies) names no source: write a Source document")
        }
        let report = DoctorReport(
            Rounds.make(set, asOf: asOf, console), asOf: asOf, policyDigest: set.digest, toolVersion: Tenure.version)
        switch format {
        case .text: try console.write(report.text(style: console.hasColours ? .terminal : .plain))
        case .json: try console.write(String(decoding: report.json, as: UTF8.self))
        }
        return ExitCode(rawValue: Int32(report.exitCode)) ?? .incomplete
    }
}
