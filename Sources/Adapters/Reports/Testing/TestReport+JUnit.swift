internal import Chronology
internal import Evaluation
internal import Policies
internal import Records
internal import XML

extension TestReport {
    /// Writes the JUnit report: a suite for each test, with a case for each expectation and each finding that none
    /// names, and a suite for the coverage, with a case for each state.
    public func writeJUnit(_ sink: ([UInt8]) throws(ReportError) -> Void) throws(ReportError) {
        var writer = try composing { () throws(XMLError) in try XMLWriter() }
        try composing { () throws(XMLError) in try writer.start("testsuites") }
        for (index, outcome) in run.outcomes.enumerated() {
            var cases = TestCases(classname: ObjectToken.classname("test", outcome.test.name))
            try cases.add(outcome)
            try write(cases, id: index, name: outcome.test.name, asOf: outcome.test.asOf, to: &writer, sink)
        }
        var cases = TestCases(classname: ObjectToken.classname("test-coverage"))
        cases.add(run.coverage, summary: coverageSummary, failUnder: isCovered ? nil : failUnder)
        let newest = run.outcomes.map(\.test.asOf).max() ?? Instant(seconds: 0)
        try write(cases, id: run.outcomes.count, name: "test-coverage", asOf: newest, to: &writer, sink)
        try composing { () throws(XMLError) in
            try writer.end()
            try writer.finish()
        }
        try writer.drain(sink)
    }

    private func write(
        _ cases: TestCases, id: Int, name: String, asOf: Instant, to writer: inout XMLWriter, _ sink: ReportSink
    ) throws(ReportError) {
        let suite = JUnitSuite(
            id: id, name: ObjectToken.plain(name), timestamp: ScanReport.timestamp(Moment(asOf)), counts: cases.counts,
            properties: [
                ("tenure.version", toolVersion), ("tenure.asOf", asOf.rfc3339),
                ("tenure.policyDigest", run.policyDigest),
            ])
        try suite.write(to: &writer) { writer throws(ReportError) in
            var list = cases.list
            try list.flush(to: &writer, sink)
        }
    }
}

/// The cases of one suite. Their names are unique: viewers and histories tell cases apart by them.
private struct TestCases {
    let classname: String
    private(set) var counts = JUnitSuite.Counts()
    private(set) var list = JUnitCases()
    private var names: [String: Int] = [:]

    init(classname: String) { self.classname = classname }

    mutating func add(_ outcome: TestOutcome) throws(ReportError) {
        let test = outcome.test
        let records = TestRecordIndex(test)
        var failures: [Int: TestFailure] = [:]
        for failure in outcome.failures { failure.expectation.map { failures[$0] = failure } }
        for (index, expectation) in test.expectations.enumerated() {
            let record = records.records(of: expectation).first
            let name = try Self.name(
                expectation.policy ?? expectation.hold, outcome.rules[index], source: record?.source,
                kind: record?.kind.name, expectation.id)
            add(name, failures[index], type: "unmet")
        }
        for failure in outcome.failures where failure.expectation == nil {
            let name = try Self.name(
                failure.rulebook, failure.rule, source: failure.source, kind: failure.kind.name, failure.id)
            add("\(name) unexpected", failure, type: "unexpected")
        }
    }

    mutating func add(_ coverage: TestCoverage, summary: String, failUnder: Int?) {
        add(
            "enough", failUnder == nil ? .passed : .failed, type: "coverage",
            failUnder.map { "\(summary), and --fail-under asks for \($0) %" } ?? "", "")
        for item in coverage.items {
            let isMet = coverage.met.contains(item)
            add(item.name, isMet ? .passed : .skipped, type: "uncovered", isMet ? "" : "no test expects this state", "")
        }
    }

    private static func name(
        _ rulebook: String?, _ rule: String, source: String?, kind: String?, _ id: String
    ) throws(ReportError) -> String {
        let place = source == PolicyTest.defaultSource ? [] : [source].compactMap(\.self)
        let object = (place + [kind ?? "-", try ObjectToken.encode(id)]).joined(separator: "/")
        return ([rulebook, rule, object].compactMap(\.self)).joined(separator: " ")
    }

    private mutating func add(_ name: String, _ failure: TestFailure?, type: String) {
        guard let failure else { return add(name, .passed, type: type, "", "") }
        add(
            name, .failed, type: type, "\(failure.location): \(failure.summary)",
            "\nbecause: \(failure.because)\nnext: \(failure.advice)")
    }

    private mutating func add(_ name: String, _ outcome: Outcome, type: String, _ message: String, _ detail: String) {
        let count = names[name, default: 0] + 1
        names[name] = count
        counts.add(outcome)
        list.add(
            beginning: JUnitCases.beginning(classname: classname),
            name: XMLEscaped(ObjectToken.plain(count == 1 ? name : "\(name) #\(count)")), outcome: outcome,
            type: XMLEscaped(type), message: XMLEscaped(message.shortened()),
            detail: XMLEscaped(lines: detail.shortened()))
    }
}
