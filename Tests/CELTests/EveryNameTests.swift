import CEL
import Testing

/// The project's own examples of every operator, macro and function: one that gives a value, one that fails.
@Suite struct EveryNameTests {
    private static let environment = CELEnvironment(libraries: CELLibrary.all)

    private struct Example: Sendable {
        let value: (text: String, expected: String)
        let failure: (text: String, expected: String)

        init(_ text: String, _ expected: String, fails failing: String, _ code: String = "!no-matching-overload") {
            value = (text, expected)
            failure = (failing, code)
        }
    }

    private static let operators: [String: Example] = [
        "!_": Example("!false", "true", fails: "!dyn(1)"),
        "-_": Example("-(1 + 1)", "-2", fails: "-dyn('a')"),
        "_!=_": Example("1 != 2", "true", fails: "[1 / 0] != [1]", "!division-by-zero"),
        "_==_": Example("[1] == [1]", "true", fails: "[1 / 0] == [1]", "!division-by-zero"),
        "_<_": Example("1 < 2", "true", fails: "dyn(1) < 'a'"),
        "_<=_": Example("'a' <= 'a'", "true", fails: "dyn(true) <= 1"),
        "_>_": Example("2.5 > 2", "true", fails: "dyn([]) > dyn([])"),
        "_>=_": Example("b'b' >= b'a'", "true", fails: "dyn(null) >= null"),
        "_+_": Example("'a' + 'b'", "'ab'", fails: "9223372036854775807 + 1", "!overflow"),
        "_-_": Example("3u - 1u", "2u", fails: "0u - 1u", "!overflow"),
        "_*_": Example("2 * 3", "6", fails: "9223372036854775807 * 2", "!overflow"),
        "_/_": Example("7 / 2", "3", fails: "1 / 0", "!division-by-zero"),
        "_%_": Example("7 % 4", "3", fails: "1 % 0", "!division-by-zero"),
        "_&&_": Example("true && false", "false", fails: "true && dyn(1)"),
        "_||_": Example("false || true", "true", fails: "false || 1 / 0 == 1", "!division-by-zero"),
        "_?_:_": Example("true ? 1 : 2", "1", fails: "dyn(0) ? 1 : 2"),
        "_[_]": Example("[1, 2][1]", "2", fails: "[1][1]", "!invalid-argument"),
        "@in": Example("1 in [1]", "true", fails: "1 in dyn(1)"),
        "_[?_]": Example("[1][?0].value()", "1", fails: "dyn(1)[?0]"),
        "_?._": Example("{'a': 1}.?a.value()", "1", fails: "dyn(1).?a"),
        "?_": Example("[?optional.none(), ?optional.of(1)]", "[1]", fails: "[?dyn(1)]"),
    ]

    private static let macros: [String: Example] = [
        "has": Example("has({'a': 1}.a)", "true", fails: "has(dyn(1).a)"),
        "all": Example("[1, 2].all(i, x, x > i)", "true", fails: "[0].all(x, 1 / x > 0)", "!division-by-zero"),
        "exists": Example("{'a': 1}.exists(k, v, k == 'a' && v == 1)", "true", fails: "[1].exists(x, dyn(x))"),
        "exists_one": Example("[1, 2].exists_one(x, x > 1)", "true", fails: "[1].exists_one(i, x, dyn(x))"),
        "existsOne": Example("[1, 2].existsOne(i, x, i == 0)", "true", fails: "dyn(1).existsOne(x, true)"),
        "filter": Example("[1, 2].filter(x, x > 1)", "[2]", fails: "dyn('a').filter(x, true)"),
        "map": Example("[1].map(x, x + 1)", "[2]", fails: "[0].map(x, 1 / x)", "!division-by-zero"),
        "transformList": Example(
            "[5, 6].transformList(i, x, i > 0, x + i)", "[7]", fails: "[0].transformList(i, x, 1 / x)",
            "!division-by-zero"),
        "transformMap": Example(
            "{'a': 1}.transformMap(k, v, v + 1)", "{'a': 2}", fails: "{'a': 0}.transformMap(k, v, 1 / v)",
            "!division-by-zero"),
        "transformMapEntry": Example(
            "{'a': 'b'}.transformMapEntry(k, v, {v: k})", "{'b': 'a'}",
            fails: "{'a': 1, 'b': 1}.transformMapEntry(k, v, {v: k})", "!invalid-argument"),
        "cel.bind": Example("cel.bind(x, 2, x * x)", "4", fails: "cel.bind(x, 0, 1 / x)", "!division-by-zero"),
        "optMap": Example("optional.of(1).optMap(x, x + 1).value()", "2", fails: "dyn(1).optMap(x, x)"),
        "optFlatMap": Example(
            "optional.of({'a': 1}).optFlatMap(m, m.?a).value()", "1", fails: "optional.of(1).optFlatMap(x, dyn(x))"),
    ]

