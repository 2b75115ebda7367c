public import Chronology
internal import XML

extension ScanReport {
    /// Writes a JUnit file that says that the run was aborted: one suite with one case, which is an error.
    ///
    /// A CI server then shows the reason, instead of yesterday's file or none.
    public static func writeAbortedJUnit(
        path: String, reason: String, asOf: Moment, toolVersion: String
    ) throws(ReportError) {
        try writeFile(path) { sink throws(ReportError) in
            var writer = try composing { () throws(XMLError) in try XMLWriter() }
            try composing { () throws(XMLError) in try writer.start("testsuites") }
            let suite = JUnitSuite(
                id: 0, name: "tenure", timestamp: timestamp(asOf), counts: .init(tests: 1, errors: 1),
                properties: [("tenure.version", toolVersion), ("tenure.asOf", asOf.description)])
            try suite.write(to: &writer) { writer throws(ReportError) in
                let lines = reason.split(separator: "\n", omittingEmptySubsequences: false)
                let rest = lines.dropFirst().map { "\n\($0)" }.joined()
                var cases = JUnitCases()
                cases.add(
                    beginning: JUnitCases.beginning(classname: "tenure.run"), name: XMLEscaped("scan"),
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
}
