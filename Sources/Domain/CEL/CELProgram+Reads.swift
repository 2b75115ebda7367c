internal import Spelling

/// What an expression reads of a map: the keys it names, and whether it may read others besides.
public struct CELKeyUse: Equatable, Sendable {
    /// The keys that are written out, each once, in the order of their bytes.
    public let keys: [String]
    /// Whether keys are computed, or the map is used as a whole: then any key may be read.
    public let isDynamic: Bool
}

extension CELProgram {
    /// The fields that are read of objects of this type, or of what may be one because its type is not known.
    ///
    /// - Parameter part: the node that is looked at with its parts; nil for the whole.
    public func fieldsRead(of objectType: String, within part: CELSyntax.ID? = nil) -> Set<String> {
        var fields: Set<String> = []
        syntax.walk(from: part) { id, node in
            if case .select(let operand, let field, _) = node.kind, mayBe(objectType, operand) { fields.insert(field) }
            return true
        }
        return fields
    }

    /// The keys that are read of a map which is a field of objects of this type.
    ///
    /// Understood are `object.metadata.key`, `object.metadata['key']`, `has(object.metadata.key)` and
    /// `'key' in object.metadata`; every other use of the map is dynamic.
    ///
    /// - Parameter part: the node that is looked at with its parts; nil for the whole.
    public func keysRead(
        ofField field: String, of objectType: String, within part: CELSyntax.ID? = nil
    ) -> CELKeyUse {
        var keys: [String] = []
        var maps = 0
        var understood = 0
        syntax.walk(from: part) { id, node in
            // Whether the map itself is there says nothing of its keys, so a test is no use of it.
            if isField(field, of: objectType, id) { maps += 1 }
            switch node.kind {
            case .select(let operand, let name, _) where isField(field, of: objectType, operand):
                keys.append(name)
                understood += 1
            case .call("_[_]", nil, let parts) where parts.count == 2 && isField(field, of: objectType, parts[0]):
                if let key = constantString(parts[1]) {
                    keys.append(key)
                    understood += 1
                }
            case .call("@in", nil, let parts) where parts.count == 2 && isField(field, of: objectType, parts[1]):
                if let key = constantString(parts[0]) {
                    keys.append(key)
                    understood += 1
                }
            default: break
            }
            return true
        }
        return CELKeyUse(keys: keys.sortedByBytes(), isDynamic: maps > understood)
    }

    private func isField(_ field: String, of objectType: String, _ id: CELSyntax.ID) -> Bool {
        guard case .select(let operand, field, isTest: false) = syntax[id].kind else { return false }
        return mayBe(objectType, operand)
    }

    private func mayBe(_ objectType: String, _ id: CELSyntax.ID) -> Bool {
        types[id] == .object(objectType) || types[id] == .dyn
    }

    private func constantString(_ id: CELSyntax.ID) -> String? {
        guard case .string(let text)? = plan.constant(at: id) else { return nil }
        return text
    }
}
