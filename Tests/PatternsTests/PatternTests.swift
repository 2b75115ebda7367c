import Patterns
import Testing

@Suite struct PatternTests {
    @Test(arguments: [
        ("ub", "hubba", true), ("^ub", "hubba", false), ("^$", "", true), ("", "anything", true),
        ("(?i)ÄPFEL", "zwei äpfel", true), ("^.$", "é", true), ("^.$", "👍", true), (#"\d{3}"#, "ab12", false),
        ("a\u{0}b", "xa\u{0}by", true),
    ])
    func `a pattern is found anywhere in UTF-8 text`(pattern: String, text: String, found: Bool) throws {
        #expect(try Pattern(pattern).matches(text) == found)
    }

    @Test(arguments: ["(", "[a", "a**", "(?=x)", #"(a)\1"#, "a{2,1}", #"\p{Nope}"#, "a{1001}"])
    func `what RE2 does not accept is a syntax error with its reason`(pattern: String) {
        let error = #expect(throws: PatternError.self) { try Pattern(pattern) }
        #expect(error?.code == .syntax)
        #expect(error?.reason.isEmpty == false)
    }

    @Test func `a pattern that needs too much memory is an error of its own, not a miss`() {
        let error = #expect(throws: PatternError.self) { try Pattern("((((a{100}){100}){100}){100}){100}") }
        #expect(error?.code == .outOfMemory || error?.code == .syntax)
        let large = #expect(throws: PatternError.self) {
            try Pattern(String(repeating: #"[\p{L}\p{N}]{500}"#, count: 200))
        }
        #expect(large?.code == .outOfMemory)
    }

    @Test func `a pattern that explodes elsewhere is linear here (case 88)`() throws {
        let text = String(repeating: "a", count: 100_000) + "!"
        #expect(try !Pattern("^(a+)+$").matches(text))
        #expect(try !Pattern("^(a|aa)+$").matches(text))
        // Its automaton has 2^20 states, more than fit: the slower way still finds.
        #expect(try Pattern("a[ab]{19}c").matches(String(repeating: "ab", count: 50_000) + "c"))
    }

    @Test func `case and composition are the pattern's business, never folded in silence (case 88)`() throws {
        #expect(try !Pattern("^support$").matches("Support"))
        #expect(try !Pattern("^caf\u{E9}$").matches("cafe\u{301}"))
    }

    @Test func `one pattern serves many threads`() async throws {
        let pattern = try Pattern("x[0-9]+y")
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 { group.addTask { try pattern.matches("…x\(number)y…") } }
            for try await found in group { #expect(found) }
        }
    }
}
