import Chronology
import Spelling
import YAML

/// Checks nodes against shapes. All that does not fit is reported; what fits is kept.
extension DocumentFile {
    /// The value, or nil after a report.
    mutating func check(_ node: Node, as shape: Shape) -> Checked? {
        switch shape {
        case .nullable(let shape):
            return node.isNull ? Checked(value: .null, mark: node.mark) : check(node, as: shape)
        case .object(let shape):
            return checkObject(node, as: shape).map { Checked(value: .object($0), mark: node.mark) }
        case .list(let shape, let minimum): return checkList(node, of: shape, minimum: minimum)
        case .map(let shape): return checkMap(node, of: shape)
        case .metadataValues: return checkMetadataValues(node)
        case .credentials: return checkCredentials(node)
        case .time(let isOpen):
            if node.isNull { return Checked(value: .null, mark: node.mark) }
            guard isOpen, node.mapping != nil else { return checkScalar(node, as: shape) }
            return checkObject(node, as: .openTime).map { Checked(value: .object($0), mark: node.mark) }
        case .constants, .unread:
            guard node.mapping != nil else { return mismatch(node, wanted: "a mapping") }
            return Checked(value: .node(node), mark: node.mark)
        case .text, .condition, .expression, .clock, .name, .identifier, .choice, .metadataField, .boolean, .integer,
            .period, .day, .zone, .recordName, .publicKey:
            return checkScalar(node, as: shape)
        }
    }

    /// The object without the keys that do not fit, or nil where the node is no mapping.
    mutating func checkObject(_ node: Node, as shape: ObjectShape) -> CheckedObject? {
        guard let entries = node.mapping else {
            _ = mismatch(node, wanted: "a mapping with the keys of \(shape.name)")
            return nil
        }
        var object = CheckedObject(mark: node.mark)
        // What a misspelt key was meant for is not missing as well: one mistake, one complaint.
        var meant: Set<String> = []
        for entry in entries {
            let name = entry.key.text
            guard let field = shape.fields.first(where: { $0.name == name }) else {
                if let nearest = Spelling.nearest(to: name, among: shape.fields.map(\.name)) { meant.insert(nearest) }
                error(
                    "unknown-key", at: entry.key.mark, "unknown key \(quoted(name)) in \(shape.name)",
                    hint: suggestion(for: name, among: shape.fields.map(\.name)))
                continue
            }
            object.note(name, keyAt: entry.key.mark)
            if let value = check(entry.value, as: field.shape) { object.set(name, value) }
        }
        for field in shape.fields where !object.names(field.name) {
            if field.isRequired, meant.contains(field.name) { continue }
            complete(&object, with: field, of: shape)
        }
        checkAlternatives(in: object, meant, of: shape)
        return object
    }

    private mutating func checkAlternatives(in object: CheckedObject, _ meant: Set<String>, of shape: ObjectShape) {
        let keys = shape.oneOfRequired
        guard !keys.isEmpty else { return }
        let names = keys.map { "'\($0)'" }
        let present = keys.filter { object.names($0) }
        if present.isEmpty, meant.isDisjoint(with: keys) {
            error(
                "missing-key", at: object.mark, "\(shape.name) has neither \(names.joined(separator: " nor "))",
                hint: "add \(names.joined(separator: " or "))" + (shape.isExclusive ? "" : ", or both"))
        } else if shape.isExclusive, present.count > 1 {
            let list = present.map { "'\($0)'" }.joined(separator: " and ")
            error(
                "exclusive-keys", at: object.mark,
                "\(shape.name) has one of \(names.joined(separator: ", ")), not \(list)",
                hint: "write one for each")
        }
    }

    private mutating func complete(_ object: inout CheckedObject, with field: Field, of shape: ObjectShape) {
        if field.isRequired {
            error(
                "missing-key", at: object.mark, "\(shape.name) has no '\(field.name)'",
                hint: "add '\(field.name)': \(field.about)")
        } else if let fallback = field.fallback, let node = YAMLFile(Array(fallback.utf8)).documents.first,
            let value = check(node, as: field.shape)
        {
            object.set(field.name, value)
        }
    }