    private static let functions: [String: Example] = [
        "size": Example("size('πέ')", "2", fails: "size(dyn(1))"),
        "matches": Example("'abc'.matches('b+')", "true", fails: "'a'.matches('(')", "!invalid-argument"),
        "contains": Example("'abc'.contains('b')", "true", fails: "dyn(1).contains('a')"),
        "startsWith": Example("'abc'.startsWith('ab')", "true", fails: "'a'.startsWith(dyn(1))"),
        "endsWith": Example("'abc'.endsWith('bc')", "true", fails: "'a'.endsWith(dyn(1))"),
        "type": Example("type(1)", "int", fails: "type(1 / 0)", "!division-by-zero"),
        "dyn": Example("dyn(1)", "1", fails: "dyn(1 / 0)", "!division-by-zero"),
        "bool": Example("bool('t')", "true", fails: "bool('yes')", "!invalid-argument"),
        "int": Example("int(3.9)", "3", fails: "int(1e19)", "!out-of-range"),
        "uint": Example("uint('7')", "7u", fails: "uint(-1)", "!out-of-range"),
        "double": Example("double('1.5')", "1.5", fails: "double('x')", "!invalid-argument"),
        "string": Example("string(1.0)", "'1'", fails: "string(b'\\xff')", "!invalid-argument"),
        "bytes": Example("bytes('a')", "b'61'", fails: "bytes(dyn(1))"),
        "timestamp": Example(
            "timestamp('2026-01-31T00:00:00.000000001Z')", "2026-01-31T00:00:00.000000001Z",
            fails: "timestamp('today')", "!invalid-argument"),
        "duration": Example("duration('1.000000001s')", "1000000001ns", fails: "duration('1d')", "!invalid-argument"),
        "getFullYear": zoned("getFullYear", "2026"), "getMonth": zoned("getMonth", "5"),
        "getDate": zoned("getDate", "1"), "getDayOfMonth": zoned("getDayOfMonth", "0"),
        "getDayOfWeek": zoned("getDayOfWeek", "1"), "getDayOfYear": zoned("getDayOfYear", "151"),
        "getHours": zoned("getHours", "1"), "getMinutes": zoned("getMinutes", "30"),
        "getSeconds": zoned("getSeconds", "59"), "getMilliseconds": zoned("getMilliseconds", "7"),
    ]

    /// In Berlin it is already the first of June.
    private static func zoned(_ accessor: String, _ expected: String) -> Example {
        let time = "timestamp('2026-05-31T23:30:59.007Z')"
        return Example(
            "\(time).\(accessor)('Europe/Berlin')", expected, fails: "\(time).\(accessor)('Europe/Nowhere')",
            "!invalid-argument")
    }

