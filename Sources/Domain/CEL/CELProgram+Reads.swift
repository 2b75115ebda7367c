internal import Spelling

/// What an expression reads of a map: the keys it names, and whether it may read others besides.
public struct CELKeyUse: Equatable, Sendable {
    /// The keys that are written out, each once, in the order of their bytes.
    public let keys: [String]
    /// Whether keys are computed, or the map is used as a whole: then any key may be read.
    public let isDynamic: Bool
}

/// A field that a node reads: `operand.field`, `operand.?field`, or as a test `has(operand.field)`.
package struct CELFieldRead {
    /// What has the field, or an optional of that.
    package let operand: CELSyntax.ID
    package let field: String
    /// Whether it only asks if the field is there.
    package let isTest: Bool
}

extension CELProgram {
    /// The field that a node reads; nil where it does something else.
    package func fieldRead(_ id: CELSyntax.ID) -> CELFieldRead? {
        switch syntax[id].kind {
        case .select(let operand, let field, let isTest): CELFieldRead(operand: operand, field: field, isTest: isTest)
        case .call("_?._", nil, let parts) where parts.count == 2:
            if case .literal(.string(let field)) = syntax[parts[1]].kind {
                CELFieldRead(operand: parts[0], field: field, isTest: false)
            } else {
                nil
            }
        default: nil
        }
    }

    /// The key that a node reads of a map, and the map: `m[k]`, `m[?k]`, `k in m`; nil where the key is computed.
    package func keyRead(_ id: CELSyntax.ID) -> (map: CELSyntax.ID, key: String)? {
        switch syntax[id].kind {
        case .call("_[_]", nil, let parts) where parts.count == 2: constantString(parts[1]).map { (parts[0], $0) }
        case .call("_[?_]", nil, let parts) where parts.count == 2: constantString(parts[1]).map { (parts[0], $0) }
        case .call("@in", nil, let parts) where parts.count == 2: constantString(parts[0]).map { (parts[1], $0) }
        default: nil
        }
    }

    /// The fields that are read of objects of this type, or of what may be one because its type is not known.
    ///
    /// - Parameter part: the node that is looked at with its parts; nil for the whole.
    public func fieldsRead(of objectType: String, within part: CELSyntax.ID? = nil) -> Set<String> {
        var fields: Set<String> = []
        syntax.walk(from: part) { id, _ in
            if let read = fieldRead(id), mayBe(objectType, read.operand) { fields.insert(read.field) }
            return true
        }
        return fields
    }

    /// The keys that are read of a map which is a field of objects of this type.
    ///
    /// Understood are `object.metadata.key`, `object.metadata['key']`, `has(object.metadata.key)`,
    /// `'key' in object.metadata`, and with optional values `.?key` and `[?'key']`; every other use of the map is dynamic.
    ///
    /// - Parameter part: the node that is looked at with its parts; nil for the whole.
    public func keysRead(
        ofField field: String, of objectType: String, within part: CELSyntax.ID? = nil
    ) -> CELKeyUse {
        var keys: [String] = []
        var maps = 0
        var understood = 0
        syntax.walk(from: part) { id, _ in
            // Whether the map itself is there says nothing of its keys, so a test is no use of it.
            if isField(field, of: objectType, id) { maps += 1 }
            let read = fieldRead(id).map { (map: $0.operand, key: $0.field) } ?? keyRead(id)
            if let read, isField(field, of: objectType, read.map) {
                keys.append(read.key)
                understood += 1
            }
            return true
        }
        return CELKeyUse(keys: keys.sortedByBytes(), isDynamic: maps > understood)
    }

    private func isField(_ field: String, of objectType: String, _ id: CELSyntax.ID) -> Bool {
        guard let read = fieldRead(id), read.field == field, !read.isTest else { return false }
        return mayBe(objectType, read.operand)
    }

    /// Whether a node is an object of this type, an optional of one, or something of which the type is not known.
    package func mayBe(_ objectType: String, _ id: CELSyntax.ID) -> Bool {
        let type = types[id].unwrapped
        return type == .object(objectType) || type == .dyn
    }

    private func constantString(_ id: CELSyntax.ID) -> String? {
        guard case .string(let text)? = plan.constant(at: id) else { return nil }
        return text
    }
}

extension CELType {
    /// The type of what is in an optional, and in optionals within; any other type is itself.
    package var unwrapped: CELType {
        guard case .opaque(CELOptional.typeName, let parts) = self, parts.count == 1 else { return self }
        return parts[0].unwrapped
    }

    /// Whether it is the type of optional values.
    package var isOptional: Bool {
        guard case .opaque(CELOptional.typeName, _) = self else { return false }
        return true
    }
}
