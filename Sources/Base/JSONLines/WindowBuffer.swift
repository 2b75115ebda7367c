internal import Glibc

/// A growing block of bytes that the parser may read a little beyond.
@safe
final class WindowBuffer: @unchecked Sendable {
    // Proof of Sendable: one thread fills the block, hands it on, and does not touch it again until it comes back.
    private(set) var start: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe start = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + JSONParser.padding)
        unsafe (start + capacity).initialize(repeating: 0, count: JSONParser.padding)
    }

    deinit { unsafe start.deallocate() }

    var free: Int { capacity - count }

    var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: start, count: count) }

    /// Makes room for this many more bytes, at least doubling.
    func reserve(_ more: Int) {
        guard free < more else { return }
        let wanted = max(capacity * 2, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + JSONParser.padding)
        unsafe moved.update(from: start, count: count)
        unsafe (moved + wanted).initialize(repeating: 0, count: JSONParser.padding)
        unsafe start.deallocate()
        unsafe start = moved
        capacity = wanted
    }

    func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        unsafe (start + count).update(from: base, count: bytes.count)
        count += bytes.count
    }

    func append(_ byte: UInt8) {
        reserve(1)
        unsafe start[count] = byte
        count += 1
    }

    /// Puts a zero behind the last byte, where the parser stops.
    func terminate() { unsafe start[count] = 0 }

    /// Drops the first bytes and moves the rest to the front.
    func removeFirst(_ dropped: Int) {
        unsafe memmove(start, start + dropped, count - dropped)
        count -= dropped
    }
}
