import Chronology
import Crypto
import YAML

/// Documents in one spelling, whatever their files, order, comments and order of keys: what the digest is made of.
enum CanonicalForm {
    /// The SHA-256 of all documents that govern, in lower-case hexadecimal; nil where OpenSSL fails.
    ///
    /// Tests decide nothing about records. A plan is bound to this digest, and one more test must not void it.
    static func digest(of documents: [Document]) -> String? {
        let texts = documents.filter(\.kind.governs).map { text(of: .object($0.checked)) }.sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        do throws(CryptoError) {
            return try SHA256.digest(texts.joined(separator: "\n")).hex
        } catch {
            return nil
        }
    }

    /// JSON with sorted keys. Defaults are spelt out, periods and times are in one form.
    static func text(of value: Checked.Value) -> String {
        switch value {
        case .null: "null"
        case .text(let scalar): JSON.quoted(scalar.text)
        case .boolean(let flag): String(flag)
        case .integer(let number): String(number)
        case .period(let period): JSON.quoted(period.description)
        case .day(.date(let date)): JSON.quoted(date.description)
        case .day(.instant(let instant)): JSON.quoted(instant.rfc3339)
        case .zone(let zone): JSON.quoted(zone.identifier)
        case .list(let items): "[" + items.map { text(of: $0.value) }.joined(separator: ",") + "]"
        case .map(let entries): object(entries.map { ($0.key.text, text(of: $0.value.value)) })
        case .object(let checked): object(checked.entries.map { ($0.key, text(of: $0.value.value)) })
        case .node(let node): text(of: node)
        }
    }

    private static func text(of node: Node) -> String {
        switch node.content {
        case .sequence(let items): return "[" + items.map(text).joined(separator: ",") + "]"
        case .mapping(let entries): return object(entries.map { ($0.key.text, text(of: $0.value)) })
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: return "null"
            case .bool(let flag): return String(flag)
            case .integer(let number): return String(number)
            case .number(let text): return "{\"number\":\(JSON.quoted(text))}"
            case .string(let text): return JSON.quoted(text)
            }
        }
    }

    private static func object(_ members: [(key: String, text: String)]) -> String {
        let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return "{" + sorted.map { "\(JSON.quoted($0.key)):\($0.text)" }.joined(separator: ",") + "}"
    }
}
