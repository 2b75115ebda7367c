extension Form {
    /// The form as a JSON Schema with a line feed at its end.
    ///
    /// - Parameters:
    ///   - name: what `tenure schema` calls it.
    ///   - version: of the form: `schemaVersion` in what has it.
    func schema(_ name: String, version: String, title: String) -> String {
        var writer = JSONWriter()
        writer.beginObject(.lines)
        writer.member("$schema", "https://json-schema.org/draft/2020-12/schema")
        writer.member("$id", "urn:tenure:schema:\(name):\(version)")
        writer.member("title", title)
        var definitions = Definitions()
        writeWords(to: &writer, &definitions)
        writer.object("$defs") { writer in
            while let (name, form) = definitions.next() {
                writer.object(name, form.layout) { form.writeWords(to: &$0, &definitions) }
            }
        }
        writer.endObject()
        writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func write(to writer: inout JSONWriter, _ definitions: inout Definitions) {
        writer.beginObject(layout)
        writeWords(to: &writer, &definitions)
        writer.endObject()
    }

    /// The words of the schema, between its braces.
    private func writeWords(to writer: inout JSONWriter, _ definitions: inout Definitions) {
        if let about { writer.member("description", about) }
        if isNullable, type == nil {
            writer.key("anyOf")
            writer.beginArray()
            bare.write(to: &writer, &definitions)
            writer.beginObject()
            writer.member("type", "null")
            writer.endObject()
            return writer.endArray()
        }
        if let type, isNullable {
            writer.member("type", [type, "null"])
        } else if let type {
            writer.member("type", type)
        }
        switch shape {
        case .string(let pattern): if let pattern { writer.member("pattern", pattern) }
        case .integer(let least): if let least { writer.member("minimum", least) }
        case .boolean: break
        case .constant(let text): writer.member("const", text)
        case .words(let words): writer.member("enum", words)
        case .numbers(let numbers):
            writer.key("enum")
            writer.beginArray()
            for number in numbers { writer.integer(number) }
            writer.endArray()
        case .list(let form):
            writer.key("items")
            form.write(to: &writer, &definitions)
        case .object(let members): write(members, to: &writer, &definitions)
        case .map(let keys, let values):
            writer.key("propertyNames")
            keys.write(to: &writer, &definitions)
            writer.key("additionalProperties")
            values.write(to: &writer, &definitions)
        case .either(let forms):
            writer.key("anyOf")
            writer.beginArray()
            for form in forms { form.write(to: &writer, &definitions) }
            writer.endArray()
        case .named(let name, let form):
            definitions.want(name, form)
            writer.member("$ref", "#/$defs/\(name)")
        }
    }

    private func write(
        _ members: [(name: String, form: Form)], to writer: inout JSONWriter, _ definitions: inout Definitions
    ) {
        writer.member("additionalProperties", false)
        writer.member("required", members.map(\.name))
        writer.key("properties")
        writer.beginObject(.lines)
        for (name, form) in members {
            writer.key(name)
            form.write(to: &writer, &definitions)
        }
        writer.endObject()
    }

    /// The schema's `type`, where it is one word that could stand beside `null`.
    private var type: String? {
        switch shape {
        case .string: "string"
        case .integer: "integer"
        case .boolean: "boolean"
        case .list: "array"
        case .object, .map: "object"
        case .constant, .words, .numbers, .either, .named: nil
        }
    }

    /// What holds members is written over several lines.
    private var layout: JSONWriter.Layout {
        switch shape {
        case .object, .map: .lines
        case .list(let form): form.layout
        default: .inline
        }
    }
}

/// The definitions that a schema refers to, each once, in the order in which they were met.
private struct Definitions {
    private var known: Set<String> = []
    private var waiting: [(name: String, form: Form)] = []

    mutating func want(_ name: String, _ form: Form) {
        if known.insert(name).inserted { waiting.append((name, form)) }
    }

    mutating func next() -> (name: String, form: Form)? { waiting.isEmpty ? nil : waiting.removeFirst() }
}
