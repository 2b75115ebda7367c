public import Chronology
public import Policies

/// What `lint` found, complete and in a stable order, as JSON.
public struct LintReport: Sendable {
    /// The version of the form.
    public static let schemaVersion = "1"

    private let diagnostics: [Diagnostic]
    private let exitCode: Int
    private let header: ReportHeader

    /// - Parameters:
    ///   - diagnostics: in any order.
    ///   - asOf: the instant against which dates were checked.
    ///   - policyDigest: of the documents; nil where they cannot be used.
    ///   - exitCode: with what the run ends.
    public init(
        _ diagnostics: [Diagnostic], asOf: Instant, policyDigest: String?, exitCode: Int, toolVersion: String
    ) {
        self.diagnostics = diagnostics.sorted()
        self.exitCode = exitCode
        header = ReportHeader(
            schemaVersion: Self.schemaVersion, toolVersion: toolVersion, asOf: Moment(asOf), policyDigest: policyDigest)
    }

    /// The report.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        header.write(to: &writer)
        for (name, level) in Self.counts {
            writer.member(name, diagnostics.count { $0.level == level })
        }
        writer.objects("diagnostics", diagnostics) { writer, diagnostic in
            let place = diagnostic.location.line > 0 ? diagnostic.location : nil
            writer.member("level", diagnostic.level.rawValue)
            writer.member("code", diagnostic.code)
            writer.member("file", diagnostic.location.file)
            writer.member("line", place?.line)
            writer.member("column", place?.column)
            writer.member("message", diagnostic.message)
            writer.member("hint", diagnostic.hint)
            writer.member("witness", diagnostic.witness)
        }
        writer.member("exitCode", exitCode)
        writer.endObject()
        writer.finish()
        return writer.bytes
    }

    private static let counts: KeyValuePairs<String, Diagnostic.Level> = [
        "errors": .error, "warnings": .warning, "infos": .info,
    ]

    /// The JSON Schema of the form.
    public static var schema: String {
        ReportHeader.form(
            schemaVersion,
            [
                "errors": .count, "warnings": .count, "infos": .count,
                "diagnostics": .list(of: diagnostic).about("By place."),
                "exitCode": .one(of: [0, 2]),
            ]
        ).about("What is wrong with policy documents, or worth a second look. Null is what does not apply.")
            .schema("lint", version: schemaVersion, title: "Tenure lint report")
    }

    private static let diagnostic = Form.object([
        "level": .one(of: Diagnostic.Level.allCases.map(\.rawValue)),
        "code": .text.about("The stable id of the rule that found it."),
        "file": .text,
        "line": .integer(atLeast: 1).orNull.about("Null where it is the file or directory as a whole."),
        "column": .integer(atLeast: 1).orNull,
        "message": .text,
        "hint": .text.orNull.about("What to do next."),
        "witness": .text.orNull.about("A record that shows it, in YAML."),
    ])
}
