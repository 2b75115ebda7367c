internal import Evaluation
internal import Records
internal import XML

/// What could and could not be read, as test cases: one for the run, one for each source, and one for each kind of
/// damage in each file. They are named without lines and counts, so that the name stays the same while damage moves.
struct ReadingCases {
    /// The name of the suite.
    static let suite = "reading"
    private static let shownPlaces = 20

    private struct Case {
        var classname: String
        var name: String
        /// One line each; none where all is well.
        var reasons: [String]
    }

    private var all: [Case] = []

    /// - Parameter problems: as the report shows them.
    init(
        _ result: ScanResult, problems: [Problem], message: (Incompleteness) -> String
    ) throws(ReportError) {
        let reasons = Dictionary(grouping: result.incomplete, by: \.source)
        let named = Set(result.inventory.sourceNames).union(reasons.keys.compactMap(\.self)).sorted()
        for source in [nil] + named.map(Optional.some) {
            let parts = source.map { [$0, Self.suite] } ?? [Self.suite]
            all.append(
                Case(
                    classname: ObjectToken.classname(parts), name: "complete",
                    reasons: (reasons[source] ?? []).map(message)))
        }
        try addDamage(problems)
    }

    private mutating func addDamage(_ problems: [Problem]) throws(ReportError) {
        var current: (source: String, code: Problem.Code, file: String?)?
        for problem in problems where problem.losesData {
            let place = problem.place.map { "\($0.file):\($0.line)" }
            let group = (problem.source, problem.code, problem.place?.file)
            if let current, current == group {
                if let place { all[all.count - 1].reasons.append(place) }
                continue
            }
            current = group
            var name = problem.code.rawValue
            if let file = problem.place?.file { name += " " + (try ObjectToken.encode(file)) }
            all.append(
                Case(
                    classname: ObjectToken.classname([problem.source, Self.suite]), name: name,
                    reasons: [problem.code.summary, place].compactMap(\.self)))
        }
    }

    var counts: JUnitSuite.Counts {
        all.reduce(into: .init()) { $0.add($1.reasons.isEmpty ? .passed : .errored) }
    }

    func write(to writer: inout XMLWriter, _ sink: ReportSink) throws(ReportError) {
        var cases = JUnitCases()
        for one in all {
            let shown = one.reasons.dropFirst().prefix(Self.shownPlaces)
            let more = one.reasons.count - 1 - shown.count
            let detail = shown.map { "\n\($0)" }.joined() + (more > 0 ? "\nand \(more) more" : "")
            cases.add(
                beginning: JUnitCases.beginning(classname: one.classname), name: XMLEscaped(one.name),
                outcome: one.reasons.isEmpty ? .passed : .errored, type: XMLEscaped("incomplete"),
                message: XMLEscaped((one.reasons.first ?? "").shortened()),
                detail: XMLEscaped(lines: detail.shortened()))
            try cases.passOn(to: &writer, sink)
        }
        try cases.flush(to: &writer, sink)
    }
}
