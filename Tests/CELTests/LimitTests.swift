import CEL
import Testing

@Suite struct LimitTests {
    @Test(arguments: [
        String(repeating: "(", count: 10_000),
        String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
        String(repeating: "[", count: 10_000), String(repeating: "{1:", count: 10_000),
        String(repeating: "f(", count: 10_000),
        String(repeating: "a[", count: 10_000), "a" + String(repeating: ".b", count: 10_000),
        "1" + String(repeating: " + 1", count: 10_000), "1" + String(repeating: "[0]", count: 10_000),
        String(repeating: "true ? 1 : ", count: 5_000) + "1", String(repeating: "!(", count: 10_000),
        String(repeating: "-(", count: 10_000), String(repeating: "[1].map(x, ", count: 5_000),
    ])
    func `nesting ten thousand deep is one error`(text: String) {
        let found = complaints(about: text)
        #expect(found.map { $0.drop { $0 != " " } } == [" the expression is nested deeper than 200 levels"])
    }

    @Test func `what is long but flat is fine`() {
        #expect(outcome(of: String(repeating: "true && ", count: 5_000) + "true") == "true")
        #expect(outcome(of: String(repeating: "!", count: 10_001) + "true") == "false")
        #expect(outcome(of: "[" + String(repeating: "1,", count: 10_000) + "][9999]") == "1")
        #expect(outcome(of: "[0" + String(repeating: "+1", count: 100) + "][0]") == "100")
    }

    @Test func `a text that is too long is refused before it is read`() {
        let text = "'" + String(repeating: "x", count: 100_000) + "'"
        #expect(complaints(about: text) == ["1:1: the expression is longer than 100000 bytes"])
    }

    @Test func `twenty mistakes are enough`() {
        #expect(complaints(about: String(repeating: "@ ", count: 40_000)).count <= 2 * CELDiagnostic.limit)
        #expect(complaints(about: "[" + String(repeating: "a,", count: 1_000) + "]").count == CELDiagnostic.limit)
    }

    @Test func `what costs too much is an error, even beside a decision`() {
        var environment = CELEnvironment(limits: CELLimits(cost: 10_000))
        environment.declare(variable: "n", .list(.int))
        let numbers = CELValue.list(CELList((0..<1000).map { .int($0) }))
        let cubic = "n.all(a, n.all(b, n.all(c, a + b + c >= 0)))"
        #expect(outcome(of: cubic, in: environment, ["n": numbers]) == "!budget")
        #expect(outcome(of: "\(cubic) || true", in: environment, ["n": numbers]) == "!budget")
        #expect(outcome(of: "n.all(a, a >= 0)", in: environment, ["n": numbers]) == "true")
        #expect(outcome(of: "n.exists(a, n == n.map(b, b + a + 1))", in: environment, ["n": numbers]) == "!budget")
    }

    @Test func `the cost of strings grows with their length`() throws {
        var environment = CELEnvironment()
        environment.declare(variable: "s", .string)
        let program = try environment.compile("s.contains('needle') || s == s + 'x' || s.matches('a+b')")
        let cost = { (length: Int) in
            program.evaluate(CELBindings([.value(.string(String(repeating: "a", count: length)))])).cost
        }
        #expect(cost(100_000) > 20_000)
        #expect(cost(10) < 30)
    }
}
