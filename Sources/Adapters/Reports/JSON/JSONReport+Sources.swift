internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

extension ScanReport {
    /// What could be looked at, source by source and kind by kind.
    func writeSources(to writer: inout JSONWriter) {
        let sources = result.inventory.coverage.sorted { $0.name < $1.name }
        writer.key("sources")
        writer.beginArray(.lines)
        for source in sources {
            writer.beginObject(.lines)
            write(source, to: &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    private func write(_ source: SourceCoverage, to writer: inout JSONWriter) {
        let document = result.policies.sources.first { $0.name == source.name }
        writer.member("name", source.name)
        writer.member("type", document?.type ?? "export")
        writer.member("lostOfUnknownKind", source.lostOfUnknownKind)
        writer.objects("kinds", Kind.allCases) { writer, kind in
            writer.member("kind", kind.name)
            writer.member("listed", source[kind].wasRead)
            writer.member("complete", source.completeKinds.has(kind))
            writer.member("records", source[kind].records)
            writer.member("lost", source[kind].lost)
        }
        writer.objects("acceptedGaps", document?.acceptedGaps ?? []) { writer, gap in
            writer.member("kinds", gap.kinds.kinds.map(\.name))
            writer.member("reason", gap.reason)
            writer.member("ticket", gap.ticket)
            writer.member("until", gap.untilText)
            writer.member("inEffect", result.asOf < gap.until)
        }
    }
}
