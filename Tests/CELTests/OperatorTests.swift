import CEL
import Testing

@Suite struct OperatorTests {
    @Test(arguments: [
        ("1 + 2", "3"), ("1u + 2u", "3u"), ("1.5 + 2.0", "3.5"), ("'a' + 'b'", "'ab'"), ("b'a' + b'b'", "b'6162'"),
        ("[1] + [2]", "[1, 2]"), ("duration('1s') + duration('2ms')", "1002000000ns"),
        ("timestamp('2026-01-31T00:00:00Z') + duration('24h')", "2026-02-01T00:00:00Z"),
        ("duration('24h') + timestamp('2026-01-31T00:00:00Z')", "2026-02-01T00:00:00Z"),
        ("3 - 5", "-2"), ("5u - 3u", "2u"), ("1.0 - 0.5", "0.5"), ("duration('1s') - duration('2s')", "-1000000000ns"),
        ("timestamp('2026-01-02T00:00:00Z') - duration('1ns')", "2026-01-01T23:59:59.999999999Z"),
        ("timestamp('2026-01-02T00:00:00Z') - timestamp('2026-01-01T00:00:00Z')", "86400000000000ns"),
        ("3 * -4", "-12"), ("3u * 4u", "12u"), ("1.5 * 2.0", "3.0"), ("7 / 2", "3"), ("-7 / 2", "-3"),
        ("7u / 2u", "3u"),
        ("1.0 / 0.0", "inf"), ("-7 % 3", "-1"), ("7u % 3u", "1u"), ("-(3)", "-3"), ("-(1.5)", "-1.5"), ("- - 3", "3"),
        ("!true", "false"), ("!!true", "true"), ("true ? 1 : 2", "1"), ("false ? 1 : true ? 2 : 3", "2"),
    ])
    func `arithmetic and choice`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        "9223372036854775807 + 1", "-9223372036854775808 - 1", "9223372036854775807 * 2", "-(-9223372036854775808)",
        "-9223372036854775808 / -1", "-9223372036854775808 % -1", "18446744073709551615u + 1u", "0u - 1u",
        "18446744073709551615u * 2u",
    ])
    func `what does not fit is an overflow`(text: String) {
        #expect(outcome(of: text) == "!overflow")
    }

    @Test(arguments: ["1 / 0", "1 % 0", "1u / 0u", "1u % 0u"])
    func `integers are not divided by zero`(text: String) {
        #expect(outcome(of: text) == "!division-by-zero")
    }

    @Test(arguments: [
        ("1 == 1", "true"), ("dyn(1) == 1.0", "true"), ("dyn(1u) == 1", "true"),
        ("dyn(-1) == 18446744073709551615u", "false"),
        ("dyn(1) == '1'", "false"), ("dyn(1) != '1'", "true"), ("0.0 / 0.0 == 0.0 / 0.0", "false"),
        ("null == null", "true"),
        ("[1, 2] == [1, 2]", "true"), ("[dyn(1)] == [1.0]", "true"), ("[1] == [1, 2]", "false"),
        ("{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "true"), ("{1: 'x'} == {dyn(1u): 'x'}", "true"),
        ("{'a': 1} == {'a': 2}", "false"), ("b'a' == b'a'", "true"), ("type(1) == int", "true"),
        ("'Am\\u00E9lie' == 'Ame\\u0301lie'", "false"),
        ("1 < 2", "true"), ("2u >= 3u", "false"), ("1 < 1.5", "true"), ("2u > -1", "true"), ("1.0 <= 1", "true"),
        ("'a' < 'B'", "false"), ("'Z' < '\\u00E1'", "true"), ("b'a' < b'ab'", "true"), ("false < true", "true"),
        ("duration('1m') > duration('59s')", "true"), ("0.0 / 0.0 < 1.0", "false"), ("0.0 / 0.0 >= 1.0", "false"),
        ("timestamp(0) <= timestamp(1)", "true"),
    ])
    func `equality and order`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        ("2 in [1, 2]", "true"), ("dyn(2.0) in [1, 2]", "true"), ("3 in []", "false"), ("'a' in {'a': 1}", "true"),
        ("dyn(1.0) in {1: 2}", "true"), ("[1, 2][1]", "2"), ("[1, 2][dyn(1u)]", "2"),
        ("[1, 2][2]", "!invalid-argument"),
        ("[1, 2][-1]", "!invalid-argument"), ("{'a': 1}['a']", "1"), ("{'a': 1}.a", "1"),
        ("{'a': 1}['b']", "!no-such-key"),
        ("{'a': 1}.b", "!no-such-key"), ("{'a-b': 1}.`a-b`", "1"), ("{1: 'x'}[dyn(1u)]", "'x'"),
        ("{1: 2, 1u: 3}", "!invalid-argument"), ("has({'a': null}.a)", "true"), ("has({'a': 1}.b)", "false"),
    ])
    func `membership, indexes and fields`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        ("true && true && true", "true"), ("true && false", "false"), ("false && 1 / 0 > 0", "false"),
        ("1 / 0 > 0 && false", "false"), ("true && 1 / 0 > 0", "!division-by-zero"), ("1 / 0 > 0 || true", "true"),
        ("false || 1 / 0 > 0 || false", "!division-by-zero"), ("dyn('x') && false", "false"),
        ("dyn('x') || false", "!no-matching-overload"), ("dyn(1) ? 1 : 2", "!no-matching-overload"),
        ("1 / 0 > 0 ? 1 : 2", "!division-by-zero"), ("true ? 1 : 1 / 0", "1"),
    ])
    func `logic absorbs errors from either side`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: ["+", "-", "*", "/", "%", "<", "&&"])
    func `values without an overload are an error when they are evaluated`(symbol: String) {
        #expect(outcome(of: "dyn(null) \(symbol) dyn([])") == "!no-matching-overload")
    }
}
