/// A map: of values, or of the host's. Iteration follows the order in which entries were written.
public struct CELMap: Sendable {
    enum Storage: Sendable {
        case entries(MapEntries)
        case host(any CELMapping)
    }

    let storage: Storage

    /// A map of these entries, or nil where a key repeats (`1` and `1u` are one key) or is of a type that cannot be one.
    public init?(_ entries: [(key: CELValue, value: CELValue)]) {
        var collected = MapEntries()
        for entry in entries {
            guard collected.insert(entry.value, for: entry.key) == .inserted else { return nil }
        }
        storage = .entries(collected)
    }

    /// A map that the host holds.
    public init(host: any CELMapping) { storage = .host(host) }

    init(entries: MapEntries) { storage = .entries(entries) }

    /// How many keys there are.
    public var count: Int {
        switch storage {
        case .entries(let entries): entries.keys.count
        case .host(let host): host.count
        }
    }

    /// The keys in their order.
    public var keys: [CELValue] {
        switch storage {
        case .entries(let entries): entries.keys
        case .host(let host): host.keys.map { .string($0) }
        }
    }

    /// What is under that key. A number finds the key that is equal to it, whatever the two types.
    public func value(for key: CELValue) -> CELLookup {
        switch storage {
        case .entries(let entries):
            guard let key = MapKey(key), let index = entries.index[key] else { return .absent }
            return .value(entries.values[index])
        case .host(let host):
            guard case .string(let name) = key else { return .absent }
            return host.value(forKey: name)
        }
    }

    /// What is under that string.
    public func value(named name: String) -> CELLookup {
        switch storage {
        case .entries(let entries):
            guard let index = entries.index[.string(ByteString(name))] else { return .absent }
            return .value(entries.values[index])
        case .host(let host):
            return host.value(forKey: name)
        }
    }
}

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
