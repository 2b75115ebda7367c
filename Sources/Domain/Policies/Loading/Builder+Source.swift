import Chronology
import Records
import YAML

extension Builder {
    func source(_ document: Document, _ file: inout DocumentFile) -> Source? {
        guard let spec = document.spec, let name = document.name?.text, let type = spec.text("type") else { return nil }
        if SourceType(rawValue: type)?.isScannable == false {
            file.warn(
                "source-not-scannable", at: spec.mark(of: "type"), "this version cannot scan sources of type \(type)",
                hint: "scan an export of it: type export")
        }
        checkService(type, spec, &file)
        if type == SourceType.export.rawValue { checkRegistryOfExport(spec, &file) }
        let zone = spec.zone("timeZone") ?? .utc
        return Source(
            name: name, type: type, path: spec.text("path"), address: address(spec, &file),
            apiVersion: spec.text("apiVersion"), credentials: credentials(spec.object("credentials")),
            authentication: spec.text("authentication").flatMap { Source.Authentication(rawValue: $0) },
            transport: transport(spec, &file),
            registry: spec.list("registry").compactMap { registryEntry($0, &file) },
            fullEvery: spec.period("fullEvery") ?? Source.usualFullEvery,
            fields: fields(spec.object("fields")),
            atLeast: minimums(spec.object("expect"), &file), canaries: spec.object("expect")?.texts("canaries") ?? [],
            acceptedGaps: spec.list("acceptedGaps").compactMap { acceptedGap($0, zone: zone, &file) },
            zone: zone, location: document.location)
    }

    private func credentials(_ object: CheckedObject?) -> Source.Credentials? {
        guard let object else { return nil }
        return object.text("env").map { .environment($0) } ?? object.text("file").map { .file($0) }
            ?? object.text("command").map { .command($0) }
    }

    private func fields(_ object: CheckedObject?) -> Source.Fields {
        var fields = Source.Fields()
        func key(_ name: String) -> String? { object?.text(name).map { String($0.dropFirst("metadata.".count)) } }
        fields.owner = key("owner") ?? fields.owner
        fields.subject = key("subject") ?? fields.subject
        fields.tenant = key("tenant") ?? fields.tenant
        return fields
    }

    private func minimums(_ object: CheckedObject?, _ file: inout DocumentFile) -> [(kind: Kind, count: Int)] {
        guard let object else { return [] }
        return Kind.allCases.compactMap { kind in
            let names = Set([kind.name, kind.fileStem]).filter(object.names)
            if names.count > 1 {
                file.error(
                    "duplicate-key", at: object.keyMarks[kind.fileStem] ?? object.mark,
                    "'\(kind.fileStem)' and '\(kind.name)' are the same kind", hint: "remove one of the two")
            }
            return names.first.flatMap { object.object($0)?.integer("atLeast") }.map { (kind, $0) }
        }
    }

    private func acceptedGap(_ item: Checked, zone: Zone, _ file: inout DocumentFile) -> Source.AcceptedGap? {
        guard case .object(let gap) = item.value, let reason = gap.text("reason"),
            let until = gap.day("until")?.end(in: zone)
        else { return nil }
        if until <= Moment(asOf) {
            file.warn(
                "expired-gap", at: gap.mark(of: "until"), "the gap is no longer accepted",
                hint: "remove it, or have it reviewed and dated anew")
        }
        return Source.AcceptedGap(
            kinds: kinds(gap.texts("kinds")), reason: reason, ticket: gap.text("ticket"), until: until,
            untilText: gap.dayText("until"))
    }
}
