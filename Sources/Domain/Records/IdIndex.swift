/// Finds a record by source, kind and id: open addressing over row numbers.
///
/// The bits of a slot that no row number needs hold bits of the hash, so that one look at memory tells most strangers
/// apart.
struct IdIndex: Sendable {
    private var slots: [UInt32]
    private let mask: Int
    private let rowMask: UInt32
    private let seed = UInt64.random(in: 0...UInt64.max)

    private static let empty = UInt32.max

    /// An index over all rows, and the rows whose id an earlier row has already, each with that earlier row.
    init(_ columns: Columns, duplicates: inout [(first: Int, second: Int)]) {
        var capacity = 64
        while capacity * 3 < columns.count * 4 { capacity *= 2 }
        slots = Array(repeating: Self.empty, count: capacity)
        mask = capacity - 1
        // A row number never has all its bits set, so that no slot in use looks empty.
        rowMask = UInt32.max >> UInt32((UInt32(columns.count) + 1).leadingZeroBitCount)
        var block = [Seen](repeating: Seen(hash: 0, isFree: false), count: Self.blockSize)
        for first in stride(from: 0, to: columns.count, by: Self.blockSize) {
            let rows = first..<min(first + Self.blockSize, columns.count)
            look(rows, of: columns, into: &block)
            for row in rows { insert(row, block[row - first], columns, &duplicates) }
        }
    }

    /// A row's hash, and whether the slot that it leads to was free when its block was looked at.
    private struct Seen {
        var hash: UInt64
        var isFree: Bool
    }

    /// How many slots are read one right after the other, so that memory answers them together.
    private static let blockSize = 32

    private func look(_ rows: Range<Int>, of columns: Columns, into block: inout [Seen]) {
        let bytes = columns.idBytes.span
        for row in rows {
            let id = bytes.extracting(columns.idRange(row))
            block[row - rows.lowerBound].hash = hash(id, kind: columns.kinds[row], source: columns.sources[row])
        }
        // A loop of its own: the shorter it is, the more reads are under way at once.
        var seen = block.mutableSpan
        let slots = slots.span
        for place in 0..<rows.count {
            seen[place].isFree = slots[Int(truncatingIfNeeded: seen[place].hash) & mask] == Self.empty
        }
    }

    private mutating func insert(
        _ row: Int, _ seen: Seen, _ columns: Columns, _ duplicates: inout [(first: Int, second: Int)]
    ) {
        var slot = Int(truncatingIfNeeded: seen.hash) & mask
        if !seen.isFree || slots[slot] != Self.empty {
            let id = columns.idBytes.span.extracting(columns.idRange(row))
            slot = find(id, columns.kinds[row], columns.sources[row], hash: seen.hash, in: columns)
        }
        if slots[slot] == Self.empty {
            slots[slot] = tag(seen.hash) | UInt32(row)
        } else {
            duplicates.append((Int(slots[slot] & rowMask), row))
        }
    }

    func row(_ id: Span<UInt8>, kind: Kind, source: UInt16, in columns: Columns) -> Int? {
        let hash = hash(id, kind: kind, source: source)
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

    private func hash(_ id: Span<UInt8>, kind: Kind, source: UInt16) -> UInt64 {
        ByteHash.hash(id, seed: seed ^ (UInt64(kind.rawValue) << 32 | UInt64(source)))
    }

    private func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash >> 32) & ~rowMask }
}
