internal import CanonicalJSON

/// Readers of JUnit files stumble over very long texts.
private let longestText = 8 << 10

extension [UInt8] {
    /// Cuts UTF-8 that is longer than readers take, between two characters.
    mutating func shorten() {
        guard count > longestText else { return }
        var end = longestText
        while end > 0, self[end] & 0xC0 == 0x80 { end -= 1 }
        removeSubrange(end...)
        append(literal: "…")
    }
}

extension String {
    /// The text, cut where it is longer than readers take.
    func shortened() -> String {
        var bytes = Array(utf8)
        bytes.shorten()
        return String(decoding: bytes, as: UTF8.self)
    }
}
