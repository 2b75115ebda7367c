/// Finds a record by source, kind and id: open addressing over row numbers.
///
/// The bits of a slot that no row number needs hold bits of the hash, so that one look at memory tells most strangers
/// apart.
struct IdIndex: Sendable {
    private var slots: [UInt32]
    private let mask: Int
    private let rowMask: UInt32

    private static let empty = UInt32.max

    /// An index over all rows, and the rows whose id an earlier row has already, each with that earlier row.
    init(_ columns: Columns, duplicates: inout [(first: Int, second: Int)]) {
        var capacity = 64
        while capacity * 3 < columns.count * 4 { capacity *= 2 }
        slots = Array(repeating: Self.empty, count: capacity)
        mask = capacity - 1
        // A row number never has all its bits set, so that no slot in use looks empty.
        rowMask = UInt32.max >> UInt32((UInt32(columns.count) + 1).leadingZeroBitCount)
        let bytes = columns.idBytes.span
        for row in 0..<columns.count {
            let id = bytes.extracting(columns.idRange(row))
            let hash = Self.hash(id, kind: columns.kinds[row], source: columns.sources[row])
            let slot = find(id, columns.kinds[row], columns.sources[row], hash: hash, in: columns)
            if slots[slot] == Self.empty {
                slots[slot] = tag(hash) | UInt32(row)
            } else {
                duplicates.append((Int(slots[slot] & rowMask), row))
            }
        }
    }

    func row(_ id: Span<UInt8>, kind: Kind, source: UInt16, in columns: Columns) -> Int? {
        let hash = Self.hash(id, kind: kind, source: source)
        let slot = find(id, kind, source, hash: hash, in: columns)
        return slots[slot] == Self.empty ? nil : Int(slots[slot] & rowMask)
    }

    var footprint: Int { slots.count * 4 }

    private func find(_ id: Span<UInt8>, _ kind: Kind, _ source: UInt16, hash: UInt64, in columns: Columns) -> Int {
        let tag = tag(hash)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != Self.empty {
            if slots[slot] & ~rowMask == tag {
                let row = Int(slots[slot] & rowMask)
                if columns.kinds[row] == kind, columns.sources[row] == source,
                    ByteHash.equal(columns.idBytes.span.extracting(columns.idRange(row)), id)
                {
                    return slot
                }
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private static func hash(_ id: Span<UInt8>, kind: Kind, source: UInt16) -> UInt64 {
        ByteHash.hash(id, seed: UInt64(kind.rawValue) << 32 | UInt64(source))
    }

    private func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) & ~rowMask }
}
