import Chronology
import Records

/// A record that shows what lint says, made up from what the documents ask for.
struct Witness {
    /// The texts that it has.
    let texts: [TextField: String]
    /// The numbers that it has, and the as-of instant at which it is looked at.
    let quantities: [Quantity: Int128]

    /// The as-of instant at which it shows what it shows.
    var now: Moment? { moment(.now) }

    /// Whether an atom holds of it. What is not looked into holds of no record for certain.
    func meets(_ atom: Atom) -> Bool {
        switch atom {
        case .text(let field, let predicate): texts[field].map { predicate.accepts(Letters($0)) } ?? false
        case .isPresent(let quantity): quantities[quantity] != nil
        case .bound(let bound):
            if let left = value(bound.left), let right = value(bound.right) {
                left - right <= bound.limit
            } else {
                false
            }
        case .unread: false
        }
    }

    private func value(_ quantity: Quantity) -> Int128? { quantity == .origin ? 0 : quantities[quantity] }

    func moment(_ quantity: Quantity) -> Moment? {
        quantities[quantity].map { Moment(microseconds: Int64(clamping: $0)) }
    }

    /// The record as a PolicyTest spells it, on one line.
    var yaml: String {
        var entries: [(String, String)] = []
        for (field, name) in [(TextField.kind, "kind"), (.source, "source"), (.id, "id")] {
            texts[field].map { entries.append((name, Self.quoted($0))) }
        }
        for (quantity, name) in [
            (Quantity.created, "created"), (.lastActivity, "lastActivity"), (.lastModified, "lastModified"),
            (.expires, "expires"),
        ] {
            moment(quantity).map { entries.append((name, $0.description)) }
        }
        for (field, name) in [
            (TextField.role, "role"), (.status, "status"), (.owner, "owner"), (.subject, "subject"),
            (.tenant, "tenant"),
        ] {
            texts[field].map { entries.append((name, Self.quoted($0))) }
        }
        for (quantity, name) in [(Quantity.bytes, "bytes"), (.tokens, "tokens")] {
            quantities[quantity].map { entries.append((name, "\($0)")) }
        }
        let metadata = texts.sorted { $0.key < $1.key }.compactMap { field, value -> String? in
            guard case .metadata(let key) = field else { return nil }
            return "\(Self.quoted(key)): \(Self.quoted(value))"
        }
        if !metadata.isEmpty { entries.append(("metadata", "{\(metadata.joined(separator: ", "))}")) }
        return "{" + entries.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + "}"
    }

    /// A YAML scalar that is read back as this text: plain where that is safe, else in double quotes.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.utf8.first.map { byte in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) } ?? false
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        guard !isPlain else { return text }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case " "..."~": result.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let width = scalar.value > 0xFFFF ? 8 : 4
                result += (width == 8 ? "\\U" : "\\u") + String(repeating: "0", count: width - digits.count) + digits
            }
        }
        return result + "\""
    }
}
