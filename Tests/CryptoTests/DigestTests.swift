import Crypto
import Testing

@Suite struct DigestTests {
    /// - Source: FIPS 180-4 example values.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 gives the standard's values`(text: String, hex: String) throws {
        #expect(try SHA256.digest(text).hex == hex)
    }

    @Test(arguments: [1, 7, 63, 64, 65, 4096])
    func `bytes in pieces have the digest of the whole`(piece: Int) throws {
        let bytes = (0..<10_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var hash = try SHA256()
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try hash.update(Array(bytes[start..<min(start + piece, bytes.count)]))
        }
        #expect(try hash.finish() == SHA256.digest(bytes))
    }

    /// - Source: RFC 4231, test cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        ([], "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ])
    func `HMAC gives the standard's values`(key: [UInt8], message: String, hex: String) throws {
        #expect(try HMACSHA256.authenticate(message, key: key).hex == hex)
    }
}
