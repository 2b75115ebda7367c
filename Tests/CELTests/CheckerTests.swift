import CEL
import Testing

@Suite struct CheckerTests {
    static let environment: CELEnvironment = {
        var environment = CELEnvironment()
        environment.declare(
            object: CELObjectType(
                name: "record",
                fields: [
                    .init("kind", .string), .init("bytes", .int), .init("created", .timestamp),
                    .init("metadata", .map(.string, .string)), .init("usedBy", .list(.object("record"))),
                ]))
        environment.declare(variable: "object", .object("record"))
        environment.declare(variable: "now", .timestamp)
        environment.declare(variable: "params", .map(.string, .dyn))
        return environment
    }()

    @Test(arguments: [
        ("object.bytes + 1", CELType.int), ("object.usedBy", .list(.object("record"))),
        ("object.usedBy[0].kind", .string),
        ("object.usedBy.map(u, u.bytes)", .list(.int)),
        ("object.usedBy.filter(u, u.bytes > 1)", .list(.object("record"))),
        ("now - object.created", .duration), ("params.limit", .dyn), ("params.limit > 3", .bool), ("[]", .list(.dyn)),
        ("[1, 'a']", .list(.dyn)), ("[[], [1]]", .list(.list(.int))), ("{}", .map(.dyn, .dyn)),
        ("{'a': 1}", .map(.string, .int)),
        ("true ? 1 : dyn(2)", .dyn), ("type(1)", .type(.int)), ("object.metadata", .map(.string, .string)),
        ("[1][0]", .int), ("{'a': [1]}.a[0]", .int), ("dyn(1) + 1", .int), ("dyn(1) + dyn(2)", .dyn), ("null", .null),
        ("has(object.created)", .bool), ("[1, 2].all(x, x > 0)", .bool), ("object == null", .bool),
    ])
    func `types are deduced`(text: String, type: CELType) throws {
        #expect(try Self.environment.compile(text).type == type)
    }

    @Test(arguments: [
        ("[[], [[]], [[[]]], [[[[]]]]]", "list(list(list(list(list(dyn)))))"),
        ("[[[[[]]]], [], [[[]]]]", "list(list(list(list(list(dyn)))))"), ("([].map(x, x))[0].foo", "dyn"),
        ("[maybe(1), maybe(dyn(1))]", "list(maybe(dyn))"), ("[maybe(dyn(1)), maybe(1)]", "list(maybe(dyn))"),
        ("[nothing(), maybe(1)]", "list(maybe(int))"), ("[maybe(1), null][0]", "maybe(int)"),
        ("[maybe(1), maybe('a')]", "list(dyn)"), ("[pair(1, 2u), pair(dyn(1), dyn(2u))][0]", "pair(dyn, dyn)"),
        ("pair(1, dyn(2)) == pair(dyn(1), 2)", "bool"), ("same(pair(dyn(1), 2u))", "pair(dyn, dyn)"),
    ])
    func `types within types are joined (as in the suite's type_deduction)`(text: String, type: String) throws {
        var environment = CELEnvironment()
        let (a, b) = (CELType.parameter("A"), CELType.parameter("B"))
        let signatures: [(String, [CELType], CELType)] = [
            ("maybe", [a], .opaque("maybe", [a])), ("nothing", [], .opaque("maybe", [a])),
            ("pair", [a, b], .opaque("pair", [a, b])), ("same", [.opaque("pair", [a, a])], .opaque("pair", [a, a])),
        ]
        for (name, parameters, result) in signatures {
            environment.declare(
                function: CELFunction(
                    name, parameters, returns: result, isPure: false, .variadic { _ in .success(.null) }))
        }
        #expect(try environment.compile(text).type.description == type)
    }

    @Test(arguments: [
        ("objct.kind == 'file'", ["1:1: nothing is called 'objct'; did you mean 'object'?"]),
        ("object.knd == 'file'", ["1:8: record has no field 'knd'; did you mean 'kind'?"]),
        ("has(object.craeted)", ["1:12: record has no field 'craeted'; did you mean 'created'?"]),
        ("object.kind.startWith('a')", ["1:13: no function is called 'startWith'; did you mean 'startsWith'?"]),
        ("object.bytes > '3'", ["1:1: '>' does not join int and string; convert one side: int(x) or string(x)"]),
        ("1 + 1.0", ["1:1: '+' does not join int and double; convert one side: int(x), uint(x) or double(x)"]),
        (
            "object.kind == 3",
            [
                "1:1: '==' does not join string and int; values of different types are never equal; wrap one in dyn() if that is meant"
            ]
        ),
        ("!object.bytes", ["1:1: '!' does not apply to int"]),
        ("object.kind && true", ["1:1: '&&' joins conditions; this is string, not bool"]),
        ("object.bytes ? 1 : 2", ["1:1: the condition before '?' is int, not bool"]),
        (
            "true ? 1 : 'a'",
            ["1:12: the two results of '?:' differ: int and string; wrap one in dyn() if that is meant"]
        ),
        ("size(1)", ["1:1: size(int) does not exist; it takes size(string), string.size(), size(bytes), …"]),
        ("object.bytes.name", ["1:14: int has no fields, so no 'name'"]),
        ("{1: 2}.a", ["1:8: a map with keys of type int has no fields; write m[key]"]),
        ("{1.5: 2}", ["1:2: a map's key cannot be of type double; keys are int, uint, bool or string"]),
        ("[1].map(x, y)", ["1:12: nothing is called 'y'; did you mean 'x'?"]),
        ("contains('a', 'b')", ["1:1: contains(string, string) does not exist; it takes string.contains(string)"]),
        (
            "foo + bar +\n  baz",
            ["1:1: nothing is called 'foo'", "1:7: nothing is called 'bar'", "2:3: nothing is called 'baz'"]
        ),
    ])
    func `mistakes are named with the nearest name`(text: String, expected: [String]) {
        #expect(complaints(about: text, in: Self.environment) == expected)
    }

    @Test func `the type that is needed is checked`() {
        #expect(
            complaints(about: "now", in: Self.environment, expecting: .bool) == [
                "1:1: the expression gives google.protobuf.Timestamp, and bool is needed"
            ])
        #expect(complaints(about: "params.x", in: Self.environment, expecting: .bool) == [])
    }

    @Test func `names are looked up in the container, the longest first, and macros shadow them`() {
        var environment = CELEnvironment(container: "a.b")
        for (name, type) in [
            ("a.b.x", CELType.int), ("a.x", .string), ("x", .bool), ("x.y", .double), ("a.b.x.z", .bytes),
        ] {
            environment.declare(variable: name, type)
        }
        let type = { (text: String) in (try? environment.compile(text))?.type }
        #expect(type("x") == .int)
        #expect(type(".x") == .bool)
        #expect(type("x.y") == .double)
        #expect(type("x.z") == .bytes)
        #expect(type("['s'].map(x, x)") == .list(.string))
        #expect(type("['s'].map(x, .x)") == .list(.bool))
    }

    @Test func `what always fails is a warning`() throws {
        let program = try Self.environment.compile("object.kind == 'a' || now > timestamp('tomorrow')")
        #expect(program.warnings.map(\.location.description) == ["1:29"])
    }

    @Test func `unchecked expressions fail only where they are evaluated`() {
        #expect(outcome(of: "nothing || true", isChecked: false) == "true")
        #expect(outcome(of: "f(1) || true", isChecked: false) == "true")
        #expect(outcome(of: "f(1)", isChecked: false) == "!undeclared")
        #expect(outcome(of: "1 + 'a'", isChecked: false) == "!no-matching-overload")
    }
}
