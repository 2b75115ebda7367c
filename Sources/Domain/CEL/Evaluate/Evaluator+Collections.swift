/// Bytes that values take in memory, rounded up, with the room that growing arrays and tables keep.
enum Footprint {
    static let element = 2 * MemoryLayout<CELValue>.stride
    static let entry = 4 * MemoryLayout<CELValue>.stride + 4 * MemoryLayout<MapKey>.stride
}

extension Evaluator {
    mutating func list(_ elements: Operation.Operands) -> CELResult {
        meter.allocate(bytes: Int(elements.count) * Footprint.element)
        return values(elements).map { .list(CELList($0)) }
    }

    mutating func map(_ entries: Operation.Operands, at id: Int) -> CELResult {
        meter.allocate(bytes: Int(entries.count) / 2 * Footprint.entry)
        return switch values(entries) {
        case .failure(let error): .failure(error)
        case .success(let parts): map(parts, at: id)
        }
    }

    /// A map of keys and values in turn.
    func map(_ parts: [CELValue], at id: Int) -> CELResult {
        var collected = MapEntries()
        for index in stride(from: 0, to: parts.count - 1, by: 2) {
            if let error = insert(parts[index + 1], for: parts[index], into: &collected, at: id) {
                return .failure(error)
            }
        }
        return .success(.map(CELMap(entries: collected)))
    }

    func insert(_ value: CELValue, for key: CELValue, into entries: inout MapEntries, at id: Int) -> CELError? {
        let message: String
        switch entries.insert(value, for: key) {
        case .inserted: return nil
        case .repeated: message = "the key \(Text.shown(key)) is there twice"
        case .unsupported: message = "\(key.type.name) cannot be a key"
        }
        return CELError(.invalidArgument, message, at: plan.ranges[id])
    }
}
