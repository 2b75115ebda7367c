/// Diagnostics as `tenure lint` prints them for people.
public enum DiagnosticReport {
    /// One diagnostic after the other as compilers print them, and a last line with their number.
    public static func text(_ diagnostics: [Diagnostic]) -> String {
        let infos = count(.info, diagnostics)
        let summary =
            "\(counted(count(.error, diagnostics), "error")), \(counted(count(.warning, diagnostics), "warning"))"
            + (infos > 0 ? ", \(counted(infos, "info"))" : "")
        return (diagnostics.sorted().map(\.description) + [summary]).joined(separator: "\n") + "\n"
    }

    private static func count(_ level: Diagnostic.Level, _ diagnostics: [Diagnostic]) -> Int {
        diagnostics.count { $0.level == level }
    }

    private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}
