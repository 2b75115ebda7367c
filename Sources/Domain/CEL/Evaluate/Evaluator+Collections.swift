extension Evaluator {
    mutating func list(_ elements: Operation.Operands) -> CELResult {
        values(elements).map { .list(CELList($0)) }
    }

    mutating func map(_ entries: Operation.Operands, at id: Int) -> CELResult {
        switch values(entries) {
        case .failure(let error): return .failure(error)
        case .success(let parts):
            var collected = MapEntries()
            for index in stride(from: 0, to: parts.count - 1, by: 2) {
                let key = parts[index]
                switch collected.insert(parts[index + 1], for: key) {
                case .inserted: break
                case .repeated: return fail(.invalidArgument, "the key \(Text.shown(key)) is there twice", at: id)
                case .unsupported: return fail(.invalidArgument, "\(key.type.name) cannot be a key", at: id)
                }
            }
            return .success(.map(CELMap(entries: collected)))
        }
    }

    mutating func comprehend(_ comprehension: Operation.Comprehension, at id: Int) -> CELResult {
        let elements: CELList
        switch evaluate(Int(comprehension.range)) {
        case .success(.list(let list)): elements = list
        case .success(.map(let map)):
            charge(map.count)
            elements = CELList(map.keys)
        case .success(let value):
            let message = "\(comprehension.operation.rawValue) goes through a list or a map, not \(value.type.name)"
            return fail(.noMatchingOverload, message, at: Int(comprehension.range))
        case .failure(let error): return .failure(error)
        }
        let local = Int(comprehension.local)
        let condition = Int(comprehension.condition)
        return switch comprehension.operation {
        case .all: decide(elements, condition, local, by: false, at: id)
        case .exists: decide(elements, condition, local, by: true, at: id)
        case .existsOne: existsOne(elements, condition, local, at: id)
        case .map, .filter: collect(elements, condition, Int(comprehension.transform), local, at: id)
        }
    }

    /// Puts an element in its variable; a failure is what the host does not know.
    private mutating func bind(_ elements: CELList, _ index: Int, _ local: Int, at id: Int) -> CELError? {
        switch elements.element(at: index) {
        case .value(let value):
            locals[local] = value
            return nil
        case .absent: return CELError(.invalidArgument, "the list has changed", at: plan.ranges[id])
        case .unknown(let reason): return CELError(.unknown, reason, at: plan.ranges[id])
        }
    }

    /// `all` is `&&` over the elements and `exists` is `||`, and both absorb errors as those do.
    private mutating func decide(
        _ elements: CELList, _ condition: Int, _ local: Int, by decisive: Bool, at id: Int
    ) -> CELResult {
        var failure: CELError?
        for index in 0..<elements.count {
            guard !isExhausted else { return exhaustion(at: id) }
            if let error = bind(elements, index, local, at: id) {
                charge(1)
                failure = graver(failure, error)
                continue
            }
            switch self.condition(condition) {
            case .success(decisive):
                absorb(failure)
                return .success(.bool(decisive))
            case .success: break
            case .failure(let error): failure = graver(failure, error)
            }
        }
        return failure.map { .failure($0) } ?? .success(.bool(!decisive))
    }

    private mutating func existsOne(_ elements: CELList, _ condition: Int, _ local: Int, at id: Int) -> CELResult {
        var count = 0
        for index in 0..<elements.count {
            if let error = bind(elements, index, local, at: id) { return .failure(error) }
            switch self.condition(condition) {
            case .success(let flag): count += flag ? 1 : 0
            case .failure(let error): return .failure(error)
            }
        }
        return .success(.bool(count == 1))
    }

    private mutating func collect(
        _ elements: CELList, _ condition: Int, _ transform: Int, _ local: Int, at id: Int
    ) -> CELResult {
        var values: [CELValue] = []
        for index in 0..<elements.count {
            if let error = bind(elements, index, local, at: id) { return .failure(error) }
            if condition >= 0 {
                switch self.condition(condition) {
                case .success(true): break
                case .success(false): continue
                case .failure(let error): return .failure(error)
                }
            }
            guard transform >= 0 else {
                values.append(locals[local])
                continue
            }
            switch evaluate(transform) {
            case .success(let value): values.append(value)
            case .failure(let error): return .failure(error)
            }
        }
        return .success(.list(CELList(values)))
    }
}
