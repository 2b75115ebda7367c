import CEL
import Chronology
import TestSupport
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

    @Test(arguments: [
        // Values that share parts double with every name.
        "cel.bind(a, [s, s], cel.bind(b, [a, a], cel.bind(c, [b, b], cel.bind(d, [c, c], '%s'.format([[d, d, d, d]])))))",
        "cel.bind(a, s + s, cel.bind(b, a + a, cel.bind(c, b + b, cel.bind(d, c + c, d + d + d + d)))).size()",
        "s.replace('', s)", "s.split('').map(x, s).join().replace('a', s)", "l.map(a, l.map(b, l.map(c, s + s)))",
        "l.transformMap(i, x, l.transformMap(j, y, l.transformMap(k, z, s.reverse())))",
        "l.map(x, s).join(s).split('')",
        "l.map(x, '%s%x'.format([s, s])).join(s)", "l.all(x, s.matches(dyn('(\\\\pL{50}){9}') + string(x)))",
        "l.exists(x, l.exists(y, dyn('a').matches('(((a{30}){30}){30}){' + string(x) + '}')))",
        "l.all(x, l.all(y, t.getHours('Europe/' + string(x) + string(y)) == 1))",
    ])
    func `no expression makes much or runs long before it is an error`(text: String) throws {
        var environment = CELEnvironment(libraries: CELLibrary.all)
        for (name, type) in [("s", CELType.string), ("l", .list(.int)), ("t", .timestamp)] {
            environment.declare(variable: name, type)
        }
        environment.limits.cost = 10_000
        let program = try environment.compile(text)
        let variables: [String: CELValue] = [
            "s": .string(String(repeating: "aé", count: 3_000)), "t": .timestamp(Instant(seconds: 0)),
            "l": .list(CELList((1...200).map { .int($0) })),
        ]
        let outcome = program.evaluate(CELBindings(variables, in: environment))
        #expect(outcome.error?.code == .budget)
    }

    @Test func `memory has a limit of its own`() throws {
        var environment = CELEnvironment(limits: CELLimits(memory: 10_000))
        environment.declare(variable: "l", .list(.int))
        let program = try environment.compile("l.map(x, x + 1).size() > 0 || true")
        let outcome = { (count: Int64) in
            program.evaluate(CELBindings([.value(.list(CELList((0..<count).map { .int($0) })))]))
        }
        #expect(outcome(10).condition == true)
        #expect(outcome(1000).error?.description == "the evaluation makes more than 10000 bytes of values")
    }

    /// Rows of which each field is what it costs to find it out.
    private final class Costly: CELObjectSource {
        let objectType = CELObjectType(name: "costly", fields: [.init("a", .int), .init("b", .int)])

        func field(at index: Int, of row: Int) -> CELLookup { .value(.int(Int64(row))) }
        func cost(ofReading index: Int, of row: Int) -> Int { index == 0 ? row : .max }
    }

    @Test func `whoever reads a field that cost something pays for it, each time`() throws {
        var environment = CELEnvironment(limits: CELLimits(cost: 100, total: 1_000), libraries: [.optionals])
        let costly = Costly()
        environment.declare(object: costly.objectType)
        environment.declare(variable: "o", .object("costly"))
        let outcome = { (text: String, row: Int) throws in
            try environment.compile(text).evaluate(CELBindings([.value(.object(CELObject(costly, row: row)))]))
        }
        #expect(try outcome("o.a + o.a > 0", 400).condition == true)
        #expect((800..<900).contains(try outcome("o.a + o.a > 0", 400).cost))
        #expect(
            try outcome("o.a + o.a > 0 || true", 600).error?.description
                == "the evaluation and what it reads cost more than their budget of 1000 units")
        for text in ["o.b > 0", "has(o.b)", "o.?b.hasValue()", "optional.of(o).b.hasValue()"] {
            #expect(try outcome(text, 1).error?.code == .budget, "\(text)")
        }
        var budget = CELBudget(500)
        let program = try environment.compile("o.a > 0")
        let row = CELBindings([.value(.object(CELObject(costly, row: 400)))])
        #expect(program.evaluate(row, spending: &budget).condition == true)
        #expect(program.evaluate(row, spending: &budget).error?.code == .budget)
    }

    @Test(arguments: [
        ("s.matches('((\\\\pL{9}){9}){N}')", 2...9), ("s.matches('\\\\pL{9N}')", 90...99),
        ("t.getHours('Europe/Nowhere-N') == 1", 100...999),
    ])
    func `what is written out is prepared within a bound, and is answered all the same`(
        text: String, numbers: ClosedRange<Int>
    ) throws {
        var environment = CELEnvironment()
        environment.declare(variable: "s", .string)
        environment.declare(variable: "t", .timestamp)
        let programs = try [200, 400].map { count in
            let terms = (0..<count).map { round in
                text.replacing("N", with: "\(numbers.lowerBound + round % numbers.count)")
            }
            return try environment.compile(terms.joined(separator: " && "), isChecked: false)
        }
        let limit = environment.limits.cost
        #expect(programs[1].preparation >= limit && programs[1].preparation < 2 * limit)
        #expect(programs[0].preparation == programs[1].preparation, "twice as much is written out")
        let outcome = programs[1].evaluate(
            CELBindings(["s": .string("é"), "t": .timestamp(Instant(seconds: 0))], in: environment))
        #expect(outcome.condition != true)
    }

    @Test func `a budget for a run is spent by its evaluations, and then every one is an error`() throws {
        var environment = CELEnvironment()
        environment.declare(variable: "n", .int)
        let program = try environment.compile("n > 1 || true")
        var budget = CELBudget(10)
        let outcomes = (0..<4).map { _ in program.evaluate(CELBindings([.value(.int(1))]), spending: &budget) }
        #expect(outcomes.map(\.condition) == [true, true, nil, nil])
        #expect(outcomes[3].error?.code == .budget)
        #expect(budget.remaining == 0)
    }
}
