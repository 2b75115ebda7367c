/// Sorts by a number of eight bytes: byte by byte from the last, bytes that are all alike left out.
enum RadixSort {
    struct Item {
        let key: UInt64
        let index: UInt32
    }

    /// Below this many, comparing is faster.
    private static let threshold = 512

    /// Sorts by key; items of one key keep their order.
    static func sort(_ items: inout [Item]) {
        guard items.count > threshold else {
            items.sort { ($0.key, $0.index) < ($1.key, $1.index) }
            return
        }
        var other = items
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            if pass(items, &other, shift) { swap(&items, &other) }
        }
    }

    /// One byte; false where all items have the same.
    private static func pass(_ items: [Item], _ sorted: inout [Item], _ shift: UInt64) -> Bool {
        var starts = [Int](repeating: 0, count: 257)
        for item in items { starts[Int(item.key >> shift & 255) + 1] += 1 }
        if starts.contains(items.count) { return false }
        for byte in 1...256 { starts[byte] += starts[byte - 1] }
        for item in items {
            let byte = Int(item.key >> shift & 255)
            sorted[starts[byte]] = item
            starts[byte] += 1
        }
        return true
    }
}
