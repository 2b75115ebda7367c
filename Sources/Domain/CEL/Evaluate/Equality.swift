internal import Spelling

extension Evaluator {
    /// `==`: numbers on one line, lists and maps by their parts, and different types are different.
    mutating func areEqual(_ left: CELValue, _ right: CELValue) -> Result<Bool, CELError> {
        charge(1)
        switch (left, right) {
        case (.string(let left), .string(let right)):
            charge(min(left.utf8.count, right.utf8.count) / 10)
            return .success(left.hasSameBytes(as: right))
        case (.bool(let left), .bool(let right)): return .success(left == right)
        case (.null, .null): return .success(true)
        case (.bytes(let left), .bytes(let right)):
            charge(min(left.count, right.count) / 10)
            return .success(left == right)
        case (.timestamp(let left), .timestamp(let right)): return .success(left == right)
        case (.duration(let left), .duration(let right)): return .success(left == right)
        case (.type(let left), .type(let right)): return .success(left.name == right.name)
        case (.object(let left), .object(let right)): return .success(left == right)
        case (.opaque(let left as CELOptional), .opaque(let right as CELOptional)):
            switch (left.value, right.value) {
            case (nil, nil): return .success(true)
            case (let left?, let right?): return areEqual(left, right)
            default: return .success(false)
            }
        case (.opaque(let left), .opaque(let right)): return .success(left.isEqual(to: right))
        case (.list(let left), .list(let right)): return areEqual(left, right)
        case (.map(let left), .map(let right)): return areEqual(left, right)
        default:
            guard let order = Numbers.order(left, right) else { return .success(false) }
            return .success(order == .same)
        }
    }

    private mutating func areEqual(_ left: CELList, _ right: CELList) -> Result<Bool, CELError> {
        guard left.count == right.count else { return .success(false) }
        var failure: CELError?
        for index in 0..<left.count {
            switch areEqual(left.element(at: index), right.element(at: index)) {
            case .success(true): break
            case .success(false): return .success(false)
            case .failure(let error): failure = error
            }
            guard !isExhausted else { break }
        }
        return failure.map { .failure($0) } ?? .success(true)
    }

    private mutating func areEqual(_ left: CELMap, _ right: CELMap) -> Result<Bool, CELError> {
        guard left.count == right.count else { return .success(false) }
        var failure: CELError?
        for key in left.keys {
            switch areEqual(left.value(for: key), right.value(for: key)) {
            case .success(true): break
            case .success(false): return .success(false)
            case .failure(let error): failure = error
            }
            guard !isExhausted else { break }
        }
        return failure.map { .failure($0) } ?? .success(true)
    }

    private mutating func areEqual(_ left: CELLookup, _ right: CELLookup) -> Result<Bool, CELError> {
        switch (left, right) {
        case (.value(let left), .value(let right)): areEqual(left, right)
        case (.unknown(let reason), _), (_, .unknown(let reason)): .failure(CELError(.unknown, reason))
        case (.absent, .absent): .success(true)
        case (.absent, _), (_, .absent): .success(false)
        }
    }

    /// `<`, `<=`, `>` and `>=`, or nil where the two have no order.
    mutating func compare(_ function: BinaryFunction, _ left: CELValue, _ right: CELValue) -> CELResult? {
        guard let order = order(left, right) else { return nil }
        let holds =
            switch function {
            case .less: order == .before
            case .lessOrEqual: order == .before || order == .same
            case .greater: order == .after
            default: order == .after || order == .same
            }
        return .success(.bool(holds))
    }

    private mutating func order(_ left: CELValue, _ right: CELValue) -> Order? {
        switch (left, right) {
        case (.string(let left), .string(let right)):
            charge(min(left.utf8.count, right.utf8.count) / 10)
            if left.hasSameBytes(as: right) { return .same }
            return left.precedesByBytes(right) ? .before : .after
        case (.bytes(let left), .bytes(let right)):
            charge(min(left.count, right.count) / 10)
            return left == right ? .same : (left.lexicographicallyPrecedes(right) ? .before : .after)
        case (.bool(let left), .bool(let right)): return Order(left ? 1 : 0, right ? 1 : 0)
        case (.timestamp(let left), .timestamp(let right)): return Order(left, right)
        case (.duration(let left), .duration(let right)): return Order(left, right)
        default: return Numbers.order(left, right)
        }
    }
}

/// How one value stands to another. A NaN is unordered.
enum Order {
    case before, same, after, unordered

    init<Value: Comparable>(_ left: Value, _ right: Value) {
        self = left < right ? .before : left > right ? .after : left == right ? .same : .unordered
    }
}
