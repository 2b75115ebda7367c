import CanonicalJSON
import Foundation
import TestSupport
import Testing

/// One spelling of each value, and nothing else taken for it.
@Suite struct CanonicalJSONTests {
    /// - Source: RFC 8785, appendix B.
    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFEF_FFFF_FFFF_FFFF, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
            (0xC340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"), (0x44B5_2D02_C7E1_4AF6, "1e+23"),
            (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"), (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"),
            (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"), (0x444B_1AE4_D6E2_EF50, "1e+21"),
            (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"), (0x3EB0_C6F7_A0B5_ED8D, "0.000001"),
            (0x41B3_DE43_5555_5553, "333333333.3333332"), (0x41B3_DE43_5555_5554, "333333333.33333325"),
            (0x41B3_DE43_5555_5555, "333333333.3333333"), (0x41B3_DE43_5555_5556, "333333333.3333334"),
            (0x41B3_DE43_5555_5557, "333333333.33333343"), (0xBECB_F647_612F_3696, "-0.0000033333333333333333"),
            (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
        ] as [(UInt64, String)])
    func `numbers are written as ECMAScript writes them`(bits: UInt64, text: String) throws {
        let value = CanonicalValue.object(["n": .number(Double(bitPattern: bits))])
        #expect(try value.canonical() == Array("{\"n\":\(text)}".utf8))
        #expect(Self.isCanonical(Array("{\"n\":\(text)}".utf8)))
    }

    /// - Source: RFC 8785, section 3.2.3.
    @Test func `names are sorted by their UTF-16, and only what must be is escaped`() throws {
        let value = CanonicalValue.object([
            "\u{20AC}": .string("Euro Sign"), "\r": .string("Carriage Return"), "\u{FB33}": .string("Hebrew"),
            "1": .string("One"), "\u{1F600}": .string("Emoji"), "\u{80}": .string("Control"),
            "\u{F6}": .string("Latin"),
        ])
        let text = String(decoding: try value.canonical(), as: UTF8.self)
        let names = ["\\r", "1", "\u{80}", "\u{F6}", "\u{20AC}", "\u{1F600}", "\u{FB33}"]
        let places = names.compactMap { text.range(of: "\"\($0)\":")?.lowerBound }
        #expect(places.count == names.count && places == places.sorted(), "\(text)")
        let strings = CanonicalValue.object(["s": .string("\u{20AC}$\u{F}\nA'B\"\\\\\"/\u{7F}")])
        #expect(try strings.canonical() == Array("{\"s\":\"\u{20AC}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u{7F}\"}".utf8))
    }

    @Test(arguments: [
        "", "[]", "{", "{} ", "{ }", #"{"b":1,"a":2}"#, #"{"a":1,"a":2}"#, #"{"a":1.0}"#, #"{"a":-0}"#, #"{"a":01}"#,
        #"{"a":1e3}"#, #"{"a":1E+23}"#, #"{"a":"\/"}"#, #"{"a":"\u000a"}"#, #"{"a":"\u000F"}"#, #"{"a":"\u0041"}"#,
        "{\"a\":\"\n\"}", #"{"a":nul}"#, #"{"a":1,}"#, #"{"a":[1,]}"#, #"{"a"}"#, #"{"a":1}{"#, #"{"😀":1,"€":2}"#,
        #"{"a":9007199254740993}"#, #"{"a":NaN}"#, #"{"a":"\ud800"}"#, "{\"\u{FB33}\":1,\"\u{1F600}\":2}",
    ])
    func `what RFC 8785 would write in another way is not taken`(text: String) {
        #expect(!Self.isCanonical(Array(text.utf8)))
        #expect(CanonicalValue(object: Array(text.utf8)) == nil)
    }

    @Test func `bytes that are not UTF-8, and values that nest too deeply, are not taken`() {
        #expect(!Self.isCanonical([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]))
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)).utf8)
        }
        #expect(Self.isCanonical(nested(CanonicalValue.deepest)))
        #expect(!Self.isCanonical(nested(CanonicalValue.deepest + 1)))
        #expect(!Self.isCanonical(nested(1_000_000)))
    }

    @Test func `a number that JSON cannot carry is refused`() {
        #expect(throws: CanonicalError.self) { try CanonicalValue.integer(1 << 53).canonical() }
        #expect(throws: CanonicalError.self) { try CanonicalValue.number(.nan).canonical() }
        var writer = CanonicalWriter()
        writer.object { $0.member("n", Int.max) }
        #expect(writer.error != nil)
    }

    @Test func `the writer and the value spell one object alike`() throws {
        var writer = CanonicalWriter()
        writer.object { object in
            object.member("a", -7)
            object.member("b", true)
            object.object("c") { $0.member("d", literal: "x\"y") }
            object.member("e", nil as String?)
            object.member("f", utf8: Array("z\n".utf8).span)
            object.member("g", CanonicalValue.array([.number(0.5), .null]))
        }
        let value = CanonicalValue.object([
            "a": .integer(-7), "b": .boolean(true), "c": .object(["d": .string("x\"y")]), "e": .null,
            "f": .string("z\n"), "g": .array([.number(0.5), .null]),
        ])
        #expect(try writer.bytes == value.canonical())
        #expect(CanonicalValue(object: writer.bytes) == value)
    }

    /// Foundation reads what we write, and we read it back.
    @Test func `what is written is read again as it was, by us and by Foundation`() throws {
        var objects = 0
        for seed in 0..<400 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let value = Self.object(&random, depth: 0)
            let bytes = try value.canonical()
            #expect(Self.isCanonical(bytes), "\(seed)")
            #expect(CanonicalValue(object: bytes) == value, "\(seed)")
            #expect(try JSONSerialization.jsonObject(with: Data(bytes)) is [String: Any])
            if bytes.count > 2 { objects += 1 }
        }
        #expect(objects > 200)
    }

    private static func isCanonical(_ bytes: [UInt8]) -> Bool { CanonicalForm.isObject(bytes.span) }

    private static func object(_ random: inout SplitMix64, depth: Int) -> CanonicalValue {
        let names = ["", "a", "b\n", "é", "\u{1F600}", "\u{FB33}", "zz", "\u{1}", "\"", "10", "9"]
        var members: [String: CanonicalValue] = [:]
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            members[random.pick(names)] =
                switch Int.random(in: 0..<(depth > 3 ? 5 : 7), using: &random) {
                case 0: .null
                case 1: .boolean(random.chance(50))
                case 2: .integer(Int.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
                case 3: .number(Double.random(in: -1...1, using: &random))
                case 4: .string(random.pick(names) + random.pick(names))
                case 5: .array([object(&random, depth: depth + 1), .string("x")])
                default: object(&random, depth: depth + 1)
                }
        }
        return .object(members)
    }
}
