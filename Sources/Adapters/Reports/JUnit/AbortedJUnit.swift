internal import Chronology
internal import XML

extension AbortedReport {
    /// Writes one suite with one case, which is an error: a CI server shows the reason.
    func writeJUnit(_ sink: ReportSink) throws(ReportError) {
        var writer = try composing { () throws(XMLError) in try XMLWriter() }
        try composing { () throws(XMLError) in try writer.start("testsuites") }
        let suite = JUnitSuite(
            id: 0, name: "tenure", timestamp: ScanReport.timestamp(asOf), counts: .init(tests: 1, errors: 1),
            properties: [("tenure.version", toolVersion), ("tenure.asOf", asOf.description)])
        try suite.write(to: &writer) { writer throws(ReportError) in
            let lines = reason.split(separator: "\n", omittingEmptySubsequences: false)
            let rest = lines.dropFirst().map { "\n\($0)" }.joined()
            var cases = JUnitCases()
            cases.add(
                beginning: JUnitCases.beginning(classname: "tenure.run"), name: XMLEscaped(verb.rawValue),
                outcome: .errored,
                type: XMLEscaped("aborted"), message: XMLEscaped(String(lines.first ?? "").shortened()),
                detail: XMLEscaped(lines: rest.shortened()))
            try cases.flush(to: &writer, sink)
        }
        try composing { () throws(XMLError) in
            try writer.end()
            try writer.finish()
        }
        try writer.drain(sink)
    }
}
