import Records
import YAML

extension Builder {
    /// The kinds that some services cannot list, so that their ids must be known.
    private static let kindsById: KindSet = [KindSet(.thread), KindSet(.conversation), KindSet(.response)]

    func registryEntry(_ item: Checked, _ file: inout DocumentFile) -> Source.RegistryEntry? {
        guard case .object(let entry) = item.value, let place = registryPlace(entry, &file) else { return nil }
        let kind = entry.text("kind").flatMap { Kind(named: $0) }
        let isComplete = entry.boolean("complete") ?? false
        if case .metadata = place { checkHarvest(entry, kind, &file) }
        if isComplete { checkVouch(entry, place, kind, &file) }
        return Source.RegistryEntry(place, kind: kind, isComplete: isComplete, location: file.location(item.mark))
    }

    /// An export holds all that it holds: no id of it need be found, and nobody need vouch for it.
    func checkRegistryOfExport(_ spec: CheckedObject, _ file: inout DocumentFile) {
        for item in spec.list("registry") {
            guard case .object(let entry) = item.value else { continue }
            for key in ["metadata", "complete"] where entry.names(key) {
                file.error(
                    "registry-export", at: entry.mark(of: key), "'\(key)' means nothing for an export",
                    hint: "keep a file or a database that knows owners, subjects or tenants")
            }
        }
    }

    private func registryPlace(_ entry: CheckedObject, _ file: inout DocumentFile) -> Source.RegistryEntry.Place? {
        if let database = entry.text("database") {
            if let sql = entry.text("query") { return .query(database: database, sql: sql) }
            if !entry.names("query") {
                file.error(
                    "missing-key", at: entry.mark(of: "database"), "a database without a query gives no ids",
                    hint: "add query: SELECT id FROM …")
            }
            return nil
        }
        if entry.names("query"), !entry.names("database") {
            file.error(
                "missing-key", at: entry.mark(of: "query"), "a query without a database asks nothing",
                hint: "add database: and the path of a file of SQLite")
            return nil
        }
        return entry.text("file").map { .file($0) } ?? entry.text("metadata").map { .metadata($0) }
    }

    private func checkHarvest(_ entry: CheckedObject, _ kind: Kind?, _ file: inout DocumentFile) {
        if let kind, Self.kindsById.has(kind) { return }
        if kind == nil, entry.names("kind") { return }
        let names = Self.kindsById.kinds.map(\.name).joined(separator: ", ")
        file.error(
            kind == nil ? "missing-key" : "unknown-value", at: kind == nil ? entry.mark : entry.mark(of: "kind"),
            kind == nil
                ? "a metadata value does not say of which kind it is an id"
                : "every service lists its records of this kind, so that none need be found",
            hint: "write kind: and one of \(names)")
    }

    /// A vouch must mean something.
    private func checkVouch(
        _ entry: CheckedObject, _ place: Source.RegistryEntry.Place, _ kind: Kind?, _ file: inout DocumentFile
    ) {
        let objection: (String, hint: String)? =
            if case .metadata = place {
                (
                    "ids that other records happen to name are never known to be all that there are",
                    hint: "remove 'complete', or keep the ids in a file"
                )
            } else if let kind {
                Self.kindsById.has(kind)
                    ? nil : ("every service lists its records of this kind itself", hint: "remove 'complete'")
            } else {
                ("does not say of which kind there are no others", hint: "add a kind to the entry")
            }
        if let objection {
            file.error("registry-vouch", at: entry.mark(of: "complete"), objection.0, hint: objection.hint)
        }
    }
}
