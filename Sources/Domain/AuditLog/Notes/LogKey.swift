public import Crypto

/// A key that notes are checked with, under the name of who signs with it.
///
/// - Source: C2SP signed-note; the text is that of golang.org/x/mod/sumdb/note.
public struct LogKey: Hashable, Sendable {
    /// The type of a signature: Ed25519 over the note's text.
    static let type: UInt8 = 1

    /// Who signs: the origin of a log.
    public let name: String
    /// What signatures are checked with.
    public let key: Ed25519.PublicKey
    /// The four bytes by which a signature names this key.
    public let id: [UInt8]

    /// The key under a name.
    ///
    /// - Throws: where the name is empty, or holds a space, a plus sign or a control character.
    public init(name: String, key: Ed25519.PublicKey) throws(AuditError) {
        guard Self.isName(name) else {
            throw AuditError(
                .malformed, "", "\"\(name)\" cannot name a log",
                hint: "use a URL without its scheme: audit.example.com/a")
        }
        let digest = try crypto { () throws(CryptoError) in
            try SHA256.digest(Array(name.utf8) + [0x0A, Self.type] + key.bytes)
        }
        (self.name, self.key, id) = (name, key, Array(digest.bytes.prefix(4)))
    }

    /// Reads `name+id+key`, as `text` writes it; white space at its ends is left out.
    public init(text: String) throws(AuditError) {
        let line = text.split(whereSeparator: \.isWhitespace)
        let parts = line.count == 1 ? line[0].split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false) : []
        guard parts.count == 3, let bytes = Base64.decode(String(parts[2])), bytes.first == Self.type,
            let key = Ed25519.PublicKey(bytes: Array(bytes.dropFirst()))
        else { throw AuditError(.malformed, "", "this is no verifier key", hint: "it looks like name+0123abcd+AQID…") }
        try self.init(name: String(parts[0]), key: key)
        guard hexadecimal(id) == parts[1] else {
            throw AuditError(.malformed, "", "the id of this verifier key is not that of its name and bytes")
        }
    }

    /// The key as a line of text, without a line feed.
    public var text: String { "\(name)+\(hexadecimal(id))+\(Base64.encode([Self.type] + key.bytes))" }

    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 255
            && text.unicodeScalars.allSatisfy {
                $0 != "+" && $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace
            }
    }
}

/// The bytes in lower-case hexadecimal.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
