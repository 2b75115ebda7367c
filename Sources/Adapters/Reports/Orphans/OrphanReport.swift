public import Chronology
public import Evaluation
internal import Records
internal import Terminal

/// What nothing holds any more, for people and as JSON.
public struct OrphanReport: Sendable {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    private let orphans: Orphans
    private let incomplete: [Incompleteness]
    private let grace: Period
    private let failOn: Set<Orphan.Class>
    private let header: ReportHeader

    /// - Parameters:
    ///   - incomplete: why more may be there than was seen.
    ///   - grace: how old a file had to be.
    ///   - failOn: the classes of which one fails the run.
    public init(
        _ orphans: Orphans, incomplete: [Incompleteness], grace: Period, failOn: Set<Orphan.Class>, asOf: Moment,
        policyDigest: String, toolVersion: String
    ) {
        self.orphans = orphans
        self.incomplete = incomplete
        self.grace = grace
        self.failOn = failOn
        header = ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: asOf, policyDigest: policyDigest)
    }

    /// 1 where something was found that fails the run, else 3 where more may be there than can be claimed, else 0.
    public var exitCode: Int {
        if orphans.found.contains(where: { failOn.contains($0.what) }) { return 1 }
        return incomplete.isEmpty && orphans.unclear.allSatisfy(\.isAccepted) ? 0 : 3
    }

    private var inventory: Inventory { orphans.inventory }

    private func source(_ row: Int) -> String { inventory.sourceNames[Int(inventory.sources[row])] }

    // MARK: For people

    /// The report for people.
    public func text(style: TextStyle = .plain) -> String {
        var lines = [headline(style)]
        for what in Orphan.Class.allCases {
            let found = orphans.found.filter { $0.what == what }
            guard !found.isEmpty else { continue }
            lines += ["", style.strong(what.title)]
            lines += found.map { "  \(source($0.row))/\(name($0.row)): \(because($0))".visible }
        }
        if !orphans.refuted.isEmpty {
            lines += ["", style.strong("Otherwise than the deletion graph says")]
            lines += orphans.refuted.map { source, kind in
                "  \(inventory.sourceNames[source]): \(kind.fileStem) should go with their container, and some did not"
                    .visible
            }
        }
        if !orphans.unclear.isEmpty || !incomplete.isEmpty {
            lines += ["", style.strong("Could not be claimed")]
            lines += orphans.unclear.map { unclear in
                "  \(inventory.sourceNames[unclear.source]): \(sentence(unclear))".visible
                    + (unclear.isAccepted ? " (accepted)" : "")
            }
            lines += incomplete.map { "  \($0.source.map { "\($0): " } ?? "")\($0.message)".visible }
        }
        return (lines + ["", "exit code \(exitCode)"]).joined(separator: "\n") + "\n"
    }

    private func headline(_ style: TextStyle) -> String {
        let counts = Orphan.Class.allCases.map { "\(grouped(orphans.count($0))) \($0.rawValue)" }
            .joined(separator: ", ")
        switch exitCode {
        case 0 where orphans.found.isEmpty: return style.good("NO ORPHANS") + ": \(counts)"
        case 3 where orphans.found.isEmpty: return style.doubtful("NOT KNOWN") + ": \(counts), and more may be there"
        default: return style.bad("ORPHANS") + ": \(counts)"
        }
    }

    private func name(_ row: Int) -> String { "\(inventory.kinds[row].name)/\(inventory.id(row))" }

    private func because(_ orphan: Orphan) -> String {
        switch (orphan.what, orphan.absent) {
        case (.leftover, let kind?): "its \(kind.name) is gone"
        case (.leftover, nil): "what it is a part of hangs on nothing"
        case (.unreferenced, _): "nothing refers to it, and it is older than \(grace)"
        case (.dangling, let kind): "names \(orphan.references) \(kind?.name ?? "record")s that are not there"
        }
    }

    private func sentence(_ unclear: UnclearOrphans) -> String {
        let subject =
            unclear.what == .unreferenced
            ? "\(grouped(unclear.count)) files may be unreferenced"
            : "\(grouped(unclear.count)) references of \(unclear.kind.fileStem) may lead nowhere"
        switch unclear.reason {
        case .unread(let kinds):
            return "\(subject): not read to their end: \(kinds.kinds.map(\.fileStem).joined(separator: ", "))"
        case .age: return "\(subject): nobody can say whether they are older than \(grace)"
        case .unseenUse: return "\(subject): fine-tuning jobs and evaluations are in no list that is read"
        }
    }

    // MARK: As JSON

    /// The report as JSON.
    public func json() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        header.write(to: &writer)
        writer.member("olderThan", grace.description)
        writer.member("failOn", Orphan.Class.allCases.filter(failOn.contains).map(\.rawValue))
        writer.object("counts", .inline) { counts in
            for what in Orphan.Class.allCases { counts.member(what.rawValue, orphans.count(what)) }
        }
        writer.objects("orphans", orphans.found) { writer, orphan in
            writer.member("class", orphan.what.rawValue)
            writer.member("source", source(orphan.row))
            writer.member("kind", inventory.kinds[orphan.row].name)
            writer.member("id", inventory.id(orphan.row))
            writer.member("absent", orphan.absent?.name)
            writer.member("references", orphan.references)
            writer.member("because", because(orphan))
        }
        writer.objects("refuted", orphans.refuted) { writer, refuted in
            writer.member("source", inventory.sourceNames[refuted.source])
            writer.member("kind", refuted.kind.name)
        }
        writer.objects("unclear", orphans.unclear) { writer, unclear in
            writer.member("class", unclear.what.rawValue)
            writer.member("source", inventory.sourceNames[unclear.source])
            writer.member("kind", unclear.kind.name)
            writer.member("count", unclear.count)
            if case .unread(let kinds) = unclear.reason {
                writer.member("unread", kinds.kinds.map(\.name))
            } else {
                writer.member("unread", [String]())
            }
            writer.member("accepted", unclear.isAccepted)
            writer.member("because", sentence(unclear))
        }
        writer.reasons(incomplete.map { ($0.source, $0.message) })
        writer.member("exitCode", exitCode)
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    /// The JSON Schema of the form.
    public static var schema: String {
        ReportHeader.form(
            schemaVersion,
            [
                "olderThan": .text.about("How old a file is at least before it is claimed."),
                "failOn": .list(of: what).about("The classes of which one fails the run."),
                "counts": .object(Orphan.Class.allCases.map(\.rawValue), each: .count),
                "orphans": .list(of: orphan).about("By source, kind and id."),
                "refuted": .list(of: .object(["source": .text, "kind": .kind])).about(
                    "Kinds that go with their container by the deletion graph, and of which some did not."),
                "unclear": .list(of: unclear).about("What could be an orphan, and cannot be claimed."),
                "incomplete": .incomplete.about("Why more may be there than was seen; empty where all was."),
                "exitCode": .one(of: [0, 1, 3]),
            ]
        ).about("What of the sources nothing holds any more.")
            .schema("orphans", version: schemaVersion, title: "Tenure orphan report")
    }

    private static let what = Form.one(of: Orphan.Class.allCases.map(\.rawValue)).about(
        "leftover: what a deletion left behind; unreferenced: a file to which nothing refers; dangling: a record that names what is not there."
    ).named("class")

    private static let orphan = Form.object([
        "class": what, "source": .text, "kind": .kind, "id": .text,
        "absent": .kind.orNull.about("The kind of what is not there."),
        "references": .count.about("How many of its references lead there."),
        "because": .text.about("The reason, in one line."),
    ])

    private static let unclear = Form.object([
        "class": what, "source": .text, "kind": .kind,
        "count": .count.about("Records; of what may be left over or dangle, references."),
        "unread": .list(of: .kind).about("The kinds that were not read to their end, and could tell."),
        "accepted": .flag.about("Whether the source's document accepts that these kinds cannot be looked at."),
        "because": .text.about("The reason, in one line."),
    ])
}

extension Orphan.Class {
    fileprivate var title: String {
        switch self {
        case .leftover: "Left over"
        case .unreferenced: "Unreferenced files"
        case .dangling: "Dangling references"
        }
    }
}
