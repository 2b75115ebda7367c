import Chronology
import Crypto
import Records
import YAML

extension DocumentFile {
    /// The value of a scalar shape, or nil after a report.
    mutating func checkScalar(_ node: Node, as shape: Shape) -> Checked? {
        guard let scalar = node.scalar else { return mismatch(node, wanted: shape.noun) }
        switch shape {
        case .boolean:
            guard case .bool(let flag) = scalar.resolved else {
                return mismatch(node, wanted: shape.noun, hint: "write true or false, unquoted")
            }
            return Checked(value: .boolean(flag), mark: node.mark)
        case .integer(let range):
            return checkInteger(node, scalar, in: range)
        default:
            guard case .string(let text) = scalar.resolved else {
                return mismatch(node, wanted: shape.noun, hint: shape.hint(insteadOf: scalar))
            }
            return checkText(node, scalar, text, as: shape).map { Checked(value: $0, mark: node.mark) }
        }
    }

    private mutating func checkInteger(_ node: Node, _ scalar: Scalar, in range: ClosedRange<Int>) -> Checked? {
        guard case .integer(let number) = scalar.resolved else {
            return mismatch(node, wanted: "a whole number", hint: "write digits alone, unquoted")
        }
        guard let number = Int(exactly: number), range.contains(number) else {
            error(
                "out-of-range", at: node.mark, "\(scalar.text) is out of range",
                hint: "write a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return Checked(value: .integer(number), mark: node.mark)
    }

    private mutating func checkText(_ node: Node, _ scalar: Scalar, _ text: String, as shape: Shape) -> Checked.Value? {
        guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            error("wrong-type", at: node.mark, "expected \(shape.noun), found an empty string", hint: shape.emptyHint)
            return nil
        }
        switch shape {
        case .name: return checkName(node, scalar)
        case .identifier: return checkIdentifier(node, scalar)
        case .publicKey: return checkPublicKey(node, scalar)
        case .choice(let words, let noun):
            guard !words.contains(text) else { return .text(scalar) }
            error(
                "unknown-value", at: node.mark, "unknown \(noun) \(quoted(text))",
                hint: suggestion(for: text, among: words))
            return nil
        case .metadataField: return checkMetadataField(node, scalar)
        case .period:
            return chronology(node, "invalid-period") { () throws(ChronologyError) in .period(try Period(text)) }
        case .zone:
            return chronology(node, "invalid-zone") { () throws(ChronologyError) in .zone(try Zone(text)) }
        case .time where Shape.timeWords.contains(text): return .text(scalar)
        case .recordName: return checkRecordName(node, scalar)
        case .day, .time:
            return chronology(node, "invalid-date") { () throws(ChronologyError) in
                text.utf8.count > 10 ? .day(.instant(try Instant(rfc3339: text))) : .day(.date(try CivilDate(text)))
            }
        default: return .text(scalar)
        }
    }

    private mutating func chronology(
        _ node: Node, _ code: String, _ parse: () throws(ChronologyError) -> Checked.Value
    ) -> Checked.Value? {
        do throws(ChronologyError) {
            return try parse()
        } catch {
            self.error(code, at: node.mark, "\(quoted(error.text)) \(error.reason)", hint: error.hint)
            return nil
        }
    }

    private mutating func checkRecordName(_ node: Node, _ scalar: Scalar) -> Checked.Value? {
        guard TestRecord.Name(scalar.text) == nil else { return .text(scalar) }
        let kind = scalar.text.split(separator: "/", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        error(
            "unknown-value", at: node.mark, "\(quoted(scalar.text)) names no record",
            hint: Kind(named: kind) == nil && scalar.text.contains("/")
                ? suggestion(for: kind, among: Kind.allCases.map(\.name)) : "write KIND/ID, such as file/file-1")
        return nil
    }

    private mutating func checkName(_ node: Node, _ scalar: Scalar) -> Checked.Value? {
        guard !isName(scalar.text) else { return .text(scalar) }
        error(
            "invalid-name", at: node.mark, "\(quoted(scalar.text)) is not a name",
            hint: "use up to 128 letters (a to z), digits, '-', '_' and '.', beginning with a letter or digit")
        return nil
    }

    private mutating func checkPublicKey(_ node: Node, _ scalar: Scalar) -> Checked.Value? {
        guard Ed25519.PublicKey(text: scalar.text) == nil else { return .text(scalar) }
        error(
            "invalid-key", at: node.mark, "this is no Ed25519 public key, in PEM or Base64",
            hint: "openssl pkey -in ann.pem -pubout prints the one of a private key")
        return nil
    }

    private mutating func checkIdentifier(_ node: Node, _ scalar: Scalar) -> Checked.Value? {
        guard !isIdentifier(scalar.text) else { return .text(scalar) }
        error(
            "invalid-name", at: node.mark, "\(quoted(scalar.text)) is not a name that expressions can say",
            hint: "use letters (a to z), digits and '_', not beginning with a digit, and none of CEL's own words")
        return nil
    }

    private mutating func checkMetadataField(_ node: Node, _ scalar: Scalar) -> Checked.Value? {
        let prefix = "metadata."
        if scalar.text.hasPrefix(prefix), scalar.text != prefix { return .text(scalar) }
        error(
            "unknown-value", at: node.mark, "\(quoted(scalar.text)) is not a field of metadata",
            hint: "write metadata.KEY, such as metadata.user_id")
        return nil
    }
}

/// The pattern of names in the JSON Schema; `isName` is the same in code.
let namePattern = "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$"

private func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
    return isLetterOrDigit(first) && text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
}

/// The pattern of names in expressions in the JSON Schema; `isIdentifier` is the same in code, but for CEL's own words.
let identifierPattern = "^[A-Za-z_][A-Za-z0-9_]*$"

/// Whether expressions can say a text as a name.
func isIdentifier(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else { return false }
    return text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "_") } && !reservedWords.contains(text)
}

/// - Source: the CEL specification's RESERVED and keywords.
private let reservedWords: Set<String> = [
    "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import", "in", "let", "loop",
    "namespace", "null", "package", "return", "true", "var", "void", "while",
]

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default: false
    }
}

extension Shape {
    /// What the shape is called in messages.
    fileprivate var noun: String {
        switch self {
        case .boolean: "true or false"
        case .integer: "a whole number"
        case .period: "a period"
        case .day: "a date"
        case .time: "a time"
        case .recordName: "KIND/ID"
        case .zone: "a time zone"
        case .name: "a name"
        case .condition, .expression: "a CEL expression"
        case .identifier: "a name"
        case .publicKey: "a public key"
        case .clock: "a clock"
        case .metadataField: "a field of metadata"
        case .choice(_, let noun): "a \(noun)"
        default: "a string"
        }
    }

    fileprivate func hint(insteadOf scalar: Scalar) -> String? {
        guard scalar.resolved != .null else { return nil }
        switch self {
        case .period: return "write a number with its unit, such as \(Int64(scalar.text) == nil ? "90" : scalar.text)d"
        case .choice(let words, _): return suggestion(for: scalar.text, among: words)
        case .day, .time: return "write 2026-01-31, or 2026-01-31T00:00:00Z"
        case .condition: return "write a condition, such as \"!has(object.created)\""
        case .expression: return "write an expression, quoted: \"\(scalar.text)\""
        default: return "quote it: \"\(scalar.text)\""
        }
    }

    fileprivate var emptyHint: String? {
        switch self {
        case .choice(let words, _): suggestion(for: "", among: words)
        default: "give the key a value, or remove it"
        }
    }
}
