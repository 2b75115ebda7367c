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
        return Self.readable(String(decoding: writer.bytes, as: UTF8.self))
    }

    /// Writes the file, whole or not at all. One that could not be read again is not written.
    public func write(to path: String) throws(ReportError) {
        let bytes = Array(text.utf8)
        guard entries.count <= Self.mostEntries, bytes.count <= Self.mostBytes else {
            throw .request(
                "\(path): a baseline holds at most \(Self.mostEntries) entries and \(Self.mostBytes >> 20) MiB, and this one "
                    + "would hold \(entries.count) in \(bytes.count) bytes",
                hint:
                    "where rules are not ready for this debt, except whole kinds with a PolicyException or observe first"
            )
        }
        try writeFile(path) { sink throws(ReportError) in try sink(bytes) }
    }

    /// Finds out before the work whether the file can be written, and leaves no trace.
    public static func checkWritable(_ path: String) throws(ReportError) {
        do throws(FileError) { _ = try AtomicFile(path: path) } catch { throw .file(error) }
    }

    /// The most entries of a file: a review reads no more.
    static let mostEntries = 250_000
    static let mostBytes = 64 << 20

    /// The same JSON with escapes for characters that may stand in JSON and not in YAML, by which it is read.
    private static func readable(_ text: String) -> String {
        func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
        guard text.unicodeScalars.contains(where: isForbidden) else { return text }
        var readable = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard isForbidden(scalar) else {
                readable.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            readable += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars
        }
        return String(readable)
    }
}
