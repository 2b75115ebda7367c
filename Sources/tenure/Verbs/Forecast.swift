internal import Chronology
internal import Evaluation
internal import Policies
internal import Records
internal import Reports

/// Decides the same records at one instant after another.
struct ForecastVerb: Command {
    static let name = "forecast"
    static let sentence = "Show what becomes due when, how much, and under which policy."
    static let example = "tenure forecast --until 2027-03-01 --step P1M --export export --policies policies"
    static let details = """
        Each instant shows what `tenure scan --as-of` would find in the same export then: it is a forecast of the
        rules, for records to which nothing happens. Steps are counted from the as-of by the calendar of UTC, so that
        months that are too short shift nothing; the end is always shown. At most \(ForecastInstants.most) instants.

        EXIT CODES
          0  forecast; what will be due is no violation
          2  usage, policy or configuration error: nothing was read
          3  incomplete: at some instant something could not be seen or decided
        """

    @Option("DAY|TIME", help: "The end, such as 2027-03-01: a day stands for its beginning in UTC.")
    var until: ForecastEnd?
    @Option("PERIOD", help: "The time between two instants, such as P1M, 2w or 90d.") var step =
        Period(months: 1) ?? .zero
    @Option("DIR", help: "The directory of policy documents.") var policies = "policies"
    @Option("DIR", help: "An export to read, short for a Source document named export.") var export: String?
    @Option("FILE", help: "Where the ids of what was seen are kept. (default: .tenure/ledger.db, where there is one)")
    var ledger: String?
    @Option("TIME", help: "The instant to begin with, such as 2026-11-20T00:00:00Z. (default: now)")
    var asOf: Instant?
    @Option("FORMAT", help: "How to print the forecast.") var format = OutputFormat.text

    func run(_ console: Console) throws(Failure) -> ExitCode {
        let asOf = asOf ?? Instant(seconds: Instant.now().seconds)
        let instants = try instants(from: asOf)
        let loaded = PolicyLoader.load(policies, asOf: asOf)
        let rules = try Survey.usable(loaded, console)
        let builder = try Survey.read(
            rules, export: export, memory: try Recollection.memory(of: ledger, rules, asOf: asOf), asOf, console)
        let timeline = InventoryTimeline(builder, until: Moment(instants.last ?? asOf))
        var forecaster = Forecaster(policies: rules)
        for (number, instant) in instants.enumerated() {
            console.progress("deciding as of \(instant): \(number + 1) of \(instants.count)")
            let evaluator = Evaluator(
                policies: loaded.policies(asOf: instant) ?? rules, asOf: Moment(instant), options: ScanOptions())
            forecaster.add(evaluator.evaluate(timeline.inventory(at: Moment(instant))))
        }
        console.clearProgress()
        let report = ForecastReport(
            forecaster.forecast, policyDigest: rules.digest, toolVersion: Tenure.version)
        do throws(ReportError) {
            switch format {
            case .text: try console.report(Array(report.text(style: console.hasColours ? .terminal : .plain).utf8))
            case .json: try console.report(report.json)
            }
        } catch {
            throw .incomplete("forecast: \(error)")
        }
        return ExitCode(rawValue: report.exitCode) ?? .incomplete
    }

    private func instants(from asOf: Instant) throws(Failure) -> [Instant] {
        guard let until else {
            throw .usage("forecast: --until is missing: name a day, such as 2027-03-01 (see: tenure help forecast)")
        }
        do throws(ForecastInstants.Failure) {
            return try ForecastInstants(from: asOf, until: until.instant, step: step).all
        } catch {
            switch error {
            case .endsBeforeItBegins:
                throw .usage("forecast: --until \(until.instant) is before the as-of, \(asOf): name a later day")
            case .emptyStep: throw .usage("forecast: --step has no length: name one such as P1M")
            case .tooMany:
                throw .usage(
                    "forecast: from \(asOf) until \(until.instant) there are more than \(ForecastInstants.most) steps"
                        + " of \(step) (choose a longer --step, or an earlier --until)")
            }
        }
    }
}

/// The end of a forecast: a day in UTC, or an instant.
struct ForecastEnd: OptionValue {
    let instant: Instant

    init(option text: String) throws(InvalidValue) {
        instant = try Instant(option: text.utf8.count == "2027-03-01".utf8.count ? text + "T00:00:00Z" : text)
    }

    var optionText: String { instant.rfc3339 }
}
