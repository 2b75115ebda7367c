/// Finds what the variables in generic signatures stand for.
struct Unifier {
    private var bindings: [String: CELType] = [:]
    private var issued = 0

    /// A variable that nothing else uses.
    mutating func fresh() -> CELType {
        issued += 1
        return .parameter("$\(issued)")
    }

    /// The signature with variables of its own.
    mutating func instantiate(_ signature: Signature) -> Signature {
        var names: [String: CELType] = [:]
        let parameters = signature.parameters.map { renamed($0, &names) }
        return Signature(parameters, renamed(signature.result, &names), isMember: signature.isMember)
    }

    private mutating func renamed(_ type: CELType, _ names: inout [String: CELType]) -> CELType {
        switch type {
        case .parameter(let name):
            if let known = names[name] { return known }
            let variable = fresh()
            names[name] = variable
            return variable
        case .list(let element): return .list(renamed(element, &names))
        case .map(let key, let value): return .map(renamed(key, &names), renamed(value, &names))
        case .type(let inner): return .type(renamed(inner, &names))
        case .opaque(let name, let parts):
            var renamedParts: [CELType] = []
            for part in parts { renamedParts.append(renamed(part, &names)) }
            return .opaque(name, renamedParts)
        default: return type
        }
    }

    /// Whether all can be passed where these are wanted. Variables are bound only if so.
    mutating func accept(_ given: [CELType], as wanted: [CELType]) -> Bool {
        guard given.count == wanted.count else { return false }
        let before = bindings
        for (left, right) in zip(given, wanted) where !assign(left, to: right) {
            bindings = before
            return false
        }
        return true
    }

    /// The type of a list's or a conditional's parts: the common one, or dyn.
    mutating func join(_ left: CELType, _ right: CELType) -> CELType {
        accept([right], as: [left]) ? mostGeneral(left, right) : .dyn
    }

    private mutating func assign(_ given: CELType, to wanted: CELType) -> Bool {
        if case .parameter(let name) = wanted {
            switch substitute(given, for: name) {
            case .fits: return true
            case .conflicts: return false
            case .cyclic: break
            }
        }
        if case .parameter(let name) = given { return substitute(wanted, for: name) == .fits }
        switch (given, wanted) {
        case (.dyn, _), (_, .dyn): return true
        case (.list(let left), .list(let right)): return assign(left, to: right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            return assign(leftKey, to: rightKey) && assign(leftValue, to: rightValue)
        case (.opaque(let left, let leftParts), .opaque(let right, let rightParts)):
            guard left == right, leftParts.count == rightParts.count else { return false }
            for (part, other) in zip(leftParts, rightParts) where !assign(part, to: other) { return false }
            return true
        case (.type, .type): return true
        case (.null, _): return wanted.isNullable
        case (_, .null): return given.isNullable
        default: return given == wanted
        }
    }

    private enum Substitution { case fits, conflicts, cyclic }

    private mutating func substitute(_ type: CELType, for name: String) -> Substitution {
        if type == .parameter(name) { return .fits }
        if let bound = bindings[name] {
            guard assign(type, to: bound) else { return .conflicts }
            let general = mostGeneral(type, bound)
            if !mentions(name, in: general) { bindings[name] = general }
            return .fits
        }
        guard !mentions(name, in: type) else { return .cyclic }
        bindings[name] = type
        return .fits
    }

    private func mentions(_ name: String, in type: CELType) -> Bool {
        switch type {
        case .parameter(let other): other == name || (bindings[other].map { mentions(name, in: $0) } ?? false)
        case .list(let element): mentions(name, in: element)
        case .map(let key, let value): mentions(name, in: key) || mentions(name, in: value)
        case .type(let inner): mentions(name, in: inner)
        case .opaque(_, let parts): parts.contains { mentions(name, in: $0) }
        default: false
        }
    }

    private func mostGeneral(_ left: CELType, _ right: CELType) -> CELType {
        isAsGeneral(left, as: right) ? left : right
    }

    private func isAsGeneral(_ left: CELType, as right: CELType) -> Bool {
        switch (left, right) {
        case (.dyn, _), (.parameter, _): true
        case (_, .dyn), (_, .parameter): false
        case (_, .null): left.isNullable
        case (.list(let left), .list(let right)): isAsGeneral(left, as: right)
        case (.map(let leftKey, let leftValue), .map(let rightKey, let rightValue)):
            isAsGeneral(leftKey, as: rightKey) && isAsGeneral(leftValue, as: rightValue)
        case (.opaque(let left, let leftParts), .opaque(let right, let rightParts)):
            left == right && leftParts.count == rightParts.count
                && zip(leftParts, rightParts).allSatisfy { isAsGeneral($0, as: $1) }
        case (.type, .type): true
        default: left == right
        }
    }

    /// The type with its variables replaced by what they stand for.
    func resolved(_ type: CELType) -> CELType {
        switch type {
        case .parameter(let name): bindings[name].map { resolved($0) } ?? type
        case .list(let element): .list(resolved(element))
        case .map(let key, let value): .map(resolved(key), resolved(value))
        case .type(let inner): .type(resolved(inner))
        case .opaque(let name, let parts): .opaque(name, parts.map { resolved($0) })
        default: type
        }
    }

    /// The type as it is shown in the end: a variable that nothing bound is dyn.
    func settled(_ type: CELType) -> CELType {
        switch resolved(type) {
        case .parameter: .dyn
        case .list(let element): .list(settled(element))
        case .map(let key, let value): .map(settled(key), settled(value))
        case .type(let inner): .type(settled(inner))
        case .opaque(let name, let parts): .opaque(name, parts.map { settled($0) })
        case let other: other
        }
    }
}

extension CELType {
    /// Whether null may stand for it.
    fileprivate var isNullable: Bool {
        switch self {
        case .null, .timestamp, .duration, .object, .opaque: true
        default: false
        }
    }
}
