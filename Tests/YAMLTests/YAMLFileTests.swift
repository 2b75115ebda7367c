import Testing

@testable import YAML

@Suite struct YAMLFileTests {
    @Test func `every node knows its line and column in code points`() throws {
        let file = YAMLFile(Array("café😀: {a: 1}\nlist:\n  - x\n  - 'y'\n".utf8))
        #expect(file.problems.isEmpty)
        let document = try #require(file.documents.first)
        let inner = try #require(document["café😀"])
        #expect(inner.mark == Mark(line: 1, column: 8))
        #expect(inner.mapping?.first?.key.mark == Mark(line: 1, column: 9))
        let list = try #require(document["list"]?.sequence)
        #expect(list.map(\.mark) == [Mark(line: 3, column: 5), Mark(line: 4, column: 5)])
        #expect(list.map { $0.scalar?.style } == [.plain, .singleQuoted])
    }

    @Test func `lines are counted as editors count them, with CRLF and a byte order mark`() throws {
        let file = YAMLFile([0xEF, 0xBB, 0xBF] + Array("# a\r\nkey: 1\r\nkey: 2\r\n".utf8))
        #expect(file.problems.map(\.mark) == [Mark(line: 3, column: 1)])
        #expect(file.problems.first?.message == "key 'key' is already there at 2:1")
    }

    @Test func `all documents of a stream are read, empty ones as null`() {
        let file = YAMLFile(Array("---\na: 1\n---\n---\nb: 2\n...\n".utf8))
        #expect(file.problems.isEmpty)
        #expect(file.documents.map(\.isNull) == [false, true, false])
        #expect(YAMLFile([]).documents.isEmpty)
        #expect(YAMLFile(Array("# only a comment\n".utf8)).documents.isEmpty)
    }

    @Test func `reading goes on at the next document behind a syntax error`() {
        let text = "a: 1\n---\nb: [1, 2\n---\nc: 1\nc: 2\n---\nd: \"open\n---\ne: 1\n"
        let file = YAMLFile(Array(text.utf8))
        #expect(file.problems.map(\.code) == [.syntax, .duplicateKey, .syntax])
        #expect(file.problems.map(\.mark.line) == [4, 6, 9])
        #expect(file.documents.compactMap { $0.mapping?.first?.key.text } == ["a", "c", "e"])
    }

    @Test(arguments: [
        ("rules:\n  - name: a\n   days: 90\n", Problem.Code.syntax, Mark(line: 3, column: 4)),
        ("rules:\n\t- a\n", .syntax, Mark(line: 2, column: 1)),
        ("a: b: c\n", .syntax, Mark(line: 1, column: 5)),
        ("a: *nope\n", .aliasUnknown, Mark(line: 1, column: 4)),
        ("a: &x [*x]\n", .aliasUnknown, Mark(line: 1, column: 8)),
        ("base: &b {a: 1}\nr:\n  <<: *b\n", .mergeKey, Mark(line: 3, column: 3)),
        ("[a, b]: 1\n", .key, Mark(line: 1, column: 1)),
        ("a: !!python/object x\n", .tag, Mark(line: 1, column: 4)),
        ("a: \"x\u{1}y\"\n", .character, Mark(line: 1, column: 6)),
        ("# a\u{2028}b\n", .character, Mark(line: 1, column: 4)),
        ("a: 1\nb: \u{0}\n", .character, Mark(line: 2, column: 4)),
    ])
    func `a problem has a place`(text: String, code: Problem.Code, mark: Mark) {
        let file = YAMLFile(Array(text.utf8))
        #expect(file.problems.map(\.code) == [code])
        #expect(file.problems.first?.mark == mark)
    }

    @Test func `each byte that is not UTF-8 is named, and the rest of the file is still read`() {
        let file = YAMLFile(
            Array("a: ".utf8) + [0xFF] + Array("\nb: \u{E9}".utf8) + [0xC0, 0x80] + Array("\nb: 1\n".utf8))
        #expect(file.problems.map(\.code) == [.character, .character, .character, .duplicateKey])
        #expect(file.problems.map(\.mark.description) == ["1:4", "2:5", "2:6", "3:1"])
        #expect(file.problems.first?.message == "byte 0xFF is not UTF-8")
    }

    @Test func `a file that is no text ends with a few problems`() {
        let file = YAMLFile((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        #expect(file.documents.isEmpty)
        #expect((1...20).contains(file.problems.count))
    }

    @Test func `an alias bomb stops at the budget (case 88)`() {
        var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let file = YAMLFile(Array(text.utf8))
        #expect(file.problems.map(\.code) == [.aliasExpansion])
        #expect(file.documents.isEmpty)
    }

    @Test func `nesting is bounded in flow, in blocks and through aliases`() {
        let flow = String(repeating: "[", count: 20000)
        let block = (0..<200).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        let half = String(repeating: "[", count: 40) + String(repeating: "]", count: 40)
        let inner = String(repeating: "[", count: 40) + "*a" + String(repeating: "]", count: 40)
        for text in [flow, block, "a: &a \(half)\nb: \(inner)\n"] {
            #expect(YAMLFile(Array(text.utf8)).problems.map(\.code) == [.depth])
        }
    }

    @Test func `size and number of problems are bounded`() {
        var limits = Limits()
        limits.bytes = 10
        #expect(YAMLFile(Array("a: 1234567890".utf8), limits: limits).problems.map(\.code) == [.size])
        let many = "a: 1\n" + String(repeating: "a: 1\n", count: 500)
        let problems = YAMLFile(Array(many.utf8)).problems
        #expect(problems.count == 101)
        #expect(problems.last?.code == .tooMany)
        limits = Limits()
        limits.nodes = 50
        #expect(YAMLFile(Array(many.utf8), limits: limits).problems.contains { $0.code == .size })
    }

    @Test(arguments: [
        ("no", Resolved.string("no")), ("010", .integer(10)), ("0x1F", .integer(31)), ("0o17", .integer(15)),
        ("12:30", .string("12:30")), ("True", .bool(true)), ("~", .null), ("", .null), ("'~'", .string("~")),
        ("-1", .integer(-1)), ("1.5e3", .number("1.5e3")), ("99999999999999999999", .number("99999999999999999999")),
        ("2026-01-01", .string("2026-01-01")), ("!!str 12", .string("12")),
        ("1e", .string("1e")), (".", .string(".")), ("-.inf", .number("-.inf")), ("0x-1", .string("0x-1")),
    ])
    func `plain scalars follow the core schema`(text: String, resolved: Resolved) {
        #expect(YAMLFile(Array("v: \(text)\n".utf8)).documents.first?["v"]?.scalar?.resolved == resolved)
    }
}
