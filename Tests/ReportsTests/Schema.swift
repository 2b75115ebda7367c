/// As much of JSON Schema as the report's schema needs, read strictly: a word that it does not know is a problem.
struct Schema {
    private let root: JSONValue

    init(_ root: JSONValue) { self.root = root }

    func problems(in value: JSONValue) -> [String] { problems(value, root, at: "$") }

    private func problems(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        schema.members.flatMap { word, rule -> [String] in
            switch word {
            case "$schema", "$id", "$defs", "title", "description", "properties": []
            case "$ref": problems(value, definition(rule), at: path)
            case "anyOf": rule.elements.contains { problems(value, $0, at: path).isEmpty } ? [] : ["\(path): none fits"]
            case "const": value == rule ? [] : ["\(path): is \(value)"]
            case "enum": rule.elements.contains(value) ? [] : ["\(path): \(value) is not among them"]
            case "type": fits(value, rule) ? [] : ["\(path): \(value) has the wrong type"]
            case "minimum": atLeast(value, rule) ? [] : ["\(path): \(value) is too small"]
            case "pattern": value.text.map { matches($0, rule.text ?? "") } ?? true ? [] : ["\(path): \(value)"]
            case "items":
                value.elements.enumerated().flatMap { problems($1, rule, at: "\(path)[\($0)]") }
            case "required":
                value.typeName != "object"
                    ? []
                    : rule.elements.compactMap(\.text).filter { value.members[$0] == nil }
                        .map { "\(path): lacks \($0)" }
            case "propertyNames":
                value.members.keys.flatMap { problems(.string($0), rule, at: "\(path).\($0)") }
            case "additionalProperties": additional(value, rule, schema, at: path)
            default: ["\(path): the schema says \(word)"]
            }
        }
            + value.members.flatMap { name, member in
                schema["properties"].members[name].map { problems(member, $0, at: "\(path).\(name)") } ?? []
            }
    }

    private func definition(_ reference: JSONValue) -> JSONValue {
        root["$defs"][reference.text?.replacing("#/$defs/", with: "") ?? ""]
    }

    private func additional(_ value: JSONValue, _ rule: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        value.members.filter { schema["properties"].members[$0.key] == nil }.flatMap { name, member in
            rule == .boolean(false)
                ? ["\(path): has \(name) too"] : problems(member, rule, at: "\(path).\(name)")
        }
    }

    private func fits(_ value: JSONValue, _ types: JSONValue) -> Bool {
        let names = types.text.map { [$0] } ?? types.elements.compactMap(\.text)
        return names.contains(value.typeName)
    }

    private func atLeast(_ value: JSONValue, _ minimum: JSONValue) -> Bool {
        guard case .integer(let number) = value, case .integer(let least) = minimum else { return true }
        return number >= least
    }

    private func matches(_ text: String, _ pattern: String) -> Bool {
        (try? Regex(pattern)).map { text.wholeMatch(of: $0) != nil } ?? false
    }
}

extension JSONValue {
    fileprivate var typeName: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .integer: "integer"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}
