/// A string that equals another only byte for byte: neither the expression language nor any source knows Unicode
/// normalisation, and Swift's `==` does.
public struct ByteString: Hashable, Sendable {
    /// The string.
    public let text: String

    /// The string as its bytes.
    public init(_ text: String) { self.text = text }

    /// Whether both hold the same bytes.
    public static func == (left: ByteString, right: ByteString) -> Bool { left.text.hasSameBytes(as: right.text) }

    /// By the bytes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(text.utf8.count)
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension String {
    /// Whether both hold the same bytes. Strings that Swift calls different always differ in their bytes.
    public func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count, self == other else { return false }
        return utf8.elementsEqual(other.utf8)
    }

    /// Whether it comes first by code point, which is the order of its bytes.
    public func precedesByBytes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

extension Sequence<String> {
    /// Each string once, byte for byte, in the order of their bytes.
    public func sortedByBytes() -> [String] {
        Set(map(ByteString.init)).map(\.text).sorted { $0.precedesByBytes($1) }
    }
}
