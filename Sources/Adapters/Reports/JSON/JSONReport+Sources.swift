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
        write(source.rereading, to: &writer)
        writer.objects("kinds", Kind.allCases) { writer, kind in
            writer.member("kind", kind.name)
            writer.member("listed", source[kind].wasRead)
            writer.member("complete", source.completeKinds.has(kind))
            writer.member("extent", source.extent(of: kind).rawValue)
            writer.member("listable", source[kind].isListable)
            writer.member("retired", source[kind].isRetired)
            writer.member("retiredSurface", source[kind].retiredSurface)
            writer.member("records", source[kind].records)
            writer.member("lost", source[kind].lost)
            writer.member("missing", source[kind].missing)
            writer.member("unreadUses", source[kind].unreadUses)
            writer.member("registryIds", source[kind].registryIds)
            writer.member("harvestedIds", source[kind].harvestedIds)
            writer.member("rememberedIds", source[kind].rememberedIds)
            writer.member("goneIds", source[kind].goneIds)
            writer.member("acceptedUntil", acceptedUntil(kind, document))
        }
        writer.objects("acceptedGaps", document?.acceptedGaps ?? []) { writer, gap in
            writer.member("kinds", gap.kinds.kinds.map(\.name))
            writer.member("reason", gap.reason)
            writer.member("ticket", gap.ticket)
            writer.member("until", gap.untilText)
            writer.member("inEffect", result.asOf < gap.until)
        }
    }

    /// What was not read again, for it is known that no deadline has come.
    private func write(_ rereading: Rereading?, to writer: inout JSONWriter) {
        guard let rereading else { return writer.member("rereading", nil as String?) }
        writer.object("rereading") { writer in
            writer.member("everything", rereading.settledCount == 0)
            writer.member("because", rereading.reason)
            writer.member("lastFull", "\(rereading.full)")
            writer.member("notReadAgain", rereading.settledCount)
            writer.member("readsSaved", rereading.saved)
        }
    }

    /// The last day on which somebody accepts that the kind cannot be looked at; null where nobody does now.
    private func acceptedUntil(_ kind: Kind, _ document: Source?) -> String? {
        document?.acceptedGaps.filter { $0.kinds.has(kind) && result.asOf < $0.until }.max { $0.until < $1.until }?
            .untilText
    }
}
