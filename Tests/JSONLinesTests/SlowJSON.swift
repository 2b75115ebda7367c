import TestSupport

/// An obvious parser of a sequence of JSON documents, to judge the fast one by.
struct SlowJSON {
    private var bytes: [UInt8]
    private var index = 0

    /// The records of a text as compact JSON: elements of top-level arrays, elements of an object's `data` and what is
    /// left of it, all else as it is. Nil where the text is not valid.
    static func records(_ bytes: [UInt8]) -> [String]? {
        guard String(validating: bytes, as: UTF8.self) != nil else { return nil }
        var parser = SlowJSON(bytes: bytes)
        var found: [String] = []
        while true {
            parser.skipBlanks()
            guard let first = parser.peek else { return found }
            if first == UInt8(ascii: "[") {
                guard let elements = parser.array() else { return nil }
                found += elements
            } else if first == UInt8(ascii: "{") {
                guard let members = parser.object() else { return nil }
                var rest: [String] = []
                for member in members {
                    if member.key == "\"data\"", let elements = member.elements {
                        found += elements
                        rest.append("\"data\":[]")
                    } else {
                        rest.append(member.key + ":" + member.value)
                    }
                }
                found.append("{" + rest.joined(separator: ",") + "}")
            } else {
                guard let value = parser.value() else { return nil }
                // A bare word runs on to the next blank.
                guard first == UInt8(ascii: "\"") || parser.isAtBlank else { return nil }
                found.append(value)
            }
        }
    }

    private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

    private var isAtBlank: Bool { peek.map { [32, 10, 13, 9].contains($0) } ?? true }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 32 || byte == 10 || byte == 13 || byte == 9 { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard peek == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func value() -> String? {
        skipBlanks()
        switch peek {
        case UInt8(ascii: "{"):
            return object().map { "{" + $0.map { $0.key + ":" + $0.value }.joined(separator: ",") + "}" }
        case UInt8(ascii: "["): return array().map { "[" + $0.joined(separator: ",") + "]" }
        case UInt8(ascii: "\""): return string()
        default: return word()
        }
    }

    private mutating func array() -> [String]? {
        guard take("[") else { return nil }
        var elements: [String] = []
        if take("]") { return elements }
        repeat {
            guard let element = value() else { return nil }
            elements.append(element)
        } while take(",")
        return take("]") ? elements : nil
    }

    private mutating func object() -> [(key: String, value: String, elements: [String]?)]? {
        guard take("{") else { return nil }
        var members: [(key: String, value: String, elements: [String]?)] = []
        if take("}") { return members }
        repeat {
            skipBlanks()
            guard let key = string(), take(":") else { return nil }
            skipBlanks()
            if peek == UInt8(ascii: "[") {
                guard let elements = array() else { return nil }
                members.append((key, "[" + elements.joined(separator: ",") + "]", elements))
            } else {
                guard let value = value() else { return nil }
                members.append((key, value, nil))
            }
        } while take(",")
        return take("}") ? members : nil
    }

    private mutating func string() -> String? {
        guard peek == UInt8(ascii: "\"") else { return nil }
        let start = index
        index += 1
        while let byte = peek, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { return nil }
            index += 1
            if byte == UInt8(ascii: "\\") {
                guard let escape = peek, Array("\"\\/bfnrt".utf8).contains(escape) else { return nil }
                index += 1
            }
        }
        guard peek != nil else { return nil }
        index += 1
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func word() -> String? {
        let start = index
        while let byte = peek, !Array(" \n\r\t,]}[{\":".utf8).contains(byte) { index += 1 }
        let word = String(decoding: bytes[start..<index], as: UTF8.self)
        if ["true", "false", "null"].contains(word) { return word }
        guard let number = Int64(word), String(number) == word else { return nil }
        return word
    }
}

extension SlowJSON {
    static func randomDocuments(_ random: inout SplitMix64) -> [UInt8] {
        var text = ""
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            text += randomValue(&random, depth: 0) + (["\n", " ", "\n\n", "\r\n"].randomElement(using: &random) ?? " ")
        }
        return Array(text.utf8)
    }

    private static func randomValue(_ random: inout SplitMix64, depth: Int) -> String {
        let blank = { (random: inout SplitMix64) in
            ["", "", "", " ", "\n", "\t "].randomElement(using: &random) ?? ""
        }
        let last = depth >= 4 ? 3 : 6
        switch Int.random(in: 0...last, using: &random) {
        case 0: return ["true", "false", "null"].randomElement(using: &random) ?? "null"
        case 1: return String(Int.random(in: -9...1_704_629_915_775, using: &random))
        case 2, 3: return randomString(&random)
        case 4:
            let elements = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                blank(&random) + randomValue(&random, depth: depth + 1) + blank(&random)
            }
            return "[" + elements.joined(separator: ",") + blank(&random) + "]"
        default:
            let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                blank(&random) + randomString(&random) + blank(&random) + ":" + blank(&random)
                    + randomValue(&random, depth: depth + 1)
            }
            return "{" + members.joined(separator: ",") + blank(&random) + "}"
        }
    }

    private static func randomString(_ random: inout SplitMix64) -> String {
        let texts = [
            "data", "data", "object", "list", "", "a b", "\\\"", "\\\\", "[{", "}]", "é", "\\n", "日本", "data\\\\",
        ]
        return "\"" + (texts.randomElement(using: &random) ?? "") + "\""
    }

    /// Breaks a text in one place, or leaves it right by luck.
    static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard let position = bytes.indices.randomElement(using: &random) else { return }
        let byte = Array("{}[]\",:\\ \n0x".utf8).randomElement(using: &random) ?? 0
        switch Int.random(in: 0...3, using: &random) {
        case 0: bytes.remove(at: position)
        case 1: bytes.insert(byte, at: position)
        case 2: bytes[position] = byte
        default: bytes.removeSubrange(position...)
        }
    }
}
