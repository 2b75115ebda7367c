internal import Crypto

/// What people and objects are called in a log: tokens that only the holder of a key can tell the names of.
///
/// The same name has the same token as long as the key is the same, so that all entries about a person can be found.
/// While the key exists tokens are personal data; destroying it is the erasure that leaves the tree as it was signed.
/// What openings show stays provable.
public struct PseudonymKey: Sendable {
    /// How many bytes a key has at least.
    public static let smallest = 32

    private let secret: [UInt8]
    /// Eight hexadecimal digits by which tokens say which key they are of.
    public let id: String

    /// The key of so many secret bytes.
    ///
    /// - Throws: where they are fewer than 32.
    public init(_ secret: [UInt8]) throws(AuditError) {
        guard secret.count >= Self.smallest else {
            throw AuditError(
                .malformed, "", "a key of pseudonyms has at least 32 bytes, and this one has \(secret.count)",
                hint: "openssl rand -hex 32")
        }
        self.secret = secret
        let code = try crypto { () throws(CryptoError) in try HMACSHA256.authenticate("key id", key: secret) }
        id = hexadecimal(code.bytes.prefix(4))
    }

    /// The key of a text: an even number of hexadecimal digits, as `openssl rand -hex 32` prints.
    public init(hexadecimal text: String) throws(AuditError) {
        let digits = text.split(whereSeparator: \.isWhitespace).joined().utf8.map {
            Character(UnicodeScalar($0)).hexDigitValue
        }
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else {
            throw AuditError(
                .malformed, "", "a key of pseudonyms is written in hexadecimal", hint: "openssl rand -hex 32")
        }
        let values = digits.compactMap(\.self)
        try self.init(stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] << 4 | values[$0 + 1]) })
    }

    /// What a person is called: `hmac-sha256:<key>:<digits>` over `subject`, a zero byte and the id.
    public func token(subject: String) throws(AuditError) -> String { try token(of: Array("subject\0\(subject)".utf8)) }

    /// What an object is called: over `object`, its kind and its id, with zero bytes between.
    public func token(kind: String, id: String) throws(AuditError) -> String {
        try token(of: Array("object\0\(kind)\0\(id)".utf8))
    }

    /// What shows later, without the key, that an entry was about just this detail.
    ///
    /// The salt comes from the key, so that a run which is taken up again finds the same.
    public func opening(of detail: String) throws(AuditError) -> Opening {
        let salt = try code(Array("opening\0\(detail)".utf8))
        return Opening(salt: salt.bytes, detail: detail)
    }

    private func token(of name: [UInt8]) throws(AuditError) -> String { "hmac-sha256:\(id):\(try code(name).hex)" }

    private func code(_ message: [UInt8]) throws(AuditError) -> Digest {
        try crypto { () throws(CryptoError) in try HMACSHA256.authenticate(message, key: secret) }
    }
}
