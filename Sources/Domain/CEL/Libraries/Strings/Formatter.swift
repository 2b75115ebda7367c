internal import Spelling

/// `'%s: %d'.format([name, count])`.
///
/// - Source: cel-go, `ext/formatting_v2.go`, as the conformance suite's `string_ext` has it.
struct Formatter {
    private let arguments: CELList
    private var next = 0
    private(set) var meter: CELMeter
    private var result: [UInt8] = []

    /// Digits after the point that a clause may ask for.
    private static let largestPrecision = 1000

    init(_ arguments: CELList, _ meter: CELMeter) {
        self.arguments = arguments
        self.meter = meter
    }

    mutating func format(_ template: String) throws(CELError) -> String {
        var bytes = template.utf8[...]
        while let percent = bytes.firstIndex(of: UInt8(ascii: "%")) {
            try append(bytes[..<percent])
            bytes = bytes[bytes.index(after: percent)...]
            if bytes.first == UInt8(ascii: "%") {
                try append("%".utf8[...])
                bytes = bytes.dropFirst()
            } else {
                try clause(&bytes)
            }
        }
        try append(bytes)
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func append(_ bytes: some Collection<UInt8>) throws(CELError) {
        try meter.make(bytes: bytes.count)
        result.append(contentsOf: bytes)
    }

    private mutating func clause(_ bytes: inout Substring.UTF8View) throws(CELError) {
        var precision = 6
        if bytes.first == UInt8(ascii: ".") {
            let digits = bytes.dropFirst().prefix { $0.isDigit }
            guard let number = Int(String(decoding: digits, as: UTF8.self)), number <= Formatter.largestPrecision else {
                throw CELError(
                    .invalidArgument, "a precision is a number up to \(Formatter.largestPrecision), as in %.2f")
            }
            precision = number
            bytes = bytes.dropFirst(digits.count + 1)
        }
        guard let letter = bytes.first else { throw CELError(.invalidArgument, "the format ends within a clause") }
        bytes = bytes.dropFirst()
        let clause = Character(Unicode.Scalar(letter))
        guard "sdfexXob".contains(clause) else {
            throw CELError(.invalidArgument, "there is no %\(clause): s, d, f, e, x, X, o, b and %% are understood")
        }
        let argument = try argument()
        let text: String? =
            switch clause {
            case "s": try string(argument)
            case "d": decimal(argument)
            case "f", "e": Formatter.real(argument).map { Decimal.text($0, precision, isScientific: clause == "e") }
            case "x": try hexadecimal(argument, isUppercase: false)
            case "X": try hexadecimal(argument, isUppercase: true)
            case "o": Formatter.integer(argument, radix: 8)
            default:
                if case .bool(let flag) = argument { flag ? "1" : "0" } else { Formatter.integer(argument, radix: 2) }
            }
        guard let text else { throw CELError(.invalidArgument, "%\(clause) does not take \(argument.type.name)") }
        try append(text.utf8)
    }

    private mutating func argument() throws(CELError) -> CELValue {
        defer { next += 1 }
        switch arguments.element(at: next) {
        case .value(let value): return value
        case .absent:
            throw CELError(
                .invalidArgument, "the format wants more than the \(arguments.count) values that it is given")
        case .unknown(let reason): throw CELError(.unknown, reason)
        }
    }
}

// MARK: Clauses

extension Formatter {
    private static func integer(_ value: CELValue, radix: Int, isUppercase: Bool = false) -> String? {
        switch value {
        case .int(let number): String(number, radix: radix, uppercase: isUppercase)
        case .uint(let number): String(number, radix: radix, uppercase: isUppercase)
        default: nil
        }
    }

    private static func real(_ value: CELValue) -> Double? {
        switch value {
        case .double(let number): number
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        default: nil
        }
    }

    private func decimal(_ value: CELValue) -> String? {
        if case .double(let number) = value {
            return number.isFinite ? nil : Decimal.text(number, 0, isScientific: false)
        }
        return Formatter.integer(value, radix: 10)
    }

    private mutating func hexadecimal(_ value: CELValue, isUppercase: Bool) throws(CELError) -> String? {
        let bytes: [UInt8]
        switch value {
        case .string(let text): bytes = Array(text.utf8)
        case .bytes(let raw): bytes = raw
        default: return Formatter.integer(value, radix: 16, isUppercase: isUppercase)
        }
        try meter.make(bytes: 2 * bytes.count)
        let digits = Array((isUppercase ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// A value as `%s` writes it; maps by the order of their written keys. Nil for what has no such form.
    private mutating func string(_ value: CELValue) throws(CELError) -> String? {
        try meter.look(bytes: 10)
        switch value {
        case .null: return "null"
        case .double(let number) where !number.isFinite: return Decimal.text(number, 0, isScientific: false)
        case .bytes(let bytes):
            try meter.make(bytes: bytes.count)
            return String(decoding: bytes, as: UTF8.self)
        case .type(let type): return type.name
        case .list(let list):
            var parts: [String] = []
            for index in 0..<list.count {
                guard let part = try string(list.element(at: index)) else { return nil }
                parts.append(part)
            }
            return try joined(parts, "[", "]")
        case .map(let map):
            var parts: [(key: String, value: String)] = []
            for key in map.keys {
                guard let name = try string(key), let text = try string(map.value(for: key)) else { return nil }
                parts.append((name, text))
            }
            parts.sort { $0.key.precedesByBytes($1.key) }
            return try joined(parts.map { "\($0.key): \($0.value)" }, "{", "}")
        default: return Text.converted(value)
        }
    }

    private mutating func string(_ lookup: CELLookup) throws(CELError) -> String? {
        switch lookup {
        case .value(let value): return try string(value)
        case .absent: return nil
        case .unknown(let reason): throw CELError(.unknown, reason)
        }
    }

    private mutating func joined(_ parts: [String], _ open: String, _ close: String) throws(CELError) -> String {
        try meter.make(bytes: parts.reduce(2) { $0 + $1.utf8.count + 2 })
        return open + parts.joined(separator: ", ") + close
    }
}
