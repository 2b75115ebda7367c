import Crypto
import Testing

@Suite struct Ed25519Tests {
    /// - Source: RFC 8032, section 7.1, tests 1 to 3.
    private static let vectors = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ]

    private func bytes(_ hex: String) -> [UInt8] {
        stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }

    private func pem(_ seed: [UInt8]) -> String {
        let der: [UInt8] = [0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20] + seed
        return "-----BEGIN PRIVATE KEY-----\n\(Base64.encode(der))\n-----END PRIVATE KEY-----\n"
    }

    @Test(arguments: vectors)
    func `keys and signatures are the standard's`(seed: String, key: String, message: String, signature: String) throws
    {
        let own = try #require(Ed25519.PrivateKey(pem: pem(bytes(seed))))
        let found = try own.publicKey()
        #expect(found.bytes == bytes(key))
        #expect(try own.signature(for: bytes(message)) == bytes(signature))
        #expect(found.isValid(bytes(signature), for: bytes(message)))
        for bit in [0, 100, 300, 511] {
            var forged = bytes(signature)
            forged[bit / 8] ^= 1 << (bit % 8)
            #expect(!found.isValid(forged, for: bytes(message)))
        }
        #expect(!found.isValid(bytes(signature), for: bytes(message) + [0]))
        #expect(!found.isValid(Array(bytes(signature).dropLast()), for: bytes(message)))
    }

    @Test func `a public key is read from PEM and from Base64, and nothing else`() throws {
        let key = bytes(Self.vectors[0].1)
        let plain = Base64.encode(key)
        let der: [UInt8] = [0x30, 0x2A, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 3, 0x21, 0] + key
        let block = "-----BEGIN PUBLIC KEY-----\n\(Base64.encode(der))\n-----END PUBLIC KEY-----\n"
        #expect(Ed25519.PublicKey(text: plain + "\n")?.bytes == key)
        #expect(Ed25519.PublicKey(text: block)?.bytes == key)
        for bad in [
            "", plain.dropLast() + "", plain + plain, "x" + block, block + block,
            block.replacing("PUBLIC", with: "RSA"),
            block.replacing("MCow", with: "MCox"), pem(key),
        ] {
            #expect(Ed25519.PublicKey(text: bad) == nil, "\(bad)")
        }
        for bad in ["", block, pem(key) + pem(key), pem(Array(key.dropLast()))] {
            #expect(Ed25519.PrivateKey(pem: bad) == nil)
        }
    }

    @Test func `a point spelt in another way than the one is no key`() {
        let modulus: [UInt8] = [0xED] + Array(repeating: 0xFF, count: 30) + [0x7F]
        #expect(Ed25519.PublicKey(bytes: modulus) == nil)
        #expect(Ed25519.PublicKey(bytes: [0xEC] + modulus.dropFirst()) != nil)
        #expect(Ed25519.PublicKey(bytes: Array(repeating: 1, count: 31)) == nil)
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")])
    func `Base64 is RFC 4648's, and has one spelling`(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
        for bad in [text + "=", text + "\n", "=" + text, text + "A", "Zh=="] where bad != text {
            #expect(Base64.decode(bad) == nil, "\(bad)")
        }
    }
}