    private mutating func checkList(_ node: Node, of shape: Shape, minimum: Int) -> Checked? {
        guard let items = node.sequence else {
            let example = node.scalar.map { "write [\($0.text)]" }
            return mismatch(node, wanted: "a list", hint: node.isNull ? nil : example)
        }
        guard items.count >= minimum else {
            error("empty-list", at: node.mark, "the list is empty", hint: "name something, or remove the key")
            return nil
        }
        return Checked(value: .list(items.compactMap { check($0, as: shape) }), mark: node.mark)
    }

    private mutating func checkMap(_ node: Node, of shape: Shape) -> Checked? {
        guard let entries = node.mapping else { return mismatch(node, wanted: "a mapping") }
        var checked: [(key: Scalar, value: Checked)] = []
        for entry in entries {
            guard !entry.key.text.isEmpty else {
                error("wrong-type", at: entry.key.mark, "a key is empty", hint: "name the key")
                continue
            }
            if let value = check(entry.value, as: shape) { checked.append((entry.key, value)) }
        }
        return Checked(value: .map(checked), mark: node.mark)
    }

    /// Says where credentials are, and never what: a literal is refused without quoting it.
    private mutating func checkCredentials(_ node: Node) -> Checked? {
        let hint = "name the environment variable that holds them: {env: NAME}, or {file: PATH} or {command: COMMAND}"
        guard node.mapping != nil else {
            error("credentials-literal", at: node.mark, "credentials must not stand in a policy file", hint: hint)
            return nil
        }
        guard let object = checkObject(node, as: .credentials) else { return nil }
        guard object.keyMarks.count == 1 else {
            error("credentials-place", at: node.mark, "credentials have exactly one place", hint: hint)
            return nil
        }
        return Checked(value: .object(object), mark: node.mark)
    }

    /// Metadata values are strings; a plain number or truth value stands for its JSON text.
    private mutating func checkMetadataValues(_ node: Node) -> Checked? {
        guard let items = node.sequence else {
            return checkMetadataValue(node).map { Checked(value: .list([$0]), mark: node.mark) }
        }
        guard !items.isEmpty else {
            error("empty-list", at: node.mark, "the list is empty", hint: "name a value, or remove the key")
            return nil
        }
        return Checked(value: .list(items.compactMap { checkMetadataValue($0) }), mark: node.mark)
    }

    private mutating func checkMetadataValue(_ node: Node) -> Checked? {
        guard let scalar = node.scalar else { return mismatch(node, wanted: "a string") }
        let isJSONText =
            switch scalar.resolved {
            case .string: true
            case .bool(let flag): scalar.text == String(flag)
            case .integer(let number): scalar.text == String(number)
            case .null, .number: false
            }
        guard isJSONText else {
            return mismatch(
                node, wanted: "a string", hint: "quote it as the provider has it: \"\(scalar.text)\"")
        }
        return Checked(value: .text(scalar), mark: node.mark)
    }

    /// Reports that a node is of the wrong type. Always nil.
    mutating func mismatch(_ node: Node, wanted: String, hint: String? = nil) -> Checked? {
        let found =
            switch node.content {
            case .sequence: "a list"
            case .mapping: "a mapping"
            case .scalar(let scalar):
                switch scalar.resolved {
                case .null: "nothing"
                case .bool: "the truth value \(scalar.text)"
                case .integer, .number: "the number \(quoted(scalar.text))"
                case .string: "the string \(quoted(scalar.text))"
                }
            }
        let advice = hint ?? (node.isNull ? "give the key a value, or remove it" : nil)
        error("wrong-type", at: node.mark, "expected \(wanted), found \(found)", hint: advice)
        return nil
    }
}
