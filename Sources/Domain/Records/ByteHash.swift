/// Hashing and comparing short byte strings.
///
/// The hash is fixed, for nothing may depend on a process's own seed. Ids come from outside, so a table that uses it
/// stays correct, and only slower, on strings that were made to collide.
enum ByteHash {
    private static let first: UInt64 = 0x9E37_79B9_7F4A_7C15
    private static let second: UInt64 = 0xD6E8_FEB8_6659_FD93

    @inline(__always)
    static func mix(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    static func hash(_ span: Span<UInt8>, seed: UInt64 = 0) -> UInt64 {
        span.withUnsafeBytes { bytes in
            var state = seed ^ mix(UInt64(truncatingIfNeeded: bytes.count) ^ first, second)
            var offset = 0
            while offset + 8 <= bytes.count {
                state = mix(state ^ bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self), first)
                offset += 8
            }
            if offset < bytes.count {
                var tail: UInt64 = 0
                for index in offset..<bytes.count { tail = tail << 8 | UInt64(bytes[index]) }
                state = mix(state ^ tail, second)
            }
            return mix(state, first)
        }
    }

    static func equal(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { a in
            right.withUnsafeBytes { b in
                var offset = 0
                while offset + 8 <= a.count {
                    if a.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                        != b.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    {
                        return false
                    }
                    offset += 8
                }
                while offset < a.count {
                    if a[offset] != b[offset] { return false }
                    offset += 1
                }
                return true
            }
        }
    }
}
