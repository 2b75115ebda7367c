internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

extension ScanReport {
    /// Results of which a SARIF file holds no more.
    ///
    /// - Source: GitHub's limits of SARIF files: a run of more than 25,000 results is refused.
    static let mostResults = 25_000

    /// Writes the SARIF report, piece by piece: what is broken, what cannot be decided, what is due, and, suppressed,
    /// what is held or excepted. A result stands at the line of its policy, and names the record beside it.
    public func writeSARIF(_ sink: ([UInt8]) throws(ReportError) -> Void) throws(ReportError) {
        let results = SARIFResults(self)
        var run = SARIFRun(toolVersion: toolVersion)
        run.exitCode = Int(result.exitCode)
        run.rules = results.rules
        run.properties = [
            ("asOf", result.asOf.description), ("policyDigest", result.policies.digest),
            ("zoneDataVersion", ZoneData.version),
        ]
        run.notifications = result.incomplete.map { reason in
            let source = reason.source.map { "\($0): " } ?? ""
            return SARIFRun.Notification(level: .error, message: source + shownMessage(reason))
        }
        run.notifications += result.warnings.map { SARIFRun.Notification(level: .note, message: $0) }
        if results.omitted > 0 {
            run.notifications.append(
                SARIFRun.Notification(
                    level: .warning,
                    message: "\(results.omitted) more findings, none worse than these, are in the JSON report"))
        }
        var writer = JSONWriter()
        run.begin(&writer)
        try results.write(to: &writer, sink)
        run.end(&writer)
        try writer.drain(sink)
    }
}

extension AbortedReport {
    /// Writes a log without results that says that the run did not succeed, and why.
    func writeSARIF(_ sink: ReportSink) throws(ReportError) {
        var run = SARIFRun(toolVersion: toolVersion)
        run.exitCode = exitCode
        run.properties = [("asOf", asOf.description)]
        run.notifications = [SARIFRun.Notification(level: .error, message: reason)]
        var writer = JSONWriter()
        run.begin(&writer)
        run.end(&writer)
        try writer.drain(sink)
    }
}
