internal import Chronology
internal import Spelling
internal import YAML

/// Reads the nodes of a request, and notes all that is wrong with them. Values are never quoted.
struct RequestFields {
    let path: String
    private(set) var mistakes: [RequestMistake] = []

    init(path: String) { self.path = path }

    mutating func note(_ mark: Mark, _ message: String, hint: String) {
        mistakes.append(RequestMistake(path, line: mark.line, column: mark.column, message, hint: hint))
    }

    /// The values of a mapping by key; nil after a note where it is none. What it lacks and what nobody knows is noted.
    mutating func object(
        _ node: Node, _ what: String, keys: [String], required: [String] = [], isOpen: Bool = false
    ) -> [String: Node]? {
        guard let entries = node.mapping else {
            note(node.mark, "\(what) is no mapping", hint: "give it the keys \(keys.joined(separator: ", "))")
            return nil
        }
        var values: [String: Node] = [:]
        for entry in entries {
            if keys.contains(entry.key.text) {
                values[entry.key.text] = entry.value
            } else if !isOpen {
                let near = Spelling.nearest(to: entry.key.text, among: keys)
                note(
                    entry.key.mark, "\(what) has no such key",
                    hint: near.map { "did you mean \($0)?" } ?? "its keys are \(keys.joined(separator: ", "))")
            }
        }
        for key in required where values[key] == nil {
            note(node.mark, "\(what) lacks \(key)", hint: "add \(key)")
        }
        return values
    }

    /// A text that says something, or a number in its usual spelling.
    mutating func text(_ node: Node, _ what: String) -> String? {
        guard let scalar = node.scalar else {
            note(node.mark, "\(what) is no text", hint: "write one text")
            return nil
        }
        switch scalar.resolved {
        case .string(let text) where !text.isEmpty: return text
        case .integer(let number) where String(number) == scalar.text: return scalar.text
        default:
            note(node.mark, "\(what) is no text", hint: "write it in quotation marks")
            return nil
        }
    }

    /// One text, or a list of texts, each with its place; none where there is no node.
    mutating func texts(_ node: Node?, _ what: String) -> [(text: String, mark: Mark)] {
        guard let node else { return [] }
        return (node.sequence ?? [node]).compactMap { item in text(item, what).map { ($0, item.mark) } }
    }

    /// One word of a vocabulary.
    mutating func word<Word: RawRepresentable<String> & CaseIterable>(
        _ node: Node, _ what: String, as type: Word.Type
    ) -> Word? {
        guard let text = text(node, what) else { return nil }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue)
        let near = Spelling.nearest(to: text, among: words)
        note(
            node.mark, "\(what) is none that tenure knows",
            hint: near.map { "did you mean \($0)?" } ?? "write one of \(words.joined(separator: ", "))")
        return nil
    }

    /// A day: as it is written, or that of an instant in a zone.
    mutating func day(_ node: Node, _ what: String, in zone: Zone) -> CivilDate? {
        guard let text = text(node, what) else { return nil }
        if text.utf8.count <= 10, let day = try? CivilDate(text) { return day }
        if let instant = try? Instant(rfc3339: text) { return zone.civil(at: instant).date }
        note(node.mark, "\(what) is no day", hint: "write 2026-01-31, or 2026-01-31T09:00:00Z")
        return nil
    }

    /// A name that is fit for a file.
    mutating func name(_ node: Node, _ what: String) -> String? {
        guard let text = text(node, what) else { return nil }
        let isFit = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                true
            default: false
            }
        }
        guard isFit, text.utf8.count <= 128, text.first?.isLetter ?? false || text.first?.isNumber ?? false else {
            note(
                node.mark, "\(what) is no name",
                hint: "use up to 128 letters, digits, '-', '_' and '.', beginning with a letter or digit, and nothing "
                    + "that names the person")
            return nil
        }
        return text
    }
}

extension RequestFields {
    /// The only document of a file; nil after a note.
    mutating func document(_ bytes: [UInt8]) -> Node? {
        let file = YAMLFile(bytes)
        for problem in file.problems {
            // The reader's own words may quote what stands there.
            note(problem.mark, "the file cannot be read here [\(problem.code.rawValue)]", hint: "mend it and try again")
        }
        guard file.problems.isEmpty else { return nil }
        guard let node = file.documents.first, file.documents.count == 1 else {
            mistakes.append(
                RequestMistake(
                    path, line: file.documents.isEmpty ? 0 : 1, column: 1, "a file holds one request",
                    hint: "write each in a file of its own"))
            return nil
        }
        return node
    }
}
