import CEL
import Records

/// Finds comparisons whose answer is the same for every record, and fields that no record has.
struct ImpossibleComparisons {
    /// What is wrong with one place.
    struct Remark {
        let level: Diagnostic.Level
        let code: String
        /// Where it stands, in UTF-8.
        let offset: Int
        let message: String
        let hint: String
    }

    private let program: CELProgram
    private let match: Match
    private(set) var remarks: [Remark] = []

    /// - Parameters:
    ///   - match: what is known of `object`.
    ///   - variables: the kinds of the elements of lists under `variables`.
    init(_ program: CELProgram, match: Match, variables: [String: KindSet]) {
        self.program = program
        self.match = match
        var kinds = ExpressionKinds(program, object: match.kinds ?? .all, variables: variables)
        var remarks: [Remark] = []
        kinds.walk { kinds, id in
            if let read = program.fieldRead(id), program.isRecord(read.operand) {
                remarks += missingField(read.field, of: kinds.record(read.operand), id)
            }
            switch program.syntax[id].kind {
            case .call("@in", nil, let parts) where parts.count == 2:
                guard case .list(let elements) = program.syntax[parts[1]].kind else { return }
                for element in elements { remarks += compare(parts[0], .equal, element, kinds) }
            case .call(let function, nil, let parts) where parts.count == 2:
                guard let comparison = CELComparison(rawValue: function) else { return }
                remarks += compare(parts[0], comparison, parts[1], kinds)
                remarks += compare(parts[1], comparison.mirrored, parts[0], kinds)
            default: break
            }
        }
        self.remarks = remarks.sorted { $0.offset < $1.offset }
    }

    private func compare(
        _ subject: CELSyntax.ID, _ comparison: CELComparison, _ value: CELSyntax.ID, _ kinds: ExpressionKinds
    ) -> [Remark] {
        switch program.literal(value) {
        case .int(let number):
            guard let quantity = quantity(subject), let answer = comparison.answer(against: number) else { return [] }
            return [
                remark(
                    answer, value, "\(quantity) is never less than 0",
                    "compare with a number above 0, or remove the comparison")
            ]
        case .string(let word) where comparison == .equal || comparison == .notEqual:
            return words(subject, word, value, holdsOtherwise: comparison == .notEqual, kinds)
        default: return []
        }
    }

    /// What a number is that cannot be negative.
    private func quantity(_ id: CELSyntax.ID) -> String? {
        switch program.syntax[id].kind {
        case .select(let operand, let field, false) where program.isRecord(operand):
            [RecordField.bytes.name, RecordField.tokens.name].contains(field) ? field : nil
        case .call("size", _, _): "a size"
        default: nil
        }
    }

    private func words(
        _ subject: CELSyntax.ID, _ word: String, _ value: CELSyntax.ID, holdsOtherwise: Bool, _ kinds: ExpressionKinds
    ) -> [Remark] {
        if let read = program.metadataRead(subject) {
            // A metadata key of `object` of which the match names the values.
            let values = match.metadata.first { $0.key == read.key }?.values ?? []
            return outside("match.metadata", values, read.record, word, value, holdsOtherwise)
        }
        guard case .select(let operand, let name, false) = program.syntax[subject].kind, program.isRecord(operand)
        else { return [] }
        let possible = kinds.record(operand)
        switch name {
        case RecordField.kind.name:
            if Kind(named: word) == nil { return [unknown("kind", word, value, among: Kind.allCases.map(\.name))] }
            if possible.isEmpty || possible.kinds.contains(where: { $0.name == word }) { return [] }
            let reason = "it is one of \(possible.kinds.map(\.name).joined(separator: ", ")) here"
            return [remark(holdsOtherwise, value, reason, "name one of these, or change match.kinds")]
        case RecordField.role.name:
            return Role(named: word) == nil
                ? [unknown("role", word, value, among: Role.allCases.compactMap(\.name))] : []
        case RecordField.status.name:
            let with = possible.kinds.filter { $0.canHave(.status) }
            let known = with.compactMap(\.statuses)
            guard !with.isEmpty, known.count == with.count, !known.joined().contains(word) else { return [] }
            let states = Set(known.joined()).sorted()
            let reason = "no \(with.map(\.name).joined(separator: " and no ")) has the status \(quoted(word))"
            return [remark(holdsOtherwise, value, reason, suggestion(for: word, among: states) ?? "name another")]
        case RecordField.subject.name:
            return outside("match.subjects", match.subjects, operand, word, value, holdsOtherwise)
        case RecordField.id.name: return outside("match.ids", match.ids, operand, word, value, holdsOtherwise)
        default: return []
        }
    }

    private func outside(
        _ place: String, _ values: [String], _ operand: CELSyntax.ID, _ word: String, _ value: CELSyntax.ID,
        _ holdsOtherwise: Bool
    ) -> [Remark] {
        guard case .identifier(ExpressionVariable.object.name) = program.syntax[operand].kind, !values.isEmpty,
            !values.contains(word)
        else { return [] }
        let reason = "\(quoted(word)) is not among the values of \(place)"
        return [remark(holdsOtherwise, value, reason, "name one of these, or change \(place)")]
    }

    private func missingField(_ name: String, of kinds: KindSet, _ id: CELSyntax.ID) -> [Remark] {
        guard let field = RecordField.allCases.first(where: { $0.name == name }), !kinds.isEmpty,
            !kinds.kinds.contains(where: { $0.canHave(field) })
        else { return [] }
        let having = Kind.allCases.filter { $0.canHave(field) }.map(\.name).joined(separator: ", ")
        return [
            Remark(
                level: .warning, code: "field-never", offset: program.syntax[id].name.lowerBound,
                message: "no \(kinds.kinds.map(\.name).joined(separator: " and no ")) ever has \(quoted(name))",
                hint: "only these have it: \(having)")
        ]
    }

    private func remark(_ holds: Bool, _ id: CELSyntax.ID, _ reason: String, _ hint: String) -> Remark {
        Remark(
            level: .warning, code: "constant-comparison", offset: program.syntax[id].range.lowerBound,
            message: "the comparison \(holds ? "always" : "never") holds: \(reason)", hint: hint)
    }

    private func unknown(_ noun: String, _ word: String, _ id: CELSyntax.ID, among words: [String]) -> Remark {
        Remark(
            level: .error, code: "unknown-value", offset: program.syntax[id].range.lowerBound,
            message: "unknown \(noun) \(quoted(word))",
            hint: suggestion(for: word, among: words) ?? "name a \(noun) that there is")
    }
}

extension CELProgram {
    /// A literal, a negative number included.
    fileprivate func literal(_ id: CELSyntax.ID) -> CELValue? {
        switch syntax[id].kind {
        case .literal(let value): value
        case .call("-_", nil, let parts) where parts.count == 1:
            if case .literal(.int(let number)) = syntax[parts[0]].kind, number > .min { .int(-number) } else { nil }
        default: nil
        }
    }
}

extension CELComparison {
    /// What the comparison of a number that is never negative with this one always comes to.
    fileprivate func answer(against bound: Int64) -> Bool? {
        switch self {
        case .equal: bound < 0 ? false : nil
        case .notEqual: bound < 0 ? true : nil
        case .less: bound <= 0 ? false : nil
        case .lessOrEqual: bound < 0 ? false : nil
        case .greater: bound < 0 ? true : nil
        case .greaterOrEqual: bound <= 0 ? true : nil
        }
    }
}
