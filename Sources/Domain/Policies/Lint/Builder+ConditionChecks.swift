import CEL
import YAML

/// What an expression says that cannot be meant.
extension Builder {
    /// A constant that the document does not have would make every evaluation fail.
    func checkConstants(of program: CELProgram, _ scalar: Scalar, _ scope: Scope, _ file: inout DocumentFile) {
        let syntax = program.syntax
        syntax.walk { _, node in
            guard case .select(let operand, let name, false) = node.kind,
                case .identifier(ExpressionVariable.params.name) = syntax[operand].kind,
                !scope.constants.contains(name)
            else { return true }
            file.error(
                "unknown-constant", at: scalar.position(of: syntax, node.range.lowerBound),
                "the document has no constant \(quoted(name)) in params",
                hint: suggestion(for: name, among: scope.constants) ?? "add it under spec.params of a RetentionPolicy")
            return true
        }
    }

    /// Only keys that documents name are read from a source, so that an expression over all keys would see a part of
    /// them and call the rest absent.
    func checkMetadataKeys(of program: CELProgram, _ scalar: Scalar, _ file: inout DocumentFile) {
        guard program.keysRead(ofField: RecordField.metadata.name, of: RecordField.typeName).isDynamic else { return }
        file.error(
            "unnamed-metadata", at: scalar.position(ofCodePoint: 0),
            "the expression reads metadata without naming the key",
            hint: "name the keys: object.metadata.key, object.metadata['key'] or 'key' in object.metadata")
    }

    /// - Parameter guarded: the metadata keys that a record must have before the condition is asked.
    func check(_ condition: Expression, _ scalar: Scalar, guarded: [String], _ file: inout DocumentFile) {
        if let constant = condition.constant {
            file.warn(
                "constant-condition", at: scalar.position(ofCodePoint: 0),
                "the condition \(constant ? "always" : "never") holds, whatever the record",
                hint: constant ? "remove it" : "the document matches nothing; name a field of the record")
        }
        checkGuards(condition, scalar, guarded: guarded, &file)
    }

    /// What a validation says that cannot be meant, of records that match.
    func checkValidation(_ validation: Expression, _ scalar: Scalar, _ match: Match, _ file: inout DocumentFile) {
        if let constant = validation.constant {
            file.warn(
                "constant-condition", at: scalar.position(ofCodePoint: 0),
                "the validation \(constant ? "always" : "never") holds, whatever the record",
                hint: constant ? "remove it" : "it denies every record that matches; name a field of the record")
        }
        let asked = match.condition.map { MetadataReads($0.program.syntax).guards } ?? []
        checkGuards(validation, scalar, guarded: match.metadata.map(\.key) + asked, &file)
    }

    private func checkGuards(
        _ condition: Expression, _ scalar: Scalar, guarded: [String], _ file: inout DocumentFile
    ) {
        let reads = MetadataReads(condition.program.syntax)
        for read in reads.reads where !reads.guards.union(guarded).contains(read.key) {
            file.warn(
                "unguarded-field", at: scalar.position(of: condition.program.syntax, read.offset),
                "a record without the metadata key \(quoted(read.key)) makes the condition fail, which is an error",
                hint: "ask first: \(reads.test(of: read.key)) && …")
        }
    }
}

extension Scalar {
    /// Where an offset into an expression's text, in UTF-8, stands in the file.
    func position(of syntax: CELSyntax, _ offset: Int) -> Mark {
        let place = syntax.source.location(at: offset)
        return position(line: place.line, column: place.column)
    }
}

extension Expression {
    /// What the condition comes to whatever the record; nil where that is not known.
    fileprivate var constant: Bool? {
        let nothingKnown = ExpressionVariable.allCases.map { _ in CELLookup.unknown("not looked at") }
        return program.evaluate(CELBindings(nothingKnown)).condition
    }
}

/// The metadata keys that an expression reads, and those that it asks for first.
private struct MetadataReads {
    private(set) var reads: [(key: String, offset: Int)] = []
    private(set) var guards: Set<String> = []

    init(_ syntax: CELSyntax) {
        var seen: Set<String> = []
        syntax.walk { _, node in
            switch node.kind {
            case .select(let operand, let key, let isTest) where Self.isMetadata(operand, syntax):
                if isTest {
                    guards.insert(key)
                } else if seen.insert(key).inserted {
                    reads.append((key, node.range.lowerBound))
                }
            case .call("_[_]", nil, let parts) where parts.count == 2 && Self.isMetadata(parts[0], syntax):
                guard case .literal(.string(let key)) = syntax[parts[1]].kind, seen.insert(key).inserted else { break }
                reads.append((key, node.range.lowerBound))
            case .call("@in", nil, let parts) where parts.count == 2 && Self.isMetadata(parts[1], syntax):
                guard case .literal(.string(let key)) = syntax[parts[0]].kind else { break }
                guards.insert(key)
            default: break
            }
            return true
        }
    }

    /// Only the record's own metadata: a related record's may be guarded in ways that are not seen here.
    private static func isMetadata(_ id: CELSyntax.ID, _ syntax: CELSyntax) -> Bool {
        guard case .select(let operand, "metadata", _) = syntax[id].kind,
            case .identifier("object") = syntax[operand].kind
        else { return false }
        return true
    }

    func test(of key: String) -> String {
        let isPlain = key.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        return isPlain ? "has(object.metadata.\(key))" : "\(quoted(key)) in object.metadata"
    }
}
