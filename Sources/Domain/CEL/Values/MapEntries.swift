internal import Spelling

/// Entries in order, found by key.
struct MapEntries: Sendable {
    enum Insertion { case inserted, repeated, unsupported }

    private(set) var keys: [CELValue] = []
    private(set) var values: [CELValue] = []
    private(set) var index: [MapKey: Int] = [:]

    mutating func insert(_ value: CELValue, for key: CELValue) -> Insertion {
        if case .double = key { return .unsupported }
        guard let lookup = MapKey(key) else { return .unsupported }
        guard index.updateValue(keys.count, forKey: lookup) == nil else { return .repeated }
        keys.append(key)
        values.append(value)
        return .inserted
    }
}

/// A key in the form in which equal numbers are one: 1, 1u and 1.0 find the same entry.
enum MapKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    case large(UInt64)
    case string(ByteString)

    init?(_ value: CELValue) {
        switch value {
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .uint(let number): self = Int64(exactly: number).map(MapKey.int) ?? .large(number)
        case .double(let number):
            if let exact = Int64(exactly: number) {
                self = .int(exact)
            } else if let exact = UInt64(exactly: number) {
                self = .large(exact)
            } else {
                return nil
            }
        case .string(let text): self = .string(ByteString(text))
        default: return nil
        }
    }
}
