extension Checker {
    mutating func check(_ comprehension: CELSyntax.Comprehension) -> CELType {
        let range = unifier.resolved(check(comprehension.range))
        let (first, second) = variables(of: comprehension, over: range)
        let outer = scopes.count
        scopes.append((comprehension.variable, first))
        if let name = comprehension.secondVariable { scopes.append((name, second)) }
        deepestScope = max(deepestScope, scopes.count)
        defer { scopes.removeLast(scopes.count - outer) }
        if let condition = comprehension.condition {
            let type = check(condition)
            if !unifier.accept([type], as: [.bool]) {
                report(
                    "the condition of \(comprehension.operation.rawValue) is \(shown(type)), not bool", at: condition)
            }
        }
        let result = comprehension.transform.map { check($0) } ?? .dyn
        switch comprehension.operation {
        case .all, .exists, .existsOne: return .bool
        case .filter: return .list(first)
        case .map, .transformList: return .list(result)
        case .transformMap: return .map(first, result)
        case .bind: return result
        case .optMap: return .optional(result)
        case .transformMapEntry: return required(.anyMap, result, comprehension)
        case .optFlatMap: return required(.optional(.dyn), result, comprehension)
        }
    }

    /// The types of what a macro names.
    private mutating func variables(
        of comprehension: CELSyntax.Comprehension, over range: CELType
    ) -> (first: CELType, second: CELType) {
        let name = comprehension.operation.rawValue
        switch comprehension.operation {
        case .bind: return (range, .dyn)
        case .optMap, .optFlatMap:
            let inner = unifier.fresh()
            if !unifier.accept([range], as: [.optional(inner)]) {
                report("\(name) is for optional values, not \(shown(range))", at: comprehension.range)
            }
            return (unifier.resolved(inner), .dyn)
        default: break
        }
        let isPaired = comprehension.secondVariable != nil
        switch range {
        case .list(let type): return isPaired ? (.int, type) : (type, .dyn)
        case .map(let key, let value): return (key, value)
        case .dyn, .parameter: return (.dyn, .dyn)
        default:
            report("\(name) goes through a list or a map, not \(shown(range))", at: comprehension.range)
            return (.dyn, .dyn)
        }
    }

    private mutating func required(
        _ wanted: CELType, _ result: CELType, _ comprehension: CELSyntax.Comprehension
    ) -> CELType {
        guard !unifier.accept([result], as: [wanted]), let transform = comprehension.transform else { return result }
        report("\(comprehension.operation.rawValue) wants \(wanted.name), not \(shown(result))", at: transform)
        return wanted
    }
}
