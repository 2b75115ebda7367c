/// What a macro goes through: elements by index, or keys and what a map has under them.
private struct Elements {
    let list: CELList
    /// The map whose keys the list holds, where values are wanted too.
    let map: CELMap?
    let local: Int
    let isPaired: Bool

    var count: Int { list.count }
}

extension Evaluator {
    mutating func comprehend(_ comprehension: Operation.Comprehension, at id: Int) -> CELResult {
        let range: CELValue
        switch evaluate(Int(comprehension.range)) {
        case .success(let value): range = value
        case .failure(let error): return .failure(error)
        }
        switch comprehension.operation {
        case .bind:
            locals[Int(comprehension.local)] = range
            return evaluate(Int(comprehension.transform))
        case .optMap, .optFlatMap: return transform(range, comprehension, at: id)
        default: break
        }
        guard let elements = elements(of: range, comprehension) else {
            let message = "\(comprehension.operation.rawValue) goes through a list or a map, not \(range.type.name)"
            return fail(.noMatchingOverload, message, at: Int(comprehension.range))
        }
        return switch comprehension.operation {
        case .all: decide(elements, comprehension, by: false, at: id)
        case .exists: decide(elements, comprehension, by: true, at: id)
        case .existsOne: existsOne(elements, comprehension, at: id)
        case .transformMap, .transformMapEntry: collectEntries(elements, comprehension, at: id)
        default: collect(elements, comprehension, at: id)
        }
    }

    private mutating func elements(of range: CELValue, _ comprehension: Operation.Comprehension) -> Elements? {
        let local = Int(comprehension.local)
        switch range {
        case .list(let list): return Elements(list: list, map: nil, local: local, isPaired: comprehension.isPaired)
        case .map(let map):
            meter.allocate(bytes: map.count * Footprint.element)
            let keys = CELList(isExhausted ? [] : map.keys)
            return Elements(list: keys, map: map, local: local, isPaired: comprehension.isPaired)
        default: return nil
        }
    }

    /// Puts an element in its variable, or a pair in two; a failure is what the host does not know.
    private mutating func bind(_ elements: Elements, _ index: Int, at id: Int) -> CELError? {
        let first: CELValue
        switch elements.list.element(at: index) {
        case .value(let value): first = value
        case .absent: return CELError(.invalidArgument, "the list has changed", at: plan.ranges[id])
        case .unknown(let reason): return CELError(.unknown, reason, at: plan.ranges[id])
        }
        guard elements.isPaired else {
            locals[elements.local] = first
            return nil
        }
        guard let map = elements.map else {
            locals[elements.local] = .int(Int64(index))
            locals[elements.local + 1] = first
            return nil
        }
        switch map.value(for: first) {
        case .value(let value):
            locals[elements.local] = first
            locals[elements.local + 1] = value
            return nil
        case .absent: return CELError(.invalidArgument, "the map has changed", at: plan.ranges[id])
        case .unknown(let reason): return CELError(.unknown, reason, at: plan.ranges[id])
        }
    }

    /// `all` is `&&` over the elements and `exists` is `||`, and both absorb errors as those do.
    private mutating func decide(
        _ elements: Elements, _ comprehension: Operation.Comprehension, by decisive: Bool, at id: Int
    ) -> CELResult {
        var failure: CELError?
        for index in 0..<elements.count {
            guard !isExhausted else { return exhaustion(at: id) }
            if let error = bind(elements, index, at: id) {
                charge(1)
                keep(error, in: &failure)
                continue
            }
            switch condition(Int(comprehension.condition)) {
            case .success(decisive):
                absorb(failure)
                return .success(.bool(decisive))
            case .success: break
            case .failure(let error): keep(error, in: &failure)
            }
        }
        return failure.map { .failure($0) } ?? .success(.bool(!decisive))
    }

    private mutating func existsOne(
        _ elements: Elements, _ comprehension: Operation.Comprehension, at id: Int
    ) -> CELResult {
        var count = 0
        for index in 0..<elements.count {
            if let error = bind(elements, index, at: id) { return .failure(error) }
            switch condition(Int(comprehension.condition)) {
            case .success(let flag): count += flag ? 1 : 0
            case .failure(let error): return .failure(error)
            }
        }
        return .success(.bool(count == 1))
    }

    /// Whether an element is wanted: its condition holds, or there is none.
    private mutating func isWanted(_ comprehension: Operation.Comprehension) -> Result<Bool, CELError> {
        comprehension.condition < 0 ? .success(true) : condition(Int(comprehension.condition))
    }

    private mutating func collect(
        _ elements: Elements, _ comprehension: Operation.Comprehension, at id: Int
    ) -> CELResult {
        var values: [CELValue] = []
        for index in 0..<elements.count {
            guard meter.allocate(bytes: Footprint.element) else { return exhaustion(at: id) }
            if let error = bind(elements, index, at: id) { return .failure(error) }
            switch isWanted(comprehension) {
            case .success(true): break
            case .success(false): continue
            case .failure(let error): return .failure(error)
            }
            guard comprehension.transform >= 0 else {
                values.append(locals[elements.local])
                continue
            }
            switch evaluate(Int(comprehension.transform)) {
            case .success(let value): values.append(value)
            case .failure(let error): return .failure(error)
            }
        }
        return .success(.list(CELList(values)))
    }

    /// `transformMap` keeps keys and makes values; `transformMapEntry` makes maps, and joins them.
    private mutating func collectEntries(
        _ elements: Elements, _ comprehension: Operation.Comprehension, at id: Int
    ) -> CELResult {
        var entries = MapEntries()
        for index in 0..<elements.count {
            guard meter.allocate(bytes: Footprint.entry) else { return exhaustion(at: id) }
            if let error = bind(elements, index, at: id) { return .failure(error) }
            switch isWanted(comprehension) {
            case .success(true): break
            case .success(false): continue
            case .failure(let error): return .failure(error)
            }
            let key = locals[elements.local]
            switch evaluate(Int(comprehension.transform)) {
            case .failure(let error): return .failure(error)
            case .success(let value) where comprehension.operation == .transformMap:
                if let error = insert(value, for: key, into: &entries, at: id) { return .failure(error) }
            case .success(.map(let map)):
                if let error = join(map, into: &entries, at: id) { return .failure(error) }
            case .success(let value):
                let message = "transformMapEntry wants a map, not \(value.type.name)"
                return fail(.noMatchingOverload, message, at: Int(comprehension.transform))
            }
        }
        return .success(.map(CELMap(entries: entries)))
    }

    private mutating func join(_ map: CELMap, into entries: inout MapEntries, at id: Int) -> CELError? {
        meter.allocate(bytes: map.count * (Footprint.element + Footprint.entry))
        guard !isExhausted else { return nil }
        for key in map.keys {
            switch map.value(for: key) {
            case .value(let value):
                if let error = insert(value, for: key, into: &entries, at: id) { return error }
            case .absent: break
            case .unknown(let reason): return CELError(.unknown, reason, at: plan.ranges[id])
            }
        }
        return nil
    }
}
