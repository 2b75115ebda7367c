internal import Policies

/// One run of a SARIF 2.1.0 log without its results: what made it, by which rules, and whether it could do its work.
///
/// - Source: OASIS SARIF 2.1.0 (errata 01), sections 3.14, 3.19, 3.20 and 3.49.
struct SARIFRun {
    /// A rule that results name.
    struct Rule {
        let id: String
        let title: String
        /// What to do about a result.
        let help: String
        let level: SARIFLevel
        var tags: [String] = []
        var severity: Severity?
    }

    /// Something that kept the run from seeing everything.
    struct Notification {
        let level: SARIFLevel
        let message: String
    }

    var toolVersion: String
    var rules: [Rule] = []
    var notifications: [Notification] = []
    var exitCode: Int?
    /// Facts about the whole run.
    var properties: [(name: String, value: String)] = []

    /// How many tags a reader takes.
    ///
    /// - Source: GitHub's limits of SARIF files: 20 tags a rule.
    private static let mostTags = 20

    /// Begins the log; after the results, `end` ends it.
    func begin(_ writer: inout JSONWriter) {
        writer.beginObject(.lines)
        writer.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        writer.member("version", "2.1.0")
        writer.key("runs")
        writer.beginArray(.lines)
        writer.beginObject(.lines)
        writer.object("tool") { writer in
            writer.object("driver") { driver in
                driver.member("name", "tenure")
                driver.member("version", toolVersion)
                driver.member("semanticVersion", toolVersion)
                driver.objects("rules", rules, Self.write)
            }
        }
        writer.objects("invocations", [self]) { writer, run in
            writer.member("executionSuccessful", run.notifications.allSatisfy { $0.level != .error })
            if let exitCode = run.exitCode { writer.member("exitCode", exitCode) }
            writer.key("toolExecutionNotifications")
            writer.beginArray(.lines)
            for notification in run.notifications {
                writer.beginObject()
                writer.member("level", notification.level.rawValue)
                writer.object("message", .inline) { $0.member("text", notification.message) }
                writer.endObject()
            }
            writer.endArray()
        }
        writer.member("columnKind", "unicodeCodePoints")
        writer.object("properties", .inline) { writer in
            for property in properties { writer.member(property.name, property.value) }
        }
        writer.key("results")
        writer.beginArray(.lines)
    }

    func end(_ writer: inout JSONWriter) {
        writer.endArray()
        writer.endObject()
        writer.endArray()
        writer.endObject()
        writer.finish()
    }

    private static func write(_ writer: inout JSONWriter, _ rule: Rule) {
        writer.member("id", rule.id)
        writer.object("shortDescription", .inline) { $0.member("text", rule.title) }
        writer.object("help", .inline) { $0.member("text", rule.help) }
        writer.object("defaultConfiguration", .inline) { $0.member("level", rule.level.rawValue) }
        guard rule.severity != nil || !rule.tags.isEmpty else { return }
        writer.object("properties", .inline) { writer in
            if !rule.tags.isEmpty { writer.member("tags", Array(rule.tags.prefix(Self.mostTags))) }
            if let severity = rule.severity {
                writer.member("precision", "very-high")
                writer.member("security-severity", severity.score)
            }
        }
    }
}

/// How SARIF grades a result.
enum SARIFLevel: String { case error, warning, note, none }

extension Severity {
    /// The level at which viewers show it.
    var level: SARIFLevel {
        switch self {
        case .critical, .high: .error
        case .medium: .warning
        case .low, .info: .note
        }
    }

    /// The score by which GitHub sorts security results: critical from 9.0, high from 7.0, medium from 4.0.
    fileprivate var score: String {
        switch self {
        case .critical: "9.0"
        case .high: "7.0"
        case .medium: "4.0"
        case .low: "1.0"
        case .info: "0.1"
        }
    }
}
