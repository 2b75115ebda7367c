public import Chronology
internal import Files
internal import Records

/// Violations that were there when the rules came: they are seen in every report, and fail no run.
///
/// The file is committed beside the policies. It holds no content, is sorted, and is the same for the same findings, so
/// that a review sees what was added and what was paid off.
public struct Baseline: Equatable, Sendable {
    /// The version of the file's form.
    public static let schemaVersion = "1"

    /// The as-of instant of the run that made it last.
    public var asOf: Instant
    /// The first instant at which it covers nothing any more; nil where it was given no end.
    public var expiresAt: Instant?
    /// How many findings of each key it covers.
    public var entries: [BaselineKey: Int]

    /// A baseline as its file states it.
    public init(asOf: Instant, expiresAt: Instant? = nil, entries: [BaselineKey: Int] = [:]) {
        self.asOf = asOf
        self.expiresAt = expiresAt
        self.entries = entries
    }

    /// The file's text: one entry a line, sorted.
    public var text: String {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        writer.member("schemaVersion", Self.schemaVersion)
        writer.member("asOf", asOf.rfc3339)
        writer.member("expiresAt", expiresAt?.rfc3339)
        writer.objects("entries", entries.sorted { $0.key < $1.key }) { writer, entry in
            writer.member("policy", entry.key.policy)
            writer.member("rule", entry.key.rule)
            writer.member("source", entry.key.source)
            writer.member("kind", entry.key.kind.name)
            writer.member("id", entry.key.id)
            writer.member("count", entry.value)
        }
        writer.endObject()
        writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Writes the file, whole or not at all.
    public func write(to path: String) throws(ReportError) {
        let text = text
        try writeFile(path) { sink throws(ReportError) in try sink(Array(text.utf8)) }
    }
}
