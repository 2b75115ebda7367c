/// Finds a record by source, kind and id: open addressing over row numbers, with one byte of the hash beside each.
struct IdIndex: Sendable {
    private var slots: [UInt32]
    private var tags: [UInt8]
    private let mask: Int

    private static let empty = UInt32.max

    /// An index over all rows, and the rows whose id an earlier row has already, each with that earlier row.
    init(_ columns: Columns, duplicates: inout [(first: Int, second: Int)]) {
        var capacity = 64
        while capacity * 3 < columns.count * 4 { capacity *= 2 }
        slots = Array(repeating: Self.empty, count: capacity)
        tags = Array(repeating: 0, count: capacity)
        mask = capacity - 1
        let bytes = columns.idBytes.span
        for row in 0..<columns.count {
            let id = bytes.extracting(columns.idRange(row))
            let hash = Self.hash(id, kind: columns.kinds[row], source: columns.sources[row])
            let slot = find(id, columns.kinds[row], columns.sources[row], hash: hash, in: columns)
            if slots[slot] == Self.empty {
                slots[slot] = UInt32(row)
                tags[slot] = Self.tag(hash)
            } else {
                duplicates.append((Int(slots[slot]), row))
            }
        }
    }

    func row(_ id: Span<UInt8>, kind: Kind, source: UInt16, in columns: Columns) -> Int? {
        let hash = Self.hash(id, kind: kind, source: source)
        let slot = find(id, kind, source, hash: hash, in: columns)
        return slots[slot] == Self.empty ? nil : Int(slots[slot])
    }

    var footprint: Int { slots.count * 5 }

    private func find(_ id: Span<UInt8>, _ kind: Kind, _ source: UInt16, hash: UInt64, in columns: Columns) -> Int {
        let tag = Self.tag(hash)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != Self.empty {
            let row = Int(slots[slot])
            if tags[slot] == tag, columns.kinds[row] == kind, columns.sources[row] == source,
                ByteHash.equal(columns.idBytes.span.extracting(columns.idRange(row)), id)
            {
                return slot
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private static func hash(_ id: Span<UInt8>, kind: Kind, source: UInt16) -> UInt64 {
        ByteHash.hash(id, seed: UInt64(kind.rawValue) << 32 | UInt64(source))
    }

    private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 56) }
}
