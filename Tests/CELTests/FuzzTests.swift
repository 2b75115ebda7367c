import CEL
import Chronology
import FoundationEssentials
import Testing

/// A generator whose numbers are the same in every run.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        // SplitMix64.
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Rounds are few in every test run; `make soak` plays fifty times as many, with other seeds.
@Suite struct FuzzTests {
    private static let soak = ProcessInfo.processInfo.environment["TENURE_SOAK"] == "1" ? 50 : 1

    private static let words = [
        "1", "0", "-1", "2u", "1.5", "9223372036854775807", "-9223372036854775808", "18446744073709551615u", "1e308",
        "'a'",
        "'é'", "b'\\xff'", "''", "true", "false", "null", "x", "m", "t", "d", "o", ".", ",", "(", ")", "[", "]", "{",
        "}", ":", "?",
        "+", "-", "*", "/", "%", "<", "<=", "==", "!=", "in", "&&", "||", "!", " ", "\n", "size(", "int(", "uint(",
        "double(",
        "string(", "bytes(", "timestamp(", "duration(", "type(", "dyn(", "has(", ".all(x, ", ".exists(y, ", ".map(z, ",
        ".filter(w, ", ".exists_one(v, ", ".contains(", ".matches(", ".startsWith(", ".getHours(",
        ".getDayOfYear('UTC')",
        "'1h'", "'2026-01-31T00:00:00Z'", "'9999-12-31T23:59:59Z'", "r'\\'", "\"\"\"", "`a b`", "//", "0x", "1e",
        "\\u12", "\u{0}",
    ]

    private static let environment: CELEnvironment = {
        var environment = CELEnvironment(limits: CELLimits(cost: 20_000))
        for name in ["x", "m", "t", "d", "o"] { environment.declare(variable: name, .dyn) }
        return environment
    }()

    private static let variables: [String: CELValue] = [
        "x": .int(3), "t": .timestamp(Instant(seconds: 253_402_300_799)),
        "d": .duration(CELDuration(nanoseconds: .min)),
        "m": CELMap([(.string("a"), .int(1)), (.int(2), .list(CELList([.int(1), .string("b")])))]).map(CELValue.map)
            ?? .null,
    ]

    /// Compiles with and without checking and evaluates both; the two agree where both give a value.
    private func exercise(_ text: String) -> Bool {
        let checked = outcome(of: text, in: Self.environment, Self.variables)
        let unchecked = outcome(of: text, in: Self.environment, Self.variables, isChecked: false)
        return checked.hasPrefix("?") || checked == unchecked
    }

    @Test func `no sequence of words traps`() {
        var dice = Dice(seed: 1 + 3 * UInt64(Self.soak - 1))
        for _ in 0..<(4_000 * Self.soak) {
            let count = Int.random(in: 1...24, using: &dice)
            let text = (0..<count).map { _ in Self.words.randomElement(using: &dice) ?? "" }.joined()
            #expect(exercise(text), "\(text.debugDescription)")
        }
    }

    @Test func `no bytes trap`() {
        var dice = Dice(seed: 2 + 3 * UInt64(Self.soak - 1))
        for _ in 0..<(3_000 * Self.soak) {
            let count = Int.random(in: 0...60, using: &dice)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(exercise(text), "\(text.debugDescription)")
        }
    }

    @Test func `no well-formed expression traps`() {
        var dice = Dice(seed: 3 + 3 * UInt64(Self.soak - 1))
        for _ in 0..<(1_500 * Self.soak) {
            let text = expression(depth: 4, &dice)
            #expect(exercise(text), "\(text)")
        }
    }

    private func expression(depth: Int, _ dice: inout Dice) -> String {
        let leaves = [
            "x", "m", "t", "d", "1", "-9223372036854775808", "2u", "0.0", "1e300", "'a'", "'1h'", "b'a'", "null",
            "true", "[]", "{}",
        ]
        guard depth > 0, Int.random(in: 0..<8, using: &dice) > 0 else {
            return leaves.randomElement(using: &dice) ?? "1"
        }
        let left = expression(depth: depth - 1, &dice)
        let right = expression(depth: depth - 1, &dice)
        let operators = ["+", "-", "*", "/", "%", "<", ">=", "==", "!=", "in", "&&", "||"]
        let conversions = [
            "int", "uint", "double", "string", "bytes", "bool", "timestamp", "duration", "size", "type", "dyn", "-",
            "!",
        ]
        let members = ["contains", "startsWith", "endsWith", "matches", "getHours", "getDate"]
        let macros = ["all", "exists", "exists_one", "map", "filter"]
        switch Int.random(in: 0..<8, using: &dice) {
        case 0, 1: return "(\(left) \(operators.randomElement(using: &dice) ?? "+") \(right))"
        case 2: return "dyn(\(left)) \(operators.randomElement(using: &dice) ?? "+") dyn(\(right))"
        case 3: return "\(conversions.randomElement(using: &dice) ?? "int")(\(left))"
        case 4: return "dyn(\(left)).\(members.randomElement(using: &dice) ?? "contains")(dyn(\(right)))"
        case 5: return "dyn([\(left), \(right)]).\(macros.randomElement(using: &dice) ?? "all")(x, dyn(\(right)))"
        case 6: return "dyn({'a': \(left), 2: \(right)})[dyn(\(right))]"
        default: return "(dyn(\(left)) ? \(left) : dyn(\(right)))"
        }
    }
}
