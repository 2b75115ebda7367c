internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

extension ScanReport {
    /// How much of a report may wait in memory before it goes to the file.
    static let drainAt = 1 << 18

    /// Writes the JSON report, piece by piece.
    public func writeJSON(_ sink: ([UInt8]) throws(ReportError) -> Void) throws(ReportError) {
        let ids = ReportedIds(result.inventory, redacts: redacts)
        var writer = JSONWriter()
        writer.beginObject(.lines)
        writeHead(to: &writer)
        writeSources(to: &writer)
        writeSummary(to: &writer)
        try writeFindings(ids, to: &writer, sink)
        try writeBaseline(to: &writer)
        try writeProblems(ids, to: &writer)
        writer.reasons(shownReasons)
        writer.member("warnings", result.warnings)
        writeAbsorbed(to: &writer)
        writer.member("exitCode", Int(result.exitCode))
        writer.endObject()
        writer.finish()
        try writer.drain(sink)
    }

    private func writeHead(to writer: inout JSONWriter) {
        ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: result.asOf,
            policyDigest: result.policies.digest
        ).write(to: &writer)
        writer.object("options", .inline) { options in
            options.member("failOn", result.options.failOn.name)
            options.member("requireCoverage", result.options.requireCoverage)
            options.member("strict", result.options.isStrict)
            options.member("redact", redacts)
        }
    }

    private func writeSummary(to writer: inout JSONWriter) {
        let summary = result.summary
        writer.object("summary") { writer in
            writer.member("records", summary.records)
            writer.member("violations", summary.violations)
            writer.member("baselined", summary.baselined)
            writer.member("mayGo", summary.mayGo)
            writer.object("states", .inline) { states in
                for state in State.allCases { states.member(state.name, summary[state]) }
            }
            writer.objects("policies", zip(result.policies.reported, summary.reported)) { writer, pair in
                let (policy, counts) = pair
                writer.member("policy", policy.name)
                writer.member("kind", policy.kind)
                writer.member("severity", policy.severity.name)
                writer.member("mode", policy.mode.rawValue)
                writer.member("matched", counts.matched)
                writer.object("states", .inline) { states in
                    for state in State.allCases { states.member(state.name, counts[state]) }
                }
            }
            writer.object("problems", .inline) { problems in
                for code in Problem.Code.allCases.sorted() {
                    if let count = result.inventory.problems.counts[code] { problems.member(code.rawValue, count) }
                }
            }
        }
    }

    private func writeFindings(
        _ ids: ReportedIds, to writer: inout JSONWriter, _ sink: ([UInt8]) throws(ReportError) -> Void
    ) throws(ReportError) {
        var lines = FindingLines(result, ids: ids)
        writer.key("findings")
        writer.beginArray(.lines)
        for finding in result.findings {
            try writer.encoded { line throws(ReportError) in try lines.append(finding, to: &line) }
            if writer.bytes.count >= Self.drainAt { try writer.drain(sink) }
        }
        writer.endArray()
    }

    private func writeAbsorbed(to writer: inout JSONWriter) {
        guard result.options.isStrict else { return writer.member("absorbed", nil as String?) }
        writer.objects("absorbed", result.absorbed) { writer, error in
            writer.member("document", error.document)
            writer.member("file", error.location.file)
            writer.member("line", error.location.line)
            writer.member("column", error.location.column)
            writer.member("code", error.code)
            writer.member("records", error.records)
        }
    }

    private func writeBaseline(to writer: inout JSONWriter) throws(ReportError) {
        guard let baseline else { return writer.member("baseline", nil as String?) }
        let stale = try baseline.shownStale(redacts: redacts)
        writer.object("baseline") { writer in
            writer.member("asOf", baseline.baseline.asOf.rfc3339)
            writer.member("expiresAt", baseline.baseline.expiresAt?.rfc3339)
            writer.member("expired", baseline.isExpired)
            writer.objects("stale", stale) { writer, entry in
                writer.member("policy", entry.key.policy)
                writer.member("rule", entry.key.rule)
                writer.member("source", entry.key.source)
                writer.member("kind", entry.key.kind.name)
                writer.member("id", entry.key.id)
                writer.member("count", entry.count)
            }
        }
    }

    private func writeProblems(_ ids: ReportedIds, to writer: inout JSONWriter) throws(ReportError) {
        writer.key("problems")
        writer.beginArray(.lines)
        for problem in try shownProblems() {
            writer.beginObject()
            writer.member("code", problem.code.rawValue)
            writer.member("source", problem.source)
            writer.member("file", problem.place?.file)
            writer.member("line", problem.place?.line)
            writer.member("kind", problem.kind?.name)
            writer.member("id", try ids.text(source: problem.source, kind: problem.kind, id: problem.id))
            writer.member("losesData", problem.losesData)
            writer.member("message", redacts ? problem.code.summary : problem.message)
            writer.endObject()
        }
        writer.endArray()
    }
}
