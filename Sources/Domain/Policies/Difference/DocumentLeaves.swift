import YAML

/// A document as paths and the JSON that stands at each, so that two can be compared field by field.
struct DocumentLeaves {
    private(set) var texts: [String: String] = [:]

    private static let own = ["apiVersion", "kind", "metadata.name"]

    mutating func add(_ document: CheckedObject) {
        add(.object(document), at: "")
        for path in Self.own { texts[path] = nil }
    }

    private mutating func add(_ value: Checked.Value, at path: String) {
        let prefix = path.isEmpty ? "" : path + "."
        switch value {
        case .null: break
        case .object(let object):
            for (key, member) in object.entries { add(member.value, at: prefix + key) }
        case .map(let entries):
            for entry in entries { add(entry.value.value, at: prefix + entry.key.text) }
        case .list(let items) where items.contains(where: \.isObject):
            for (number, item) in items.enumerated() { add(item.value, at: "\(path)[\(number + 1)]") }
        case .list(let items):
            // Lists of words are sets: their order says nothing.
            let words = items.map { CanonicalForm.text(of: $0.value) }.sorted()
            texts[path] = "[" + words.joined(separator: ", ") + "]"
        case .text(let scalar) where Self.isExpression(path):
            texts[path] = JSON.quoted(Self.plain(scalar.text))
        default: texts[path] = CanonicalForm.text(of: value)
        }
    }

    /// How many elements a list of words has.
    static func elements(_ list: String) -> Int {
        var count = list == "[]" ? 0 : 1
        var isQuoted = false
        var isEscaped = false
        for byte in list.utf8 {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == UInt8(ascii: ","), !isQuoted {
                count += 1
            }
        }
        return count
    }

    private static func isExpression(_ path: String) -> Bool {
        ["where", "from", "expression", "messageExpression"].contains { path == $0 || path.hasSuffix("." + $0) }
    }

    /// An expression with one blank for any run of white space; one that holds text is left as it stands where that
    /// text could be meant.
    private static func plain(_ text: String) -> String {
        let isQuoting = text.utf8.contains { $0 == UInt8(ascii: "'") || $0 == UInt8(ascii: "\"") }
        let parts = text.split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
        guard !text.contains("//") else { return text }
        guard isQuoting else { return parts.joined(separator: " ") }
        return collapsed(text)
    }

    /// White space outside of simple quotes becomes one blank.
    private static func collapsed(_ text: String) -> String {
        guard !text.contains("'''"), !text.contains("\"\"\""), !text.contains("\\") else { return text }
        var result = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                result.append(character)
                if character == open { quote = nil }
            } else if character.isWhitespace {
                if result.last != " " { result.append(" ") }
            } else {
                result.append(character)
                if character == "'" || character == "\"" { quote = character }
            }
        }
        while result.last == " " { result.removeLast() }
        return result.first == " " ? String(result.dropFirst()) : result
    }
}

extension Checked {
    fileprivate var isObject: Bool {
        switch value {
        case .object, .map: true
        default: false
        }
    }
}
