import Crypto

/// The tree as RFC 6962 defines it, word for word: over lists, by recursion, with nothing kept.
enum TreeModel {
    static func hash(_ entries: ArraySlice<[UInt8]>) throws -> [UInt8] {
        if entries.isEmpty { return try SHA256.digest([UInt8]()).bytes }
        if entries.count == 1 { return try SHA256.digest([0] + entries[entries.startIndex]).bytes }
        let middle = entries.startIndex + split(entries.count)
        return try SHA256.digest([1] + hash(entries[..<middle]) + hash(entries[middle...])).bytes
    }

    /// PATH(m, D[n])
    static func path(_ m: Int, _ entries: ArraySlice<[UInt8]>) throws -> [[UInt8]] {
        if entries.count <= 1 { return [] }
        let k = split(entries.count)
        let middle = entries.startIndex + k
        if m < k { return try path(m, entries[..<middle]) + [hash(entries[middle...])] }
        return try path(m - k, entries[middle...]) + [hash(entries[..<middle])]
    }

    /// SUBPROOF(m, D[n], b)
    static func subproof(_ m: Int, _ entries: ArraySlice<[UInt8]>, _ isWhole: Bool) throws -> [[UInt8]] {
        if m == entries.count { return isWhole ? [] : [try hash(entries)] }
        let k = split(entries.count)
        let middle = entries.startIndex + k
        if m <= k { return try subproof(m, entries[..<middle], isWhole) + [hash(entries[middle...])] }
        return try subproof(m - k, entries[middle...], false) + [hash(entries[..<middle])]
    }

    /// The largest power of two smaller than n.
    private static func split(_ n: Int) -> Int {
        var k = 1
        while k * 2 < n { k *= 2 }
        return k
    }
}
