import CEL
import Testing

@Suite struct SyntaxTests {
    @Test(arguments: [
        ("1 + 2 * 3", "(_+_ 1 (_*_ 2 3))"), ("1 - 2 - 3", "(_-_ (_-_ 1 2) 3)"), ("(1 + 2) * 3", "(_*_ (_+_ 1 2) 3)"),
        ("a || b && c == d", "(_||_ a (_&&_ b (_==_ c d)))"), ("a && b && c", "(_&&_ a b c)"),
        ("a ? b : c ? d : e", "(_?_:_ a b (_?_:_ c d e))"), ("a < b == c", "(_==_ (_<_ a b) c)"),
        ("x in y || z", "(_||_ (@in x y) z)"), ("-a.b", "(-_ (. a b))"), ("-1", "-1"), ("--1", "(-_ -1)"),
        ("!a.b(c)", "(!_ (b a c))"),
        ("a.b[c].d", "(. (_[_] (. a b) c) d)"), ("f(a, [b,], {c: d,})", "(f a [b] {c d})"), (".a.b", "(. .a b)"),
        ("has(a.b)", "(has a b)"), ("a.map(x, y, z)", "(map a x y z)"), ("a.`b c`", "(. a b c)"),
        ("a.in_", "(. a in_)"),
        ("1 // one\n+ 2", "(_+_ 1 2)"), ("a.as.b", "(. (. a as) b)"), ("a.package()", "(package a)"),
    ])
    func `structure`(text: String, expected: String) throws {
        let syntax = try CELEnvironment().compile(text, isChecked: false).syntax
        #expect(described(syntax.root, of: syntax) == expected)
    }

    private func described(_ id: CELSyntax.ID, of syntax: CELSyntax) -> String {
        let parts = syntax.children(of: id).map { described($0, of: syntax) }.joined(separator: " ")
        switch syntax[id].kind {
        case .literal(let value): return shown(value)
        case .identifier(let name): return name
        case .select(_, let field, let isTest): return "(\(isTest ? "has" : ".") \(parts) \(field))"
        case .call(let function, _, _): return "(\(function) \(parts))"
        case .list: return "[\(parts)]"
        case .map: return "{\(parts)}"
        case .comprehension(let comprehension):
            let rest = parts.split(separator: " ").dropFirst().joined(separator: " ")
            let range = described(comprehension.range, of: syntax)
            return "(\(comprehension.operation.rawValue) \(range) \(comprehension.variable) \(rest))"
        }
    }

    @Test func `every node knows its text`() throws {
        let text = "a.b(c, 'é') + [1, x.y]\n && !has(p.q)"
        let syntax = try CELEnvironment().compile(text, isChecked: false).syntax
        var texts: [String] = []
        syntax.walk { id, _ in
            texts.append(syntax.text(of: id))
            return true
        }
        #expect(
            texts == [
                text, "a.b(c, 'é') + [1, x.y]", "a.b(c, 'é')", "a", "c", "'é'", "[1, x.y]", "1", "x.y", "x",
                "!has(p.q)",
                "has(p.q)", "p",
            ])
    }

    @Test(arguments: [
        ("'a'", "'a'"), ("\"a'b\"", "'a'b'"), ("'''a'b\n'''", "'a'b\n'"), (#"'\x41\101\u00e9\U0001F62C'"#, "'AAé😬'"),
        (#"'\a\b\f\n\r\t\v\\\?\"\'\`'"#, "'\u{7}\u{8}\u{C}\n\r\t\u{B}\\?\"'`'"), (#"r'\n\''"#, #"'\n\''"#),
        (#"b'\xff\377é'"#, "b'ffffc3a9'"), (#"Rb'\x'"#, "b'5c78'"), (#"bR"""a"b""""#, "b'612262'"), ("1e3", "1000.0"),
        (".5", "0.5"), ("0x1F", "31"),
        ("0xFFu", "255u"), ("-0x8000000000000000", "-9223372036854775808"),
        ("18446744073709551615u", "18446744073709551615u"),
    ])
    func `literals`(text: String, expected: String) {
        #expect(outcome(of: text) == expected)
    }

    @Test(arguments: [
        ("", ["1:1: expected an expression, found the end"]),
        ("1 +", ["1:4: expected an expression, found the end"]),
        ("é", ["1:1: unexpected character \"é\""]),
        ("'é' + @", ["1:7: unexpected character \"@\""]),
        ("a = 1", ["1:3: unexpected character \"=\"; equality is written =="]),
        ("'abc", ["1:1: the string is not closed"]),
        (#"'\q'"#, [#"1:2: unknown escape in a string; write \\ for a backslash, or r'…' for a raw string"#]),
        (#"'\ud800'"#, [#"1:2: the escape names no character; \xHH, \ooo, \uHHHH or \UHHHHHHHH, and no surrogates"#]),
        (
            "9223372036854775808",
            ["1:1: the number does not fit in an int; an int has 64 bits; 1u is unsigned, 1.0 a double"]
        ),
        ("18446744073709551616u", ["1:1: the number does not fit in a uint, which has 64 bits"]),
        ("1e999", ["1:1: the number is too large for a double"]),
        ("for", ["1:1: 'for' is a reserved word; it may be a field name, not a variable"]),
        ("if(a)", ["1:1: 'if' is a reserved word; it may be a field name, not a variable"]),
        ("{'if': 1}.if + .var", ["1:17: '.var' is a reserved word; it may be a field name, not a variable"]),
        ("f(1 2, )", ["1:5: expected ',' or ')', found \"2\"", "1:8: expected an expression, found \")\""]),
        (
            "[a b, c d, (e f]",
            [
                "1:4: expected ',' or ']', found \"b\"", "1:9: expected ',' or ']', found \"d\"",
                "1:15: expected ')', found \"f\"",
            ]
        ),
        ("{'a' 1}", ["1:6: expected ':' between a key and its value, found \"1\""]),
        ("a.1", ["1:2: expected an operator or the end, found \".1\""]),
        ("x.true", ["1:3: expected a field name after '.', found \"true\""]),
        ("Thing{a: 1}", ["1:6: objects cannot be made in an expression; a map is written {'key': value}"]),
        ("[1,\n  2 3]", ["2:5: expected ',' or ']', found \"3\""]),
        ("!-1", ["1:2: expected an expression, found \"-\""]),
    ])
    func `mistakes are named with line and column, several at once`(text: String, expected: [String]) {
        #expect(complaints(about: text) == expected)
    }
}
