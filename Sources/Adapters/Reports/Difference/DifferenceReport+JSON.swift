internal import CanonicalJSON
internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

extension DifferenceReport {
    /// Writes the whole difference as JSON, piece by piece.
    public func writeJSON(_ sink: ([UInt8]) throws(ReportError) -> Void) throws(ReportError) {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: asOf, policyDigest: new.digest
        ).write(to: &writer)
        write("against", old, to: &writer)
        write("policies", new, to: &writer)
        writer.objects("documents", documents, Self.write)
        if let records {
            try write(records, to: &writer, sink)
        } else {
            writer.key("data")
            writer.null()
        }
        writer.member("exitCode", Int(exitCode))
        writer.endObject()
        writer.finish()
        try writer.drain(sink)
    }

    private func write(_ name: String, _ side: Side, to writer: inout JSONWriter) {
        writer.object(name, .inline) { writer in
            writer.member("name", side.name)
            writer.member("revision", side.revision)
            writer.member("policyDigest", side.digest)
        }
    }

    private static func write(_ writer: inout JSONWriter, _ document: DocumentDifference) {
        writer.member("kind", document.kind)
        writer.member("name", document.name)
        writer.member("change", document.change.rawValue)
        writer.objects("fields", document.fields) { writer, field in
            writer.member("path", field.path)
            writer.member("from", field.from)
            writer.member("to", field.to)
        }
        writer.member("effects", document.effects.map(\.rawValue))
    }

    private func write(
        _ records: Records, to writer: inout JSONWriter, _ sink: ([UInt8]) throws(ReportError) -> Void
    ) throws(ReportError) {
        let result = records.result
        var tenants = Tenants(result.inventory)
        writer.key("data")
        writer.beginObject(.lines)
        writer.member("records", result.inventory.count)
        writer.objects("changes", records.difference.totals) { writer, total in
            writer.member("change", total.change.name)
            writer.amount("newly", total.newly)
            writer.amount("noLonger", total.noLonger)
        }
        writer.key("groups")
        writer.beginArray(.lines)
        for group in records.difference.groups {
            writer.beginObject()
            writer.member("change", group.change.name)
            write(group.cause, to: &writer)
            writer.member("tenant", try tenants.token(group.tenant))
            writer.amount("newly", group.newly)
            writer.endObject()
        }
        writer.endArray()
        try writeList(records, &tenants, to: &writer, sink)
        writer.objects("gates", records.gates) { writer, gate in
            writer.member("option", gate.option)
            writer.member("limit", gate.limit.text)
            writer.objects("excesses", gate.excesses) { writer, excess in
                writer.member("policy", excess.policy)
                writer.member("records", excess.records)
                writer.member("matched", excess.matched)
            }
        }
        writer.reasons(ScanReport(result, toolVersion: toolVersion, redacts: redacts).shownReasons)
        writer.endObject()
    }

    private func writeList(
        _ records: Records, _ tenants: inout Tenants, to writer: inout JSONWriter,
        _ sink: ([UInt8]) throws(ReportError) -> Void
    ) throws(ReportError) {
        let inventory = records.result.inventory
        let ids = ReportedIds(inventory, redacts: redacts)
        writer.key("list")
        writer.beginArray(.lines)
        for record in records.difference.records {
            let row = record.row
            let created = inventory.created(row)
            writer.beginObject()
            writer.member("source", inventory.sourceNames[Int(inventory.sources[row])])
            writer.member("kind", inventory.kinds[row].name)
            writer.key("id")
            var id: [UInt8] = []
            try ids.withId(row) { id.append($0) }
            writer.string(String(decoding: id, as: UTF8.self))
            writer.member("tenant", try tenants.token(inventory.tenants[row]))
            writer.member("bytes", inventory.bytes(row).map { Int($0) })
            writer.member("created", created.isPoint ? created.earliest.description : nil)
            writer.member("newly", record.newly.changes.map(\.name))
            writer.member("noLonger", record.noLonger.changes.map(\.name))
            writer.objects("because", records.difference.causes(of: row).filter { $0.cause != .none }) { writer, pair in
                writer.member("change", pair.change.name)
                write(pair.cause, to: &writer)
            }
            writer.endObject()
            if writer.bytes.count >= ScanReport.drainAt { try writer.drain(sink) }
        }
        writer.endArray()
    }

    private func write(_ cause: Cause, to writer: inout JSONWriter) {
        let document = records.flatMap { cause.document(in: $0.result.policies) }
        writer.member("documentKind", document?.kind)
        writer.member("document", document?.name)
        writer.exception(records.flatMap { cause.exception(in: $0.result.policies) })
    }
}

extension ChangeLimit {
    /// As the command line writes it.
    var text: String {
        switch self {
        case .records(let count): "\(count)"
        case .percent(let percent): "\(percent)%"
        }
    }
}
