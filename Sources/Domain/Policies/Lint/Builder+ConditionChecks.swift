import CEL
import YAML

/// What an expression says that cannot be meant.
extension Builder {
    /// A constant that the document does not have would make every evaluation fail.
    func checkConstants(of program: CELProgram, _ scalar: Scalar, _ scope: Scope, _ file: inout DocumentFile) {
        let syntax = program.syntax
        syntax.walk { id, node in
            guard let read = program.fieldRead(id), !read.isTest,
                case .identifier(ExpressionVariable.params.name) = syntax[read.operand].kind,
                !scope.constants.contains(read.field)
            else { return true }
            file.error(
                "unknown-constant", at: scalar.position(of: syntax, node.name.lowerBound),
                "the document has no constant \(quoted(read.field)) in params",
                hint: suggestion(for: read.field, among: scope.constants) ?? "add it under spec.params")
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
            hint:
                "name the keys: object.metadata.key, object.metadata['key'], object.metadata.?key or 'key' in object.metadata"
        )
    }

    /// Comparisons whose answer is the same for every record that matches, and fields that none of them has.
    ///
    /// - Returns: whether there are any.
    func checkComparisons(
        of program: CELProgram, _ scalar: Scalar, _ scope: Scope, _ file: inout DocumentFile
    ) -> Bool {
        let found = ImpossibleComparisons(program, match: scope.match, variables: scope.variableKinds)
        for remark in found.remarks.prefix(CELDiagnostic.limit) {
            let place = scalar.position(of: program.syntax, remark.offset)
            switch remark.level {
            case .error: file.error(remark.code, at: place, remark.message, hint: remark.hint)
            case .warning, .info: file.warn(remark.code, at: place, remark.message, hint: remark.hint)
            }
        }
        return !found.remarks.isEmpty
    }

    /// What a `where` says that cannot be meant.
    ///
    /// - Returns: whether there is anything.
    func checkCondition(_ condition: Expression, _ scalar: Scalar, _ match: Match, _ file: inout DocumentFile) -> Bool {
        checkGuards(condition.program, scalar, known: match.metadataKeys, &file)
    }

    /// What a validation says that cannot be meant, of records that match.
    func checkValidation(
        _ validation: Expression, _ scalar: Scalar, _ match: Match, variables: [AccessPolicy.Variable],
        _ file: inout DocumentFile
    ) {
        if let constant = validation.constant {
            file.warn(
                "constant-condition", at: scalar.position(ofCodePoint: 0),
                "the validation \(constant ? "always" : "never") holds, whatever the record",
                hint: constant ? "remove it" : "it denies every record that matches; name a field of the record")
        }
        let known = match.metadataKeys.union(match.askedKeys)
        _ = checkGuards(validation.program, scalar, known: known, variables: variables, &file)
    }

    /// What a variable says that cannot be meant, where validations read it.
    func checkVariable(
        _ variable: Expression, _ scalar: Scalar, _ match: Match, readBy validations: [CELProgram],
        variables: [AccessPolicy.Variable], _ file: inout DocumentFile
    ) {
        // A variable is evaluated where it is read, so a question that stands there may guard it.
        let asked = validations.reduce(into: match.askedKeys) { $0.formUnion(GuardedKeys.asked(by: $1)) }
        _ = checkGuards(variable.program, scalar, known: match.metadataKeys.union(asked), variables: variables, &file)
    }

    private func checkGuards(
        _ program: CELProgram, _ scalar: Scalar, known: Set<GuardedKeys.Key>,
        variables: [AccessPolicy.Variable] = [], _ file: inout DocumentFile
    ) -> Bool {
        let programs = variables.map { ($0.name, $0.expression.program) }
        let unguarded = GuardedKeys(
            program, known: known, variables: Dictionary(programs, uniquingKeysWith: { first, _ in first })
        ).unguarded
        for read in unguarded.prefix(CELDiagnostic.limit) {
            file.warn(
                "unguarded-field", at: scalar.position(of: program.syntax, read.offset),
                "a record without \(read.key.title) makes it fail, which is an error",
                hint: "ask first: \(read.key.test) && …")
        }
        return !unguarded.isEmpty
    }
}

extension Match {
    /// The metadata keys that every record has which matches by them.
    fileprivate var metadataKeys: Set<GuardedKeys.Key> {
        let keys = metadata.map { GuardedKeys.Key(record: ExpressionVariable.object.name, key: $0.key) }
        let subject = GuardedKeys.Key(
            record: ExpressionVariable.object.name, key: RecordField.subject.name, isField: true)
        return Set(keys + (subjects.isEmpty ? [] : [subject]))
    }

    /// The metadata keys for which the condition asks.
    fileprivate var askedKeys: Set<GuardedKeys.Key> {
        condition.map { GuardedKeys.present(where: $0.program) } ?? []
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
