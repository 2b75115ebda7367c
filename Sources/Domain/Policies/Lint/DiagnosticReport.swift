/// Diagnostics as `tenure lint` prints them.
public enum DiagnosticReport {
    /// The version of the JSON form.
    public static let schemaVersion = 1

    /// One diagnostic after the other as compilers print them, and a last line with their number.
    public static func text(_ diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count { $0.level == .error }
        let warnings = diagnostics.count - errors
        let summary = "\(counted(errors, "error")), \(counted(warnings, "warning"))"
        return (diagnostics.sorted().map(\.description) + [summary]).joined(separator: "\n") + "\n"
    }

    /// The same, complete and in a stable order, as JSON.
    public static func json(_ diagnostics: [Diagnostic]) -> String {
        let errors = diagnostics.count { $0.level == .error }
        let members: [(key: String, value: JSON)] = [
            ("schemaVersion", .int(schemaVersion)), ("errors", .int(errors)),
            ("warnings", .int(diagnostics.count - errors)),
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
        ])
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
