internal import Chronology

extension AbortedReport {
    /// Writes the report's form with null for all that was not found out, so that nobody takes it for an empty result,
    /// and the reason under `incomplete`.
    func writeJSON(_ sink: ReportSink) throws(ReportError) {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        writer.member("schemaVersion", ScanReport.schemaVersion)
        writer.object("tool", .inline) { tool in
            tool.member("name", "tenure")
            tool.member("version", toolVersion)
        }
        writer.member("asOf", asOf.description)
        writer.member("policyDigest", nil as String?)
        writer.member("zoneDataVersion", ZoneData.version)
        for name in ["options", "sources", "summary", "findings", "baseline", "problems"] {
            writer.member(name, nil as String?)
        }
        writer.objects("incomplete", [reason]) { writer, reason in
            writer.member("source", nil as String?)
            writer.member("message", reason)
        }
        writer.member("warnings", [])
        writer.member("exitCode", exitCode)
        writer.endObject()
        writer.finish()
        try writer.drain(sink)
    }
}
