import CEL
import Chronology

/// Reads a condition as statements about a record. What it does not look into is kept as a whole.
struct ExpressionReader {
    let program: CELProgram
    let parameters: Parameters?
    let asOf: Instant
    let zone: Zone

    /// A condition that is written with more statements than this is not looked into: `?:` can double them at each turn.
    private static let mostAtoms = 512

    private var syntax: CELSyntax { program.syntax }

    var reading: Reading { read(syntax.root) }

    func read(_ id: CELSyntax.ID) -> Reading {
        if case .bool(let flag)? = constant(id) { return flag ? .always : .never }
        let reading = known(id) ?? unread(id)
        return reading.holds.size + reading.fails.size <= Self.mostAtoms ? reading : unread(id)
    }

    private func known(_ id: CELSyntax.ID) -> Reading? {
        switch syntax[id].kind {
        case .select(let operand, let field, isTest: true): return presence(operand, field)
        case .call("hasValue", let optional?, let arguments) where arguments.isEmpty: return presence(optional)
        case .call(let function, let receiver, let arguments):
            if let receiver { return arguments.count == 1 ? part(function, of: receiver, arguments[0]) : nil }
            switch (function, arguments.count) {
            case ("_&&_", _): return .all(arguments.map(read))
            case ("_||_", _): return .any(arguments.map(read))
            case ("!_", 1): return read(arguments[0]).negation
            case ("_?_:_", 3): return .either(read(arguments[0]), read(arguments[1]), read(arguments[2]))
            case ("@in", 2): return membership(arguments[0], arguments[1])
            case (_, 2): return CELComparison(rawValue: function).flatMap { compare(arguments[0], $0, arguments[1]) }
            default: return nil
            }
        default: return nil
        }
    }

    /// The same text means the same in one document; another's constants may differ.
    private func unread(_ id: CELSyntax.ID) -> Reading {
        var name = syntax.text(of: id)
        if mentionsParameters(id) { name += " of \(parameters.map { "\($0.value)" } ?? "nothing")" }
        if zone != .utc { name += " in \(zone.identifier)" }
        return Reading(
            holds: .holds(.unread(name, answer: true)), fails: .holds(.unread(name, answer: false)))
    }

    private func presence(_ operand: CELSyntax.ID, _ field: String) -> Reading? {
        if let key = metadataKey(operand, field) { return has(.metadata(key)) }
        guard isObject(operand), let field = RecordField.allCases.first(where: { $0.name == field }) else { return nil }
        if field == .metadata { return .always }
        if let text = TextField(field) { return has(text) }
        guard let quantity = Quantity(field) else { return nil }
        let isThere = Formula.holds(.isPresent(quantity))
        // A last activity that is no point is not known, which is a failure and not an absence.
        return Reading(holds: isThere, fails: quantity == .lastActivity ? .falsehood : isThere.negation)
    }

    /// Whether an optional that is read of the record holds a value.
    private func presence(_ optional: CELSyntax.ID) -> Reading? {
        if let read = program.metadataRead(optional) { return isObject(read.record) ? has(.metadata(read.key)) : nil }
        guard let read = program.fieldRead(optional), program.types[optional].isOptional else { return nil }
        return presence(read.operand, read.field)
    }

    private func has(_ field: TextField) -> Reading {
        let isThere = Formula.holds(.text(field, .anything))
        return field.isOptional ? Reading(holds: isThere, fails: isThere.negation) : .always
    }

    private func membership(_ element: CELSyntax.ID, _ list: CELSyntax.ID) -> Reading? {
        if case .select(let operand, "metadata", isTest: false) = syntax[list].kind, isObject(operand),
            case .string(let key)? = constant(element)
        {
            return has(.metadata(key))
        }
        guard let field = text(element), case .list(let values)? = constant(list) else { return nil }
        var letters: Set<Letters> = []
        for index in 0..<values.count {
            guard case .value(.string(let text)) = values.element(at: index) else { return nil }
            letters.insert(Letters(text))
        }
        return .atom(field, .oneOf(letters))
    }

    private func part(_ function: String, of receiver: CELSyntax.ID, _ argument: CELSyntax.ID) -> Reading? {
        guard let field = text(receiver), case .string(let part)? = constant(argument) else { return nil }
        let letters = TextPattern.letters(part)
        switch function {
        case "startsWith": return .atom(field, .fits(TextPattern(letters + [.run])))
        case "endsWith": return .atom(field, .fits(TextPattern([.run] + letters)))
        case "contains": return .atom(field, .fits(TextPattern([.run] + letters + [.run])))
        default: return nil
        }
    }

    private func compare(_ left: CELSyntax.ID, _ comparison: CELComparison, _ right: CELSyntax.ID) -> Reading? {
        if let field = text(left), case .string(let value)? = constant(right) {
            return comparison.reading(of: field, Letters(value))
        }
        if let field = text(right), case .string(let value)? = constant(left) {
            return comparison.mirrored.reading(of: field, Letters(value))
        }
        if let reading = condition(left, comparison, right) ?? condition(right, comparison, left) { return reading }
        guard let left = term(left), let right = term(right), left.type == right.type else { return nil }
        return comparison.reading(of: left, right)
    }

    /// A condition that is compared with a truth value.
    private func condition(
        _ id: CELSyntax.ID, _ comparison: CELComparison, _ other: CELSyntax.ID
    ) -> Reading? {
        guard comparison == .equal || comparison == .notEqual, case .bool(let flag)? = constant(other),
            program.types[id] == .bool
        else { return nil }
        return flag == (comparison == .equal) ? read(id) : read(id).negation
    }
}

extension CELComparison {
    /// The comparison of a text with a constant.
    func reading(of field: TextField, _ value: Letters) -> Reading {
        switch self {
        case .equal: .atom(field, .oneOf([value]))
        case .notEqual: Reading.atom(field, .oneOf([value])).negation
        case .less: .atom(field, .isLess(value))
        case .lessOrEqual: .atom(field, .isAtMost(value))
        case .greater: Reading.atom(field, .isAtMost(value)).negation
        case .greaterOrEqual: Reading.atom(field, .isLess(value)).negation
        }
    }
}
