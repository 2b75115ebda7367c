public import Chronology
public import Evaluation
internal import Records
internal import Terminal

/// What every source can show and what it cannot, for people and as JSON.
public struct DoctorReport: Sendable {
    /// The version of the JSON form.
    public static let schemaVersion = "1"

    private let outlooks: [SourceOutlook]
    private let header: ReportHeader

    /// - Parameters:
    ///   - outlooks: the sources, in the order of the report.
    ///   - asOf: the instant at which accepted gaps are judged.
    public init(_ outlooks: [SourceOutlook], asOf: Instant, policyDigest: String, toolVersion: String) {
        self.outlooks = outlooks
        header = ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: Moment(asOf), policyDigest: policyDigest)
    }

    /// 2 where a document or this machine keeps a source from being asked, 3 where a scan would be incomplete, else 0.
    public var exitCode: Int {
        if outlooks.contains(where: { $0.examination.obstacle?.isOurs == true }) { return 2 }
        return outlooks.contains { $0.isIncomplete } ? 3 : 0
    }

    // MARK: For people

    /// The report for people.
    public func text(style: TextStyle = .plain) -> String {
        var lines = [headline(style)]
        for outlook in outlooks { lines += [""] + self.lines(outlook, style) }
        lines += [
            "", "Nothing was changed. Whether a credential may delete shows only when it does: untried is no promise.",
            "exit code \(exitCode)",
        ]
        return lines.joined(separator: "\n") + "\n"
    }

    private func headline(_ style: TextStyle) -> String {
        switch exitCode {
        case 0: style.good("EVERYTHING IN SIGHT") + ": a scan can read all that the policies speak of"
        case 2: style.bad("NOT USABLE") + ": a source cannot be asked as its document stands"
        default: style.doubtful("BLIND SPOTS") + ": a scan would be incomplete"
        }
    }

    private func lines(_ outlook: SourceOutlook, _ style: TextStyle) -> [String] {
        let examination = outlook.examination
        let place = "\(examination.type), \(examination.place.visible)"
        var lines = [style.strong("Source \(examination.source)") + ": \(place)"]
        if let credential = examination.credential {
            let verdict = examination.obstacle == nil ? "accepted" : "not accepted, or not tried"
            lines.append("  credential: \(credential.visible), \(verdict)")
        }
        if let obstacle = examination.obstacle {
            lines.append("  " + style.bad("cannot be asked") + ": \(obstacle.reason.visible)")
            lines.append("    to do: \(obstacle.remedy.visible)")
            return lines
        }
        var table = TextTable(alignment: .left)
        table.add(["kind", "seen", "answer", "delete"])
        for kind in examination.kinds where kind.answer != .noCall {
            table.add([kind.kind.name, Self.seen(kind), Self.words(kind.answer), Self.words(kind.deletion)])
        }
        lines += table.lines()
        for gap in outlook.gaps {
            let kinds = gap.kinds.map(\.name).joined(separator: ", ")
            let mark = gap.acceptedUntil == nil ? style.doubtful("not seen") : "not seen"
            lines.append("  \(mark): \(kinds): \(gap.reason.visible)")
            if let until = gap.acceptedUntil {
                lines.append("    accepted until \(until)")
            } else {
                lines.append("    to close it: \(gap.remedy.visible)")
                if !gap.counts { lines.append("    no policy names these kinds, so a scan passes over it") }
            }
        }
        return lines
    }

    private static func seen(_ kind: KindExamination) -> String {
        switch kind.sight {
        case .all: "all"
        case .nothing: "nothing"
        case .known: kind.knownIds.map { "\($0) known ids" } ?? "below known ids"
        }
    }

    private static func words(_ answer: KindExamination.Answer) -> String {
        switch answer {
        case .read: "read"
        case .untried: "nothing to try it on"
        case .refused: "refused"
        case .retired: "retired"
        case .failed: "failed"
        case .noCall: "no call"
        }
    }

    private static func words(_ deletion: KindExamination.Deletion) -> String {
        switch deletion {
        case .untried: "untried"
        case .unverifiable: "could not be read back"
        case .withContainer: "with its container"
        case .never: "never"
        case .unknown: "unknown"
        }
    }

    // MARK: As JSON

    /// The report as JSON.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        header.write(to: &writer)
        writer.objects("sources", outlooks) { writer, outlook in
            let examination = outlook.examination
            writer.member("source", examination.source)
            writer.member("type", examination.type)
            writer.member("place", examination.place)
            writer.member("credential", examination.credential)
            writer.member("obstacle", examination.obstacle?.reason)
            writer.member("remedy", examination.obstacle?.remedy)
            writer.objects("kinds", examination.kinds) { writer, kind in
                writer.member("kind", kind.kind.name)
                writer.member("seen", kind.sight.rawValue)
                writer.member("knownIds", kind.knownIds)
                writer.member("answer", kind.answer.rawValue)
                writer.member("delete", kind.deletion.rawValue)
            }
            writer.objects("gaps", outlook.gaps) { writer, gap in
                writer.member("kinds", gap.kinds.map(\.name))
                writer.member("reason", gap.reason)
                writer.member("remedy", gap.remedy)
                writer.member("acceptedUntil", gap.acceptedUntil)
                writer.member("counts", gap.counts)
            }
        }
        writer.member("exitCode", exitCode)
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    /// The JSON Schema of the form.
    public static var schema: String {
        ReportHeader.form(
            schemaVersion,
            ["sources": .list(of: source).about("By name."), "exitCode": .one(of: [0, 2, 3])]
        ).about("What sources can show and what they cannot, found out by asking, without changing anything.")
            .schema("doctor", version: schemaVersion, title: "Tenure doctor report")
    }

    private static let source = Form.object([
        "source": .text, "type": .text,
        "place": .text.about("An address or a directory."),
        "credential": .text.orNull.about("Where the credential is; null where none is needed. Never the credential."),
        "obstacle": .text.orNull.about("Why nothing more could be asked; null where all was."),
        "remedy": .text.orNull.about("What to do about the obstacle."),
        "kinds": .list(of: kind).about("In the vocabulary's order; none where there is an obstacle."),
        "gaps": .list(of: gap).about("What a scan does not see."),
    ])

    private static let kind = Form.object([
        "kind": .kind,
        "seen": .one(of: KindExamination.Sight.allCases.map(\.rawValue)).about(
            "How much of it a scan sees: all, what is known by its id, or nothing."),
        "knownIds": .count.orNull.about("How many ids the registry holds; null where the kind has a list."),
        "answer": .one(of: KindExamination.Answer.allCases.map(\.rawValue)).about("What the source answered."),
        "delete": .one(of: KindExamination.Deletion.allCases.map(\.rawValue)).about(
            "What can be said of deleting without deleting. Untried: there is a call, and it may be refused."),
    ])

    private static let gap = Form.object([
        "kinds": .list(of: .kind),
        "reason": .text,
        "remedy": .text.about("What would close it."),
        "acceptedUntil": .text.orNull.about(
            "The last day on which the source's document accepts it; null where it does not."),
        "counts": .flag.about("Whether a scan is incomplete for it, accepted or not."),
    ])
}
