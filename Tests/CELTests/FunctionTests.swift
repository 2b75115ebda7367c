import CEL
import Testing

@Suite struct FunctionTests {
    @Test(arguments: [
        ("size('πέντε')", "5"), ("'abc'.size()", "3"), ("size(b'abc')", "3"), ("[1, 2].size()", "2"),
        ("size({1: 2})", "1"),
        ("'hello'.contains('ell')", "true"), ("'hello'.contains('')", "true"), ("'aab'.contains('ab')", "true"),
        ("'hello'.startsWith('he')", "true"), ("'e\\u0301'.startsWith('e')", "true"),
        ("'hello'.endsWith('lo')", "true"),
        ("'lo'.endsWith('hello')", "false"), ("'banana'.matches('a(na)+$')", "true"), ("matches('abc', '^b')", "false"),
        ("'a'.matches('(')", "!invalid-argument"), ("'a'.matches(dyn('('))", "!invalid-argument"),
        ("type([])", "list"), ("type(type(1))", "type"), ("type(timestamp(0))", "google.protobuf.Timestamp"),
    ])
    func `strings, sizes and types`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        ("int('-42')", "-42"), ("int(3.99)", "3"), ("int(-3.99)", "-3"), ("int(42u)", "42"),
        ("int('x')", "!invalid-argument"),
        ("int(1e19)", "!out-of-range"), ("int(0.0 / 0.0)", "!out-of-range"),
        ("int(timestamp('1970-01-01T00:01:00Z'))", "60"),
        ("uint(1.9)", "1u"), ("uint(-1)", "!out-of-range"), ("uint('7')", "7u"), ("uint('+7')", "!invalid-argument"),
        ("double('1e3')", "1000.0"), ("double(1u)", "1.0"), ("bool('True')", "true"),
        ("bool('yes')", "!invalid-argument"),
        ("string(true)", "'true'"), ("string(-5)", "'-5'"), ("string(5u)", "'5'"), ("string(1.0)", "'1'"),
        ("string(-4.5e-3)", "'-0.0045'"), ("string(1e6)", "'1000000'"), ("string(1e20)", "'100000000000000000000'"),
        ("string(1e21)", "'1e+21'"),
        ("string(1.5e22)", "'1.5e+22'"), ("string(1e-7)", "'1e-7'"), ("string(123456789.125)", "'123456789.125'"),
        ("string(b'\\xc3\\xa9')", "'é'"), ("string(b'\\xff')", "!invalid-argument"), ("bytes('é')", "b'c3a9'"),
        ("string(timestamp('2026-01-01T01:00:00.5+01:00'))", "'2026-01-01T00:00:00.5Z'"),
        ("string(duration('-90m'))", "'-5400s'"), ("string(duration('1.5ms'))", "'0.0015s'"), ("dyn(1)", "1"),
    ])
    func `conversions`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        ("1h30m", 5_400_000_000_000), ("-1.5s", -1_500_000_000), ("100ms", 100_000_000), ("1us", 1000), ("7ns", 7),
        ("0", 0),
        ("+1s", 1_000_000_000), (".5h", 1_800_000_000_000), ("1.s", 1_000_000_000), ("1.0000000019s", 1_000_000_001),
        ("-9223372036854775808ns", Int64.min), ("2562047h47m16.854775807s", Int64.max),
    ])
    func `durations`(text: String, nanoseconds: Int64) {
        #expect(outcome(of: "duration('\(text)')") == "\(nanoseconds)ns")
    }

    @Test(arguments: ["", "s", "1", "1d", "1w", "1h 30m", "--1s", ".s", "9223372036854775808ns", "1e3s", "1H"])
    func `what is no duration`(text: String) {
        #expect(outcome(of: "duration('\(text)')") == "!invalid-argument")
    }

    @Test(arguments: [
        ("getFullYear()", "2024"), ("getMonth()", "1"), ("getDate()", "29"), ("getDayOfMonth()", "28"),
        ("getDayOfWeek()", "4"), ("getDayOfYear()", "59"), ("getHours()", "23"), ("getMinutes()", "30"),
        ("getSeconds()", "15"), ("getMilliseconds()", "123"), ("getDate('Asia/Kathmandu')", "1"),
        ("getMonth('+01:00')", "2"), ("getHours('02:00')", "1"), ("getHours('-00:30')", "23"),
        ("getHours('America/New_York')", "18"), ("getHours(dyn('Europe/Berlin'))", "0"),
        ("getHours('Mars/Base')", "!invalid-argument"),
    ])
    func `parts of a time`(call: String, expected: String) {
        #expect(outcome(of: "timestamp('2024-02-29T23:30:15.123456789Z').\(call)") == expected)
    }

    @Test(arguments: [
        ("getHours()", "1"), ("getMinutes()", "90"), ("getSeconds()", "5400"), ("getMilliseconds()", "250"),
    ])
    func `parts of a duration are totals, but for the milliseconds`(call: String, expected: String) {
        #expect(outcome(of: "duration('1h30m0.250s').\(call)") == expected)
    }

    @Test(arguments: [
        "timestamp('9999-12-31T23:59:59Z') + duration('1s')", "timestamp('0001-01-01T00:00:00Z') - duration('1ns')",
        "timestamp(253402300800)", "timestamp('9999-01-01T00:00:00Z') - timestamp('0001-01-01T00:00:00Z')",
        "duration('9223372036s') + duration('9223372036s')",
    ])
    func `times outside the years 1 to 9999 and long durations are errors`(text: String) {
        #expect(outcome(of: text) == "!out-of-range")
    }

    @Test func `a zone may be a variable`() {
        var environment = CELEnvironment()
        environment.declare(variable: "zone", .string)
        #expect(outcome(of: "timestamp(0).getHours(zone)", in: environment, ["zone": .string("Asia/Tokyo")]) == "9")
    }
}
