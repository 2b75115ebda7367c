/// Base64 with the standard alphabet.
///
/// - Source: RFC 4648, section 4.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The number that each byte stands for, and 64 for those that stand for none.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()

    /// With padding.
    static func encoded(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= 8 * UInt32(3 - group.count)
            for place in 0..<4 {
                let isPadding = place > group.count
                text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes, or nil where the text is no base64. Padding may be missing, but not half of it.
    static func decoded(_ text: String) -> [UInt8]? {
        let all = text.utf8
        let padding = all.reversed().prefix(2).prefix { $0 == UInt8(ascii: "=") }.count
        guard padding == 0 || all.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(all.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var count = 0
        for character in all.dropLast(padding) {
            let value = values[Int(character)]
            guard value < 64 else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        // One character alone holds no byte.
        return count < 6 ? bytes : nil
    }
}
