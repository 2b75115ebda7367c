internal import Records

/// Numbers for the records whose last activity follows from other records. All others tell it themselves.
struct ActivitySlots: Sendable {
    static let none = UInt32.max

    private(set) var slots: [UInt32]
    private(set) var count = 0

    static let derivedKinds = KindSet([.thread, .conversation, .assistant, .file, .vectorStoreFile])

    init(_ inventory: Inventory, _ segments: Segments) {
        slots = Array(repeating: Self.none, count: inventory.count)
        for segment in segments.all where Self.derivedKinds.has(segment.kind) {
            for row in segment.rows {
                slots[row] = UInt32(count)
                count += 1
            }
        }
    }
}