    private static let extensions: [String: Example] = [
        "base64.encode": Example("base64.encode(b'hello')", "'aGVsbG8='", fails: "base64.encode(dyn('a'))"),
        "base64.decode": Example(
            "base64.decode('aGVsbG8')", "b'68656c6c6f'", fails: "base64.decode('a')", "!invalid-argument"),
        "optional.none": Example("optional.none().hasValue()", "false", fails: "optional.none() + 1", "?"),
        "optional.of": Example("optional.of(1).value()", "1", fails: "optional.of(1 / 0)", "!division-by-zero"),
        "optional.ofNonZeroValue": Example(
            "['', b'', 0, 0u, 0.0, false, null, [], {}, duration('0')].exists(x, optional.ofNonZeroValue(x).hasValue())",
            "false", fails: "optional.ofNonZeroValue(1 / 0)", "!division-by-zero"),
        "hasValue": Example("optional.of(null).hasValue()", "true", fails: "dyn(1).hasValue()"),
        "value": Example("optional.of('a').value()", "'a'", fails: "optional.none().value()", "!invalid-argument"),
        "or": Example("optional.of(1).or(optional.of(1 / 0)).value()", "1", fails: "dyn(1).or(optional.of(2))"),
        "orValue": Example("optional.none().orValue(2)", "2", fails: "dyn(1).orValue(2)"),
        "charAt": Example("'©αT'.charAt(1)", "'α'", fails: "'a'.charAt(2)", "!invalid-argument"),
        "indexOf": Example("'ta©o©'.indexOf('©', 3)", "4", fails: "'a'.indexOf('a', 2)", "!invalid-argument"),
        "lastIndexOf": Example(
            "'aXaX'.lastIndexOf('X', 2)", "1", fails: "'a'.lastIndexOf('a', -1)", "!invalid-argument"),
        "substring": Example("'ta©o'.substring(1, 3)", "'a©'", fails: "'abc'.substring(2, 1)", "!invalid-argument"),
        "trim": Example("' \\u2003a b\\n'.trim()", "'a b'", fails: "dyn(1).trim()"),
        "split": Example("'a,b,c'.split(',', 2)", "['a', 'b,c']", fails: "'a'.split(dyn(1))"),
        "lowerAscii": Example("'AÆ'.lowerAscii()", "'aÆ'", fails: "dyn(1).lowerAscii()"),
        "upperAscii": Example("'aα'.upperAscii()", "'Aα'", fails: "dyn(1).upperAscii()"),
        "reverse": Example("'abα'.reverse()", "'αba'", fails: "dyn(1).reverse()"),
        "replace": Example("'aaa'.replace('a', 'b', 2)", "'bba'", fails: "'a'.replace(dyn(1), 'b')"),
        "join": Example("['a', 'b'].join('-')", "'a-b'", fails: "[dyn(1)].join()"),
        "strings.quote": Example("strings.quote('a\"\\n')", "'\"a\\\"\\n\"'", fails: "strings.quote(dyn(1))"),
        "format": Example(
            "'%s %d %.2f %e %x %X %o %b %%'.format([[1, 'a'], 2, 2.675, 1500, 'k', 255, 8, true])",
            "'[1, a] 2 2.67 1.500000e+03 6b FF 10 1 %'", fails: "'%d'.format(['a'])", "!invalid-argument"),
    ]

    private static let examples = [operators, macros, functions, extensions].reduce(into: [String: Example]()) {
        $0.merge($1) { first, _ in first }
    }

    @Test func `every operator, macro and function has an example here, and nothing else has`() {
        #expect(Set(Self.environment.names).symmetricDifference(Self.examples.keys).sorted() == [])
    }

    @Test func `every example uses what it is an example of`() throws {
        for (name, example) in Self.examples.sorted(by: { $0.key < $1.key }) {
            let syntax = try Self.environment.compile(example.value.text, isChecked: false).syntax
            #expect(Self.names(in: syntax).contains(name), "\(name) is not in \(example.value.text)")
        }
    }

    @Test(arguments: examples.keys.sorted())
    func `every operator, macro and function gives what it should, and fails where it should`(name: String) throws {
        let example = try #require(Self.examples[name])
        #expect(outcome(of: example.value.text, in: Self.environment) == example.value.expected)
        let failure = outcome(of: example.failure.text, in: Self.environment)
        #expect(example.failure.expected == "?" ? failure.hasPrefix("?") : failure == example.failure.expected)
    }

    @Test func `without its library a name is unknown`() {
        let found = Set(CELLibrary.all.flatMap(\.names)).subtracting(CELEnvironment().names)
        #expect(found.count == Set(Self.environment.names).subtracting(CELEnvironment().names).count)
        for name in found.sorted() {
            guard let example = Self.examples[name] else { continue }
            #expect(!complaints(about: example.value.text).isEmpty, "\(name)")
        }
    }

    /// The functions and macros of an expression, by the names under which environments list them.
    private static func names(in syntax: CELSyntax) -> Set<String> {
        var names: Set<String> = []
        syntax.walk { id, node in
            switch node.kind {
            case .call(let function, let receiver, _):
                names.insert(function)
                if let receiver { names.insert(syntax.text(of: receiver) + "." + function) }
            case .comprehension(let comprehension):
                names.insert(comprehension.operation.rawValue)
                if syntax.text(of: id).contains(".existsOne(") { names.insert("existsOne") }
            case .select(_, _, isTest: true): names.insert("has")
            default: break
            }
            return true
        }
        return names
    }
}
