public import ProviderFacts
internal import Records
internal import Terminal

/// How providers delete, for people and as JSON: what has a call, what goes with what, in which order, and what never
/// goes.
public struct GraphReport {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    private let editions: [GraphEdition]

    /// Of these graphs.
    public init(_ editions: [GraphEdition]) { self.editions = editions }

    // MARK: For people

    /// The graphs for people.
    public func text(style: TextStyle = .plain) -> String {
        var lines = [
            "What is deleted, in this order: parts before what contains them, users before what they use."
        ]
        for edition in editions {
            let versions = edition.versions.isEmpty ? "" : " " + edition.versions.joined(separator: ", ")
            lines += ["", style.strong(edition.type + versions) + ": facts of \(edition.graph.collected)"]
            var table = TextTable(alignment: .left)
            table.add(["kind", "call", "with its container", "can be stopped", "retired"])
            for kind in edition.graph.order {
                guard let removal = edition.graph.removal(of: kind) else { continue }
                table.add([
                    kind.name, removal.verb.rawValue, cascade(removal, edition.graph), removal.canCancel ? "yes" : "-",
                    edition.retired(kind) ?? "-",
                ])
            }
            lines += table.lines()
            for kind in edition.graph.order {
                guard let reason = edition.graph.removal(of: kind)?.permanence else { continue }
                lines.append("  \(kind.name) never goes: \(reason)")
            }
        }
        lines += [
            "",
            "detach takes an entry out of its container and leaves what it points to. Unknown and no mean: called one by"
                + " one before the container, where there is a call. What a cascade took is read back, not believed.",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private func cascade(_ removal: Removal, _ graph: DeletionGraph) -> String {
        guard let cascade = removal.cascade else { return "-" }
        return "\(graph.containers(of: removal.kind).map(\.name).joined(separator: ", ")): \(cascade.rawValue)"
    }

    // MARK: As JSON

    /// The graphs as JSON.
    public var json: String {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        writer.member("schemaVersion", Self.schemaVersion)
        writer.key("graphs")
        writer.beginArray(.lines)
        for edition in editions {
            writer.beginObject(.lines)
            writer.member("type", edition.type)
            writer.member("versions", edition.versions)
            writer.member("collected", edition.graph.collected)
            writer.objects("kinds", edition.graph.order) { writer, kind in
                write(kind, edition, &writer)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(_ kind: Kind, _ edition: GraphEdition, _ writer: inout JSONWriter) {
        let graph = edition.graph
        let removal = graph.removal(of: kind)
        writer.member("kind", kind.name)
        writer.member("order", graph.rank(of: kind) + 1)
        writer.member("verb", removal?.verb.rawValue)
        writer.member("containedIn", graph.containers(of: kind).map(\.name))
        writer.member("uses", kind.targets.kinds.filter { graph.removal(of: $0) != nil }.map(\.name))
        writer.member("cascade", removal?.cascade?.rawValue)
        writer.member("calledBesideContainer", removal?.cascade != nil && removal?.isNeededBesideContainer == true)
        writer.member("canCancel", removal?.canCancel == true)
        writer.member("never", removal?.permanence)
        writer.member("retired", edition.retired(kind))
    }
}

extension GraphEdition {
    /// The day from which the provider no longer serves a kind; nil while it does.
    fileprivate func retired(_ kind: Kind) -> String? {
        facts.surfaces.first { $0.kind == kind }?.family.retired
    }
}
