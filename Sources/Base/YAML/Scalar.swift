/// A scalar: its text, how it was written, and where.
public struct Scalar: Sendable {
    /// How a scalar is written.
    public enum Style: Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// The text, escapes resolved and lines folded.
    public let text: String

    /// How it was written.
    public let style: Style

    /// Where it starts, anchor and tag included.
    public let mark: Mark

    /// Whether it may stand for something other than a string: unquoted, and not tagged as one.
    public let isPlain: Bool

    let origin: Origin

    /// The code points of the file that spell a scalar.
    struct Origin: Sendable {
        let source: SourceText
        let start: Int
        let end: Int
    }

    /// The same scalar where an alias repeats it.
    func standing(at mark: Mark) -> Scalar {
        Scalar(text: text, style: style, mark: mark, isPlain: isPlain, origin: origin)
    }
}

/// What a scalar stands for in YAML 1.2's core schema, floating-point numbers kept as written.
public enum Resolved: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(String)
    case string(String)
}

extension Scalar {
    /// What the scalar stands for in the core schema: `no` and `12:30` are strings, `010` is ten.
    ///
    /// An integer that does not fit 64 bits is a number.
    public var resolved: Resolved {
        guard isPlain else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        case ".nan", ".NaN", ".NAN": return .number(text)
        default: break
        }
        if text.hasPrefix("0x"), let value = Int64(digits: text.dropFirst(2), radix: 16) { return .integer(value) }
        if text.hasPrefix("0o"), let value = Int64(digits: text.dropFirst(2), radix: 8) { return .integer(value) }
        guard Self.isNumber(text.utf8) else { return .string(text) }
        return Int64(text).map { .integer($0) } ?? .number(text)
    }

    /// Whether the text is `[-+]? ( digits | digits.digits? | .digits | .inf ) exponent?`.
    private static func isNumber(_ text: String.UTF8View) -> Bool {
        var rest = text[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        if [".inf", ".Inf", ".INF"].contains(where: { rest.elementsEqual($0.utf8) }) { return true }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var hasDigits = !whole.isEmpty
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            rest = rest.dropFirst(1 + fraction.count)
            hasDigits = hasDigits || !fraction.isEmpty
        }
        guard hasDigits else { return false }
        guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return rest.isEmpty }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension Int64 {
    /// Digits alone: the standard initialiser would take a sign as well.
    fileprivate init?(digits: Substring, radix: Int) {
        guard let first = digits.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+") else { return nil }
        self.init(digits, radix: radix)
    }
}
