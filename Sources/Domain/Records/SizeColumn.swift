/// Counts of bytes or tokens: four bytes a record, and a side table for the few that are larger. Rows behind the last are
/// unknown.
struct SizeColumn: Sendable {
    static let unknown = UInt32.max
    private static let inTable = UInt32.max - 1

    var small: [UInt32] = []
    private var large: [Int: Int64] = [:]

    subscript(row: Int) -> Int64? {
        guard row < small.count else { return nil }
        return switch small[row] {
        case Self.unknown: nil
        case Self.inTable: large[row]
        case let value: Int64(value)
        }
    }

    /// Appends as many sizes as that, of which negative ones are unknown, behind so many rows.
    @inline(__always)
    mutating func append(_ added: Int, after first: Int, _ size: (Int) -> Int64) {
        small.append(contentsOf: repeatElement(Self.unknown, count: first - small.count))
        small.append(added) { Self.code(size($0)) }
        for place in 0..<added where small[first + place] == Self.inTable { large[first + place] = size(place) }
    }

    /// Makes a row's size unknown.
    mutating func forget(_ row: Int) { if row < small.count { small[row] = Self.unknown } }

    private static func code(_ value: Int64) -> UInt32 {
        if value < 0 { return unknown }
        return value < Int64(inTable) ? UInt32(truncatingIfNeeded: value) : inTable
    }

    mutating func append(_ value: Int64?) {
        let code = Self.code(value ?? -1)
        if code == Self.inTable { large[small.count] = value }
        small.append(code)
    }
}
