internal import Crypto

/// A hash of something that a record holds, in whatever spelling it stands there.
///
/// Where no hash was made, whoever writes one with each record writes nothing, or a word; and where there is nothing to
/// hash, the hash of nothing. Records that agree in such a value have nothing in common, and none may go for it.
struct ContentHash: Hashable {
    private let bytes: [UInt8]

    /// The hash that a value is: of 128 bits at least, in hexadecimal, or in base64 with its padding; the name of its
    /// algorithm may stand before it, as in `sha256:` and `md5-`. Nil where it is none, and that of nothing is none.
    ///
    /// What is shorter, such as a CRC, is the same for different contents too often to delete by it.
    init?(_ text: String) {
        let named = text.firstIndex { $0 == ":" || $0 == "-" }.map { text[text.index(after: $0)...] }
        guard let bytes = Self.bytes(text[...]) ?? named.flatMap(Self.bytes), Self.sizes.contains(bytes.count),
            bytes.contains(where: { $0 != bytes[0] }),
            !Self.ofNothing.contains(bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
        else { return nil }
        self.bytes = bytes
    }

    /// The sizes of digests in bytes: MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512, and others of the same sizes.
    private static let sizes: Set<Int> = [16, 20, 28, 32, 48, 64]

    /// How the digests of no bytes at all begin: MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512.
    ///
    /// - Source: RFC 1321, appendix A.5, and FIPS 180-4, as `printf '' | openssl dgst` has them.
    private static let ofNothing: Set<UInt64> = [
        0xD41D_8CD9_8F00_B204, 0xDA39_A3EE_5E6B_4B0D, 0xD14A_028C_2A3A_2BC9, 0xE3B0_C442_98FC_1C14,
        0x38B0_60A7_51AC_9638, 0xCF83_E135_7EEF_B8BD,
    ]

    private static func bytes(_ text: Substring) -> [UInt8]? {
        guard (24...128).contains(text.utf8.count) else { return nil }
        // Without its padding, a word could be base64.
        return text.utf8.last == UInt8(ascii: "=") ? Base64.decode(String(text)) : hexadecimal(text)
    }

    private static func hexadecimal(_ text: Substring) -> [UInt8]? {
        let digits = text.compactMap { $0.isASCII ? $0.hexDigitValue.map(UInt8.init) : nil }
        guard digits.count == text.utf8.count, digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
