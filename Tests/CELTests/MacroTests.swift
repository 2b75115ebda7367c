import CEL
import Testing

@Suite struct MacroTests {
    @Test(arguments: [
        ("[1, 2].all(x, x > 0)", "true"), ("[].all(x, x > 0)", "true"), ("[1, 2].exists(x, x > 1)", "true"),
        ("[1, 2].exists_one(x, x > 1)", "true"), ("[2, 2].exists_one(x, x > 1)", "false"),
        ("[1, 2].map(x, x * 2)", "[2, 4]"), ("[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]"),
        ("[1, 2, 3].filter(x, x > 1)", "[2, 3]"), ("{'a': 1, 'b': 2}.map(k, k)", "['a', 'b']"),
        ("{'a': 1}.exists(k, k == 'a')", "true"), ("[[1], [2]].map(x, x.map(y, y + 1))", "[[2], [3]]"),
        ("[1].exists(x, [2].exists(x, x == 2))", "true"), ("[1, 2].filter(x, x > 1).map(x, x + 1)", "[3]"),
    ])
    func `macros`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        ("[1, 0].all(x, 1 / x > 5)", "false"), ("[0, 1].all(x, 1 / x > 5)", "false"),
        ("[0, 1].exists(x, 1 / x == 1)", "true"), ("[0].exists(x, 1 / x == 1)", "!division-by-zero"),
        ("[0, 1].exists_one(x, 1 / x == 1)", "!division-by-zero"), ("[0].map(x, 1 / x)", "!division-by-zero"),
        ("[0, 1].filter(x, 1 / x == 1)", "!division-by-zero"), ("dyn(1).all(x, true)", "!no-matching-overload"),
    ])
    func `all and exists absorb errors, the others do not`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        ("[1].all(1, true)", "1:9: the first argument of all is the name of a variable; as in list.all(x, x > 0)"),
        ("has(1)", "1:5: has() asks for a field, as in has(a.b)"),
        ("1.map(x, x)", "1:1: map goes through a list or a map, not int"),
        ("[1].filter(x, x)", "1:15: the condition of filter is int, not bool"),
    ])
    func `what is wrong with a macro`(text: String, complaint: String) {
        #expect(complaints(about: text) == [complaint])
    }

    @Test func `absorbed errors are returned beside the value`() throws {
        var environment = CELEnvironment()
        environment.declare(variable: "m", .map(.string, .string))
        let program = try environment.compile("m.missing == 'x' || m.kind == 'file'")
        let outcome = program.evaluate(
            CELBindings(["m": .map(try #require(CELMap([(.string("kind"), .string("file"))])))], in: environment))
        #expect(outcome.condition == true)
        #expect(outcome.absorbed.map(\.code) == [.noSuchKey])
        #expect(outcome.absorbed.first?.range == 0..<9)
    }

    @Test func `every error that gives way is returned, and what a guard keeps from failing is none`() throws {
        var environment = CELEnvironment()
        environment.declare(variable: "m", .map(.string, .string))
        let absorbed = { (text: String) throws in
            let program = try environment.compile(text)
            let outcome = program.evaluate(CELBindings(["m": .map(.empty)], in: environment))
            return outcome.absorbed.map { $0.range.map(program.syntax.source.excerpt) }
        }
        #expect(try absorbed("m.a == '1' || m.b == '2' || true") == ["m.b", "m.a"])
        #expect(try absorbed("m.a == '1' && m.b == '2'") == ["m.b"])
        #expect(try absorbed("['x', 'y'].exists(k, k == 'y' || m[k] == '1')") == ["m[k]"])
        #expect(try absorbed("has(m.a) && m.a == '1'") == [])
    }
}
