internal import Chronology

extension AbortedReport {
    /// Writes the report's form with null for all that was not found out, so that nobody takes it for an empty result,
    /// and the reason under `incomplete`.
    func writeJSON(_ sink: ReportSink) throws(ReportError) {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        ReportHeader(
            schemaVersion: version, toolVersion: toolVersion, asOf: verb == .scan ? asOf : nil, policyDigest: nil
        ).write(to: &writer)
        for (name, form) in ReportHeader.members(behindHeaderOf: form) {
            switch name {
            case "incomplete": writer.reasons([(nil, reason)])
            case "exitCode": writer.member(name, exitCode)
            default: if form.isNullable { writer.member(name, nil as String?) } else { writer.member(name, []) }
            }
        }
        writer.endObject()
        writer.finish()
        try writer.drain(sink)
    }

    private var form: Form {
        switch verb {
        case .scan: ScanReport.form
        case .test: TestReport.form
        }
    }

    private var version: String {
        switch verb {
        case .scan: ScanReport.schemaVersion
        case .test: TestReport.schemaVersion
        }
    }
}
