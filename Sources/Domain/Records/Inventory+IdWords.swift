/// Ids of many rows at once, for what sorts them.
extension Inventory {
    /// For each row eight bytes of its id as a number of the same order, from where the ids begin to differ; past the end
    /// of an id there are zeros.
    ///
    /// Every step goes over all rows by itself, so that ids far apart in memory are waited for together.
    public func idWords(_ rows: [UInt32]) -> [UInt64] {
        let ends = columns.idEnds.span
        let ids = rows.map { row in
            let row = Int(row)
            return IdPlace(start: row == 0 ? 0 : ends[row - 1], end: ends[row])
        }
        guard let first = ids.first else { return [] }
        let bytes = columns.idBytes.span
        let common = ids.reduce(first.count) { min($0, Self.commonPrefix(first, $1, upTo: $0, in: bytes)) }
        return ids.map { id in
            let rest = id.count - common
            let word = Self.word(Int(id.start) + common, in: bytes).byteSwapped
            return rest >= 8 ? word : rest <= 0 ? 0 : word & ~(UInt64.max >> UInt64(rest * 8))
        }
    }

    private struct IdPlace {
        let start: UInt32
        let end: UInt32

        var count: Int { Int(end - start) }
    }

    private static func commonPrefix(_ left: IdPlace, _ right: IdPlace, upTo most: Int, in bytes: Span<UInt8>) -> Int {
        let most = min(most, right.count)
        var equal = 0
        while equal < most {
            let difference = word(Int(left.start) + equal, in: bytes) ^ word(Int(right.start) + equal, in: bytes)
            if difference != 0 { return min(most, equal + difference.trailingZeroBitCount / 8) }
            equal += 8
        }
        return most
    }

    /// Eight bytes, the first the lowest; past the end there are zeros.
    @inline(__always)
    private static func word(_ start: Int, in bytes: Span<UInt8>) -> UInt64 {
        if start + 8 <= bytes.count {
            return UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self))
        }
        var word: UInt64 = 0
        for index in start..<max(start, bytes.count) { word |= UInt64(bytes[index]) << UInt64((index - start) * 8) }
        return word
    }
}
