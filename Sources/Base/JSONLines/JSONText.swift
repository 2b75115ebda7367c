/// A string of a parsed document: its UTF-8, unescaped, still in the parser's memory.
///
/// It lives as long as the document: until the callback that received it returns.
@frozen @safe
public struct JSONText {
    @usableFromInline let start: UnsafePointer<UInt8>
    /// The length in bytes.
    public let count: Int

    @inlinable
    init(start: UnsafePointer<UInt8>, count: Int) {
        unsafe self.start = start
        self.count = count
    }

    /// A copy that outlives the document.
    public var string: String { unsafe String(decoding: bytes, as: UTF8.self) }

    /// The bytes in place.
    @inlinable
    public var bytes: UnsafeBufferPointer<UInt8> { unsafe UnsafeBufferPointer(start: start, count: count) }

    /// Whether the text is exactly this.
    @inlinable @inline(__always)
    public func equals(_ other: StaticString) -> Bool {
        guard count == other.utf8CodeUnitCount, other.hasPointerRepresentation else { return false }
        return unsafe equalBytes(start, other.utf8Start, count)
    }

    /// Whether both hold the same bytes.
    @inlinable
    public func equals(_ other: JSONText) -> Bool {
        unsafe count == other.count && equalBytes(start, other.start, count)
    }

    /// Whether the text is exactly these bytes.
    @inlinable
    public func equals(_ other: [UInt8]) -> Bool {
        guard count == other.count else { return false }
        return unsafe other.withUnsafeBufferPointer { other in
            guard let base = other.baseAddress else { return true }
            return unsafe equalBytes(start, base, count)
        }
    }

    /// Whether the text begins with this.
    @inlinable
    public func hasPrefix(_ prefix: StaticString) -> Bool {
        guard count >= prefix.utf8CodeUnitCount, prefix.hasPointerRepresentation else { return false }
        return unsafe equalBytes(start, prefix.utf8Start, prefix.utf8CodeUnitCount)
    }

    /// Eight bytes from this offset on, the first in the lowest place; zeros behind the text's end.
    @inlinable @inline(__always)
    func word(at offset: Int) -> UInt64 {
        // The parser's memory goes on for more than eight bytes behind every text.
        let word = unsafe UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self).littleEndian
        let rest = count &- offset
        return rest >= 8 ? word : word & ((1 &<< (UInt64(truncatingIfNeeded: rest) &* 8)) &- 1)
    }

    /// Eight bytes from this offset on; those behind the text's end are whatever stands there.
    @inline(__always)
    func rawWord(at offset: Int) -> UInt64 {
        unsafe UnsafeRawPointer(start + offset).loadUnaligned(as: UInt64.self).littleEndian
    }

    /// A fast hash of the bytes; equal texts have equal hashes, and an adversary can make others collide.
    @inlinable
    public var hash: UInt64 { unsafe quickHash(start, count) }
}

@inlinable @unsafe
func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    var index = 0
    guard count < 8 else {
        // The last word overlaps the one before.
        while index &+ 8 < count {
            guard unsafe equalWords(left + index, right + index) else { return false }
            index &+= 8
        }
        return unsafe equalWords(left + (count &- 8), right + (count &- 8))
    }
    while index < count {
        guard unsafe left[index] == right[index] else { return false }
        index &+= 1
    }
    return true
}

@inlinable @inline(__always) @unsafe
func equalWords(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>) -> Bool {
    unsafe UnsafeRawPointer(left).loadUnaligned(as: UInt64.self)
        == UnsafeRawPointer(right).loadUnaligned(as: UInt64.self)
}

@inlinable @unsafe
func quickHash(_ start: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index &+ 8 <= count {
        hash ^= unsafe UnsafeRawPointer(start + index).loadUnaligned(as: UInt64.self)
        hash = (hash &* 0xFF51_AFD7_ED55_8CCD) ^ (hash &>> 32)
        index &+= 8
    }
    var tail: UInt64 = 0
    while index < count {
        tail = tail &<< 8 | UInt64(unsafe start[index])
        index &+= 1
    }
    hash ^= tail
    hash = hash &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash &>> 29)
}
