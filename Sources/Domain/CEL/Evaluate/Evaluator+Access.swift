extension Evaluator {
    mutating func field(_ operand: Int, _ access: Int, at id: Int) -> CELResult {
        let access = plan.tables.fields[access]
        return switch evaluate(operand) {
        case .failure(let error): .failure(error)
        case .success(.object(let object)):
            if let index = access.index(in: object.source.objectType) {
                present(read(index, of: object), else: access.absentField, at: id)
            } else {
                fail(.noSuchField, "\(object.source.objectType.name) has no field '\(access.name)'", at: id)
            }
        case .success(.map(let map)):
            present(map.value(named: access.name), else: access.absentKey, at: id)
        case .success(.opaque(let optional as CELOptional)): chained(optional, access, at: id)
        case .success(let value): fail(.noMatchingOverload, "\(value.type.name) has no fields", at: id)
        }
    }

    mutating func hasField(_ operand: Int, _ access: Int, at id: Int) -> CELResult {
        let access = plan.tables.fields[access]
        return switch evaluate(operand) {
        case .failure(let error): .failure(error)
        case .success(.object(let object)):
            if let index = access.index(in: object.source.objectType) {
                isPresent(read(index, of: object), at: id)
            } else {
                fail(.noSuchField, "\(object.source.objectType.name) has no field '\(access.name)'", at: id)
            }
        case .success(.map(let map)): isPresent(map.value(named: access.name), at: id)
        case .success(.opaque(let optional as CELOptional)): isPresent(field(of: optional, access.name), at: id)
        case .success(let value): fail(.noMatchingOverload, "\(value.type.name) has no fields", at: id)
        }
    }

    /// A field of an object, with what it costs to find it out.
    mutating func read(_ index: Int, of object: CELObject) -> CELLookup {
        let lookup = object.source.field(at: index, of: object.row)
        meter.read(object.source.cost(ofReading: index, of: object.row))
        return lookup
    }

    private func present(_ lookup: CELLookup, else error: CELError, at id: Int) -> CELResult {
        switch lookup {
        case .value(let value): .success(value)
        case .absent: .failure(error)
        case .unknown(let reason): fail(.unknown, reason, at: id)
        }
    }

    func isPresent(_ lookup: CELLookup, at id: Int) -> CELResult {
        switch lookup {
        case .value: .success(.bool(true))
        case .absent: .success(.bool(false))
        case .unknown(let reason): fail(.unknown, reason, at: id)
        }
    }

    /// `container[key]`.
    func element(of container: CELValue, at key: CELValue) -> CELResult? {
        switch container {
        case .map(let map):
            switch map.value(for: key) {
            case .value(let value): return .success(value)
            case .absent: return .failure(CELError(.noSuchKey, "there is no key \(Text.shown(key))"))
            case .unknown(let reason): return .failure(CELError(.unknown, reason))
            }
        case .list(let list):
            guard let index = Numbers.index(key) else {
                return .failure(CELError(.invalidArgument, "\(Text.shown(key)) is no index of a list"))
            }
            switch list.element(at: index) {
            case .value(let value): return .success(value)
            case .absent:
                return .failure(CELError(.invalidArgument, "index \(index) is outside a list of \(list.count)"))
            case .unknown(let reason): return .failure(CELError(.unknown, reason))
            }
        case .opaque(let optional as CELOptional):
            guard let container = optional.value else { return .success(container) }
            return optionalElement(of: container, at: key)
        default: return nil
        }
    }

    /// `element in container`.
    mutating func contains(_ container: CELValue, _ element: CELValue) -> CELResult? {
        switch container {
        case .map(let map):
            switch map.value(for: element) {
            case .value: return .success(.bool(true))
            case .absent: return .success(.bool(false))
            case .unknown(let reason): return .failure(CELError(.unknown, reason))
            }
        case .list(let list):
            var failure: CELError?
            for index in 0..<list.count {
                switch list.element(at: index) {
                case .value(let candidate):
                    switch areEqual(candidate, element) {
                    case .success(true): return .success(.bool(true))
                    case .success(false): break
                    case .failure(let error): failure = error
                    }
                case .unknown(let reason): failure = CELError(.unknown, reason)
                case .absent: break
                }
                guard !isExhausted else { break }
            }
            return failure.map { .failure($0) } ?? .success(.bool(false))
        default: return nil
        }
    }
}
