internal import COpenSSL

/// Signatures with Ed25519.
///
/// A key of OpenSSL belongs to one owner, and is used by one thread at a time.
///
/// - Source: RFC 8032, section 5.1; keys in files as RFC 8410 has them.
public enum Ed25519 {
    /// A key with which a signature is checked: 32 bytes.
    public struct PublicKey: Hashable, Sendable {
        /// The bytes, always 32.
        public let bytes: [UInt8]

        /// The key of these bytes; nil where they are not 32, or spell a point in another way than the one.
        public init?(bytes: [UInt8]) {
            guard bytes.count == 32, Self.isCanonical(bytes) else { return nil }
            self.bytes = bytes
        }

        /// The key of a text: Base64 of its 32 bytes, or a PEM block `PUBLIC KEY`.
        public init?(text: String) {
            let plain = trimmed(text)
            if let bytes = Base64.decode(plain) {
                self.init(bytes: bytes)
                return
            }
            guard let der = block("PUBLIC KEY", of: plain), der.count == 44, Array(der.prefix(12)) == Self.prefix else {
                return nil
            }
            self.init(bytes: Array(der.suffix(32)))
        }

        /// The bytes in Base64.
        public var text: String { Base64.encode(bytes) }

        /// SubjectPublicKeyInfo of Ed25519 up to the key.
        private static let prefix: [UInt8] = [
            0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
        ]

        /// Whether y is below 2^255 - 19. Else two texts could be one key.
        private static func isCanonical(_ bytes: [UInt8]) -> Bool {
            bytes[31] & 0x7F != 0x7F || bytes[1..<31].contains { $0 != 0xFF } || bytes[0] < 0xED
        }

        /// Whether the signature is this key's over the message.
        public func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
            guard signature.count == 64 else { return false }
            let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
            defer { unsafe EVP_PKEY_free(key) }
            let context = unsafe EVP_MD_CTX_new()
            defer { unsafe EVP_MD_CTX_free(context) }
            guard unsafe key != nil, unsafe context != nil,
                unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            else { return false }
            return unsafe EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
    }

    /// A key with which a signature is made. It is never printed.
    public struct PrivateKey: Sendable {
        private let seed: [UInt8]

        /// The key of a PEM block `PRIVATE KEY` (PKCS #8, not encrypted), as `openssl genpkey -algorithm ed25519` makes.
        public init?(pem: String) {
            guard let der = block("PRIVATE KEY", of: trimmed(pem)), der.count == 48,
                Array(der.prefix(16)) == Self.prefix
            else { return nil }
            seed = Array(der.suffix(32))
        }

        /// The key of these 32 bytes, which RFC 8032 calls the private key; nil where they are not 32.
        public init?(seed: [UInt8]) {
            guard seed.count == 32 else { return nil }
            self.seed = seed
        }

        /// PrivateKeyInfo of Ed25519 up to the seed.
        private static let prefix: [UInt8] = [
            0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
        ]

        /// The key that checks this one's signatures.
        public func publicKey() throws(CryptoError) -> PublicKey {
            var bytes = [UInt8](repeating: 0, count: 32)
            var count = bytes.count
            let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
            defer { unsafe EVP_PKEY_free(key) }
            guard unsafe key != nil, unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1,
                let found = PublicKey(bytes: bytes)
            else { throw CryptoError(operation: "Ed25519") }
            return found
        }

        /// The signature over a message: 64 bytes.
        public func signature(for message: [UInt8]) throws(CryptoError) -> [UInt8] {
            var signature = [UInt8](repeating: 0, count: 64)
            var count = signature.count
            let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
            defer { unsafe EVP_PKEY_free(key) }
            let context = unsafe EVP_MD_CTX_new()
            defer { unsafe EVP_MD_CTX_free(context) }
            guard unsafe key != nil, unsafe context != nil,
                unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1,
                unsafe EVP_DigestSign(context, &signature, &count, message, message.count) == 1, count == 64
            else { throw CryptoError(operation: "Ed25519") }
            return signature
        }
    }
}

/// The text without white space at its ends.
private func trimmed(_ text: String) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    return String(decoding: text.utf8.drop(while: isSpace).reversed().drop(while: isSpace).reversed(), as: UTF8.self)
}

/// The bytes of a text that is one PEM block with this label, and nothing else.
private func block(_ label: String, of text: String) -> [UInt8]? {
    let lines = text.utf8.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }).map {
        String(decoding: $0, as: UTF8.self)
    }
    guard lines.count > 2, lines.first == "-----BEGIN \(label)-----", lines.last == "-----END \(label)-----" else {
        return nil
    }
    return Base64.decode(lines.dropFirst().dropLast().joined())
}
