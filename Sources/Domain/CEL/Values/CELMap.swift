internal import Spelling

/// Where maps of the host live, with strings for keys: a table of which each row is one map.
public protocol CELMapSource: AnyObject, Sendable {
    /// How many keys the map in that row has.
    func count(of row: Int) -> Int

    /// Its keys, in an order that does not change from run to run.
    func keys(of row: Int) -> [String]

    /// What it has under that key.
    func value(forKey key: String, of row: Int) -> CELLookup
}

/// A map: of values, or of the host's. Iteration follows the order in which entries were written.
public struct CELMap: Sendable {
    enum Storage: Sendable {
        case entries(MapEntries)
        case host(any CELMapSource, row: Int)
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
    public init(_ source: any CELMapSource, row: Int) { storage = .host(source, row: row) }

    /// The map without keys.
    public static let empty = CELMap(entries: MapEntries())

    init(entries: MapEntries) { storage = .entries(entries) }

    /// How many keys there are.
    public var count: Int {
        switch storage {
        case .entries(let entries): entries.keys.count
        case .host(let source, let row): source.count(of: row)
        }
    }

    /// The keys in their order.
    public var keys: [CELValue] {
        switch storage {
        case .entries(let entries): entries.keys
        case .host(let source, let row): source.keys(of: row).map { .string($0) }
        }
    }

    /// What is under that key. A number finds the key that is equal to it, whatever the two types.
    public func value(for key: CELValue) -> CELLookup {
        switch storage {
        case .entries(let entries):
            guard let key = MapKey(key), let index = entries.index[key] else { return .absent }
            return .value(entries.values[index])
        case .host(let source, let row):
            guard case .string(let name) = key else { return .absent }
            return source.value(forKey: name, of: row)
        }
    }

    /// What is under that string.
    public func value(named name: String) -> CELLookup {
        switch storage {
        case .entries(let entries):
            guard let index = entries.index[.string(ByteString(name))] else { return .absent }
            return .value(entries.values[index])
        case .host(let source, let row):
            return source.value(forKey: name, of: row)
        }
    }
}
