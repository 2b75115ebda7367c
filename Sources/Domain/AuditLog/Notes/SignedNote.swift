internal import Crypto

/// A text and the signatures under it.
///
/// - Source: C2SP signed-note.
public struct SignedNote: Equatable, Sendable {
    struct Signature: Equatable, Sendable {
        let name: String
        let id: [UInt8]
        let bytes: [UInt8]
    }

    /// How large a note may be, in bytes, and how many signatures it may bear.
    static let largest = 64 << 10
    static let mostSignatures = 64

    /// What was signed; it ends with a line feed.
    public let text: String
    let signatures: [Signature]

    init(text: String, signatures: [Signature]) {
        (self.text, self.signatures) = (text, signatures)
    }

    /// Reads a note. That says nothing of whether it is to be trusted: `verify` does.
    public init(_ bytes: [UInt8]) throws(AuditError) {
        guard bytes.count <= Self.largest, let note = String(validating: bytes, as: UTF8.self),
            !bytes.contains(where: { $0 < 0x20 && $0 != 0x0A }), bytes.last == 0x0A
        else { throw Self.malformed }
        let lines = note.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        guard let blank = lines.lastIndex(where: \.isEmpty), blank > lines.startIndex,
            (1...Self.mostSignatures).contains(lines.endIndex - blank - 1)
        else { throw Self.malformed }
        var signatures: [Signature] = []
        for line in lines[(blank + 1)...] {
            signatures.append(try Self.signature(String(decoding: line, as: UTF8.self)))
        }
        text = String(decoding: Array(lines[..<blank].joined(separator: [0x0A])), as: UTF8.self) + "\n"
        self.signatures = signatures
    }

    /// The note, as it is published.
    public var bytes: [UInt8] {
        let lines = signatures.map { "\u{2014} \($0.name) \(Base64.encode($0.id + $0.bytes))\n" }
        return Array("\(text)\n\(lines.joined())".utf8)
    }

    /// Whether one of the keys signed this, and none of them is under a text that it did not sign.
    func isSigned(by keys: [LogKey]) -> Bool {
        var isSigned = false
        for signature in signatures {
            for key in keys where key.name == signature.name && key.id == signature.id {
                guard key.key.isValid(signature.bytes, for: Array(text.utf8)) else { return false }
                isSigned = true
            }
        }
        return isSigned
    }

    private static let malformed = AuditError(
        .malformed, "", "this is no signed note", hint: "a note ends with a blank line and lines of signatures")

    private static func signature(_ line: String) throws(AuditError) -> Signature {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "\u{2014}", LogKey.isName(parts[1]), let bytes = Base64.decode(parts[2]),
            bytes.count > 4
        else { throw malformed }
        return Signature(name: parts[1], id: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
    }
}
