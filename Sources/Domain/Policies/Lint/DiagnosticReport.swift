/// Diagnostics as `tenure lint` prints them.
public enum DiagnosticReport {
    /// The version of the JSON form.
    public static let schemaVersion = 1

    /// One diagnostic after the other as compilers print them, and a last line with their number.
    public static func text(_ diagnostics: [Diagnostic]) -> String {
        let infos = count(.info, diagnostics)
        let summary =
            "\(counted(count(.error, diagnostics), "error")), \(counted(count(.warning, diagnostics), "warning"))"
            + (infos > 0 ? ", \(counted(infos, "info"))" : "")
        return (diagnostics.sorted().map(\.description) + [summary]).joined(separator: "\n") + "\n"
    }

    /// The same, complete and in a stable order, as JSON.
    public static func json(_ diagnostics: [Diagnostic]) -> String {
        let members: [(key: String, value: JSON)] = [
            ("schemaVersion", .int(schemaVersion)), ("errors", .int(count(.error, diagnostics))),
            ("warnings", .int(count(.warning, diagnostics))), ("infos", .int(count(.info, diagnostics))),
            ("diagnostics", .array(diagnostics.sorted().map(json))),
        ]
        return JSON.object(members).text + "\n"
    }

    private static func json(_ diagnostic: Diagnostic) -> JSON {
        let place = diagnostic.location
        return .object([
            ("level", .string(diagnostic.level.rawValue)), ("code", .string(diagnostic.code)),
            ("file", .string(place.file)), ("line", place.line > 0 ? .int(place.line) : .null),
            ("column", place.line > 0 ? .int(place.column) : .null), ("message", .string(diagnostic.message)),
            ("hint", diagnostic.hint.map(JSON.string) ?? .null),
            ("witness", diagnostic.witness.map(JSON.string) ?? .null),
        ])
    }

    private static func count(_ level: Diagnostic.Level, _ diagnostics: [Diagnostic]) -> Int {
        diagnostics.count { $0.level == level }
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
