internal import ProviderFacts
internal import Records
internal import Spelling

/// The ids of what cannot be listed, as the records that are read name them: each once.
struct Harvest: Sendable {
    /// The kinds that are found by their ids alone.
    private let kinds: KindSet
    /// The metadata keys whose values are ids, by their place in the layout.
    private let keys: [(key: Int, kind: Kind)]
    private let registry: Registry
    private var seen: [Kind: StringTable] = [:]
    private(set) var count = 0
    /// The kinds of which more ids were named than are followed.
    private(set) var unfollowed: KindSet = []
    /// How many ids are followed in all.
    let most: Int

    /// A million ids of forty bytes are 60 MB, and a million requests.
    static let usualMost = 1_000_000
    private static let longestId = 256

    /// Nothing found as yet.
    ///
    /// - Parameters:
    ///   - registry: what is known, and so not found; and the metadata keys whose values are ids.
    ///   - metadataKeys: the keys that are read.
    ///   - most: how many ids are followed in all.
    init(_ facts: ProviderFacts, _ registry: Registry, metadataKeys: [String], most: Int) {
        kinds = KindSet(facts.kindsFoundById)
        let kinds = kinds
        keys = registry.keysOfIds.compactMap { key in
            guard kinds.has(key.kind) else { return nil }
            return metadataKeys.firstIndex { $0.hasSameBytes(as: key.name) }.map { ($0, key.kind) }
        }
        self.registry = registry
        self.most = most
    }

    /// An id of a record that nobody knew of.
    struct Find: Sendable, Hashable {
        let kind: Kind
        let id: String
    }

    /// What these records name and nobody knew of: first what they refer to, then what their metadata says, in their
    /// order. A value that can be no id names nothing.
    mutating func take(_ batch: RecordBatch) -> [Find] {
        guard !kinds.isEmpty else { return [] }
        var finds: [Find] = []
        batch.forEachNamed(kinds) { kind, id in take(id, kind, &finds) }
        for (key, kind) in keys {
            batch.forEachValue(ofMetadataKey: key) { take($0, kind, &finds) }
        }
        return finds
    }

    private mutating func take(_ bytes: Span<UInt8>, _ kind: Kind, _ finds: inout [Find]) {
        guard Self.isId(bytes), !registry.knows(bytes, kind) else { return }
        guard seen[kind]?.knownCode(bytes) == nil else { return }
        guard count < most else {
            unfollowed.formUnion(KindSet(kind))
            return
        }
        _ = seen[kind, default: StringTable()].code(bytes)
        count += 1
        finds.append(Find(kind: kind, id: bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }))
    }

    /// Ids are opaque, and made of letters, digits and a few signs. Metadata may hold anything: what a person wrote
    /// there is not sent to a service, nor shown as the path of a request.
    private static func isId(_ bytes: Span<UInt8>) -> Bool {
        guard (1...longestId).contains(bytes.count) else { return false }
        var hasWord = false
        for place in bytes.indices {
            switch bytes[place] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                hasWord = true
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"): break
            default: return false
            }
        }
        return hasWord
    }
}
