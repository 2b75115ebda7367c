internal import Chronology
internal import SampleEstate

/// Writes a made-up export whose right answers are known.
struct Estate: Command {
    static let name = "estate"
    static let sentence = "Write a sample export, the same for the same seed, to try policies on."
    static let example = "tenure estate --seed 1 --threads 2000 --out estate"
    static let details = """
        The export has one NDJSON file a kind, in the providers' wire shape. truth.json beside them says which records
        are overdue under the policies that come with tenure, shared, held, or dirty. Ages are counted back from --as-of:
        scan it with the same.
        """

    @Option("N", help: "What the random numbers come from.") var seed: UInt64 = 1
    @Option("N", help: "How many threads; everything else is in proportion.") var threads = 1000
    @Option("DIR", help: "Where to write. An estate that is there is replaced, anything else is left alone.")
    var out = "estate"
    @Option("PERCENT", help: "How much of it is overdue.") var overdue = 1.0
    @Flag(help: "Add the dirt of the real world: torn lines, missing times, duplicates, dangling references.")
    var hardCases
    @Option("TIME", help: "The instant from which ages are counted back.")
    var asOf = Instant(seconds: 1_795_132_800)

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let plan: EstatePlan
        let summary: EstateSummary
        do throws(EstateError) {
            plan = try EstatePlan(
                seed: seed, threads: threads, overduePercent: overdue, hardCases: hardCases, asOf: asOf)
            console.progress("writing \(out) …")
            summary = try plan.write(to: out)
        } catch {
            throw .usage("estate: \(error)")
        }
        let overdue = summary.overdue.values.reduce(0, +)
        try console.print(
            "\(out): \(summary.total) records in \(summary.bytes) bytes, \(overdue) overdue as of \(asOf)")
        return .clean
    }
}
