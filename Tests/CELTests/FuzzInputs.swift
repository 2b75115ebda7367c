import TestSupport

/// Texts that look more or less like expressions, one for each seed.
enum FuzzInputs: String, CaseIterable, Sendable {
    case bytes, words, mutations, grammar

    func text(seed: UInt64) -> String {
        var dice = SplitMix64(seed: seed)
        switch self {
        case .bytes:
            let count = Int.random(in: 0...60, using: &dice)
            return String(decoding: (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }, as: UTF8.self)
        case .words:
            return (0..<Int.random(in: 1...24, using: &dice)).map { _ in dice.pick(Self.tokens) }.joined()
        case .mutations:
            return String(decoding: dice.mutation(of: Self.seeds, with: Self.tokens), as: UTF8.self)
        case .grammar: return Self.expression(depth: 4, &dice)
        }
    }

    private static let tokens = [
        "1", "0", "-1", "2u", "1.5", "9223372036854775807", "-9223372036854775808", "18446744073709551615u", "1e308",
        "'a'", "'é'", "b'\\xff'", "''", "true", "false", "null", "x", "m", "t", "d", "o", "s", ".", ",", "(", ")", "[",
        "]", "{", "}", ":", "?", "+", "-", "*", "/", "%", "<", "<=", "==", "!=", "in", "&&", "||", "!", " ", "\n",
        "size(", "int(", "string(", "bytes(", "timestamp(", "duration(", "dyn(", "has(", ".all(x, ", ".exists(y, z, ",
        ".map(z, ", ".filter(w, ", ".exists_one(v, ", ".contains(", ".matches(", ".getHours(", "'1h'",
        "'2026-01-31T00:00:00Z'", "'9999-12-31T23:59:59Z'", "r'\\'", "\"\"\"", "`a b`", "//", "0x", "1e", "\\u12",
        "\u{0}", ".?", "[?", "{?", "optional.of(", "optional.none()", ".orValue(", ".value()", "cel.bind(a, ",
        ".transformMap(k, v, ", ".format([", ".split(", ".replace(", ".substring(", "base64.decode(",
    ]

    private static let seeds = [
        "!has(m.a) && m['a'].startsWith('t') || x in [1, 2u, 3.0]",
        "t - duration('720h') < timestamp('2026-01-31T00:00:00Z') && t.getHours('Europe/Berlin') == 3",
        "[1, 2, 3].map(i, i * x).filter(i, i % 2 == 0).exists(i, 6 / i > 1)",
        "cel.bind(a, s + s, cel.bind(b, a + a, b + b)).matches('(a|b)*c{1,9}$')",
        "m.?a.orValue('none').format([1, 2.5, 'é']).split('', -1).join('\\n')",
        "{?'a': m[?'b'], 'c': [?optional.none(), ?optional.of(s)]}.transformMap(k, v, k != 'z', string(v))",
        "'%.17e|%x|%b|%s'.format([x, s, 18446744073709551615u, {'k': [null, d]}])",
        "s.replace('', s, -1).replace('a', s + s).lastIndexOf('aa', 3) < size(bytes(s))",
        "[[s, s], [s, s]].map(a, a.map(b, b + b)).map(a, a.join(s)).exists(c, c.matches(c))",
    ]

    private static let leaves = [
        "x", "m", "t", "d", "s", "1", "-9223372036854775808", "2u", "0.0", "1e300", "'a'", "'1h'", "b'a'", "null",
        "true", "[]", "{}", "[s, s, s]", "optional.of(s)", "'%s'", "'\\\\pL{999}'", "'Europe/Nowhere'",
    ]
    private static let operators = ["+", "-", "*", "/", "%", "<", ">=", "==", "!=", "in", "&&", "||"]
    private static let conversions = [
        "int", "uint", "double", "string", "bytes", "bool", "timestamp", "duration", "size", "type", "dyn", "-", "!",
        "optional.of", "optional.ofNonZeroValue", "base64.encode", "base64.decode", "strings.quote",
    ]
    private static let members = [
        "contains", "startsWith", "endsWith", "matches", "getHours", "getDate", "split", "indexOf", "lastIndexOf",
        "charAt", "substring", "join", "format", "or", "orValue",
    ]
    private static let macros = [
        "all(x, ", "exists(x, ", "exists_one(x, ", "map(x, ", "filter(x, ", "all(i, x, ", "transformList(i, x, ",
        "transformMap(i, x, ", "optMap(x, ", "optFlatMap(x, ",
    ]

    private static func expression(depth: Int, _ dice: inout SplitMix64) -> String {
        guard depth > 0, Int.random(in: 0..<8, using: &dice) > 0 else { return dice.pick(leaves) }
        let left = expression(depth: depth - 1, &dice)
        let right = expression(depth: depth - 1, &dice)
        switch Int.random(in: 0..<11, using: &dice) {
        case 0, 1: return "(\(left) \(dice.pick(operators)) \(right))"
        case 2: return "dyn(\(left)) \(dice.pick(operators)) dyn(\(right))"
        case 3: return "\(dice.pick(conversions))(\(left))"
        case 4: return "dyn(\(left)).\(dice.pick(members))(dyn(\(right)))"
        case 5: return "dyn([\(left), \(right)]).\(dice.pick(macros))dyn(\(right)))"
        case 6: return "dyn({'a': \(left), 2: \(right)})[?dyn(\(right))]"
        case 7: return "cel.bind(s, dyn(\(left)), dyn(\(right)))"
        case 8: return "dyn(\(left)).replace(dyn(\(right)), dyn(\(left)))"
        case 9: return "dyn(\(left)).?a.?b"
        default: return "(dyn(\(left)) ? \(left) : dyn(\(right)))"
        }
    }
}
