public import Crypto
internal import TextForms

/// An e-mail address, in the spelling under which it is looked for, and in the one under which it is only suspected.
public struct EmailAddress: Sendable, Hashable {
    /// Without the spaces around it, in lower case, in normalization form C, with its host as the DNS has it: two
    /// addresses that agree in this are one, and may be acted on.
    public let exact: String
    /// Besides, without what stands behind a `+`, and of Gmail's without dots: two that agree in this alone are looked at
    /// by a person.
    public let loose: String
    /// As `exact`, with the host as it was written: who reads it again has the same address.
    let written: String

    /// The longest address that a mail server takes has 254 characters; an international one may be spelt longer.
    ///
    /// - Source: RFC 5321, section 4.5.3.1.3.
    private static let mostBytes = 1024

    /// Reads an address: something, an `@`, and a host. Nil for what is none.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.mostBytes, text.utf8.contains(UInt8(ascii: "@")) else { return nil }
        let trimmed = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        guard let folded = String(trimmed).lowercased().composed, let at = folded.lastIndex(of: "@") else { return nil }
        let local = folded[..<at]
        let host = String(folded[folded.index(after: at)...])
        guard !local.isEmpty, !folded.contains(where: \.isWhitespace), let ascii = host.asciiHost else { return nil }
        exact = "\(local)@\(ascii)"
        written = folded
        let base = local.firstIndex(of: "+").map { local[..<$0] } ?? local
        let kept = base.isEmpty ? local : base
        loose =
            ["gmail.com", "googlemail.com"].contains(ascii)
            ? "\(kept.filter { $0 != "." })@gmail.com" : "\(kept)@\(ascii)"
    }

    /// The SHA-256 of the address in hexadecimal, as other systems keep it in its place: of `exact`, and of the spelling
    /// with the host as it was written, where that differs.
    ///
    /// - Source: OpenDSR 2.0, `identity_format: sha256`.
    public func digests() throws(CryptoError) -> [String] {
        let first = try SHA256.digest(exact).hex
        return written == exact ? [first] : [first, try SHA256.digest(written).hex]
    }
}
