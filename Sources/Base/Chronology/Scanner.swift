/// Reads ASCII fields off the front of a text.
struct Scanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = Substring(text).utf8 }

    var isAtEnd: Bool { rest.isEmpty }
    var peek: UInt8? { rest.first }

    /// Skips the character if it is the next one.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, byte == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// The next byte, whatever it is.
    mutating func next() -> UInt8? { rest.popFirst() }

    /// A number of exactly so many digits; nothing is consumed where there are fewer.
    mutating func digits(_ count: Int) -> Int? {
        let field = rest.prefix(count)
        guard field.count == count, field.allSatisfy(isDigit) else { return nil }
        rest.removeFirst(count)
        return field.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// All digits that follow.
    mutating func digits() -> Substring.UTF8View {
        let field = rest.prefix(while: isDigit)
        rest.removeFirst(field.count)
        return field
    }

    /// The ASCII letters that follow.
    mutating func letters() -> String {
        let field = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
        rest.removeFirst(field.count)
        return String(Substring(field))
    }

    private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
