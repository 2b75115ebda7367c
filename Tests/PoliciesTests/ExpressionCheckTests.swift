import Policies
import Testing

/// What the checker says of expressions, and where inside the YAML scalar it says it.
@Suite struct ExpressionCheckTests {
    /// Mistakes that are found in different ways: by name, type, vocabulary, sign, kind, and by what guards a read.
    /// The offset is that of the part that is to blame.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let offset: Int
        let code: String

        var testDescription: String { text }
    }

    static let mistakes = [
        Mistake(text: "object.stauts == 'x'", offset: 7, code: "invalid-expression"),
        Mistake(text: "object.bytes == 'x'", offset: 0, code: "invalid-expression"),
        Mistake(text: "object.kind == 'rnu'", offset: 15, code: "unknown-value"),
        Mistake(text: "object.status == 'complete'", offset: 17, code: "constant-comparison"),
        Mistake(text: "object.tokens < -1", offset: 16, code: "constant-comparison"),
        Mistake(text: "object.expires < now", offset: 7, code: "field-never"),
        Mistake(text: "object.metadata.x == 'a'", offset: 0, code: "unguarded-field"),
        Mistake(text: "params.most > 1", offset: 7, code: "unknown-constant"),
    ]

    /// The same condition in every style of YAML, with room for a mistake at `BAD`.
    static let styles = [
        "object.kind == 'run' && BAD",
        "'object.kind == ''run'' && BAD'",
        "\"object.kind == 'run' && BAD\"",
        "\"object.kind == \\u0027run\\x27 && BAD\"",
        "object.kind == 'run' &&\n      BAD",
        "object.kind == 'run'\n\n      && BAD # why",
        "'object.kind == ''run''\n\n      && BAD'",
        "\"object.kind == \\\n      'run' && \\\n      BAD\"",
        "|\n      object.kind == 'run'\n      && BAD\n",
        "|-\n\n      object.kind ==\n        'run'\n      && BAD",
        "|2-\n        object.kind == 'run'\n      && BAD",
        "|+\n      object.kind != 'é' + 'ü' + object.kind && BAD\n\n",
        ">-\n      object.kind == 'run'\n      && BAD",
        ">\n      object.kind ==\n\n        'run'\n      && BAD\n",
        ">-\n      object.kind\n      == 'run'\n      &&\n\n\n      BAD",
        "|  # a header may have a comment\n      // and so may the expression, é\n      object.kind == 'run' &&\n      BAD",
        "&name >-\n      object.kind == 'run'\n      && BAD",
        "!!str |\n      object.kind == 'run'\n      && BAD",
    ]

    @Test(arguments: styles, mistakes)
    func `a mistake is found at its line and column in plain, quoted, literal and folded scalars`(
        style: String, mistake: Mistake
    ) throws {
        let written = style.contains("'object") ? mistake.text.replacing("'", with: "''") : mistake.text
        let text = Self.conditioned(style.replacing("BAD", with: written))
        let start = try #require(text.ranges(of: written).first?.lowerBound)
        let place = text.unicodeScalars.index(start, offsetBy: mistake.offset)
        let before = text.unicodeScalars[..<place]
        let line = before.count { $0 == "\n" } + 1
        let column = before.split(separator: "\n", omittingEmptySubsequences: false).last.map { $0.count + 1 } ?? 0
        #expect(load(text).places == ["\(line):\(column) \(mistake.code)"], "\(text)")
    }

    private static func conditioned(_ condition: String, kinds: String = "[run]", match: String = "") -> String {
        "apiVersion: tenure/v1\nkind: RetentionPolicy\nmetadata: {name: a}\nspec:\n  clock: {from: created}\n"
            + "  keep: {atMost: 90d}\n  match:\n    kinds: \(kinds)\n\(match)    where: \(condition)\n---\n\(noHolds)"
    }

    /// The diagnostics of a condition, as `code: message; hint`, but for its cost: of that speaks `ExpressionCostTests`.
    private func remarks(_ condition: String, kinds: String = "[run]", match: String = "") -> [String] {
        let told = load(Self.conditioned("|-\n      \(condition)", kinds: kinds, match: match)).diagnostics
        return told.filter { $0.code != "expression-cost" }.map {
            "\($0.level.rawValue) \($0.code): \($0.message)" + ($0.hint.map { "; \($0)" } ?? "")
        }
    }

    @Test func `a word outside of a vocabulary is named with its neighbour`() {
        #expect(
            remarks("object.kind == 'rnu'") == ["error unknown-value: unknown kind 'rnu'; did you mean 'run'?"])
        #expect(
            remarks("object.contains.exists(s, s.kind == 'run_step')") == [
                "error unknown-value: unknown kind 'run_step'; did you mean 'runStep'?"
            ])
        #expect(
            remarks("object.role == 'asistant'", kinds: "[message]") == [
                "error unknown-value: unknown role 'asistant'; did you mean 'assistant'?"
            ])
        #expect(
            remarks("object.status in ['queued', 'inprogress']") == [
                "warning constant-comparison: the comparison never holds: no run has the status 'inprogress'; "
                    + "did you mean 'in_progress'?"
            ])
        #expect(
            remarks("object.status != 'procesed'", kinds: "[file, vectorStoreFile]") == [
                "warning constant-comparison: the comparison always holds: no file and no vectorStoreFile has the "
                    + "status 'procesed'; did you mean 'processed'?"
            ])
    }

    @Test(arguments: [
        ("object.container.tenat == 'x'", "Record has no field 'tenat'; did you mean 'tenant'?"),
        ("object.contains.exists(s, s.stauts == 'x')", "Record has no field 'stauts'; did you mean 'status'?"),
        ("object.contains[0].uses.all(f, f.bytes > 'x')", "'>' does not join int and string"),
        ("object.container == 'x'", "'==' does not join Record and string"),
        ("object.contains == object", "'==' does not join list(Record) and Record"),
        ("object.contains.map(s, s.id) + 1 == []", "'+' does not join list(string) and int"),
        ("object.contains.size() == object.contains", "'==' does not join int and list(Record)"),
    ])
    func `related records have the same fields and types as the record`(condition: String, message: String) {
        let found = remarks(condition)
        #expect(found.count == 1 && (found.first ?? "").hasPrefix("error invalid-expression: \(message)"), "\(found)")
    }

    @Test(arguments: [
        ("object.created < '2026-01-01'", "write the time as timestamp('2026-01-31T00:00:00Z')"),
        ("'90d' < age(object.created)", "write the span as duration('36h')"),
        ("object.tokens >= '5'", "convert one side: int(x) or string(x)"),
        ("object.tokens == '5'", "values of different types are never equal; wrap one in dyn() if that is meant"),
        ("has(object.owner) == 'true'", "write true or false without quotes"),
        ("object.tokens + 1.5 > 1.0", "convert one side: int(x), uint(x) or double(x)"),
        ("age(object.craeted) > days(3)", "did you mean 'created'?"),
        ("agee(object.created) > days(3)", "did you mean 'age'?"),
        ("objct.tokens > 1", "did you mean 'object'?"),
    ])
    func `a wrong type and a wrong name come with what to write`(condition: String, hint: String) {
        let found = remarks(condition)
        #expect(found.count == 1 && (found.first ?? "").hasPrefix("error invalid-expression"), "\(found)")
        #expect((found.first ?? "").hasSuffix("; \(hint)"), "\(found)")
    }

    @Test(arguments: [
        ("object.kind == 'thread'", "it is one of run here"),
        ("object.kind in ['run', 'thread']", "it is one of run here"),
        ("'thread' == object.kind", "it is one of run here"),
        ("object.container.kind == 'conversation'", "it is one of thread here"),
        ("object.contains.all(s, s.kind == 'message')", "it is one of runStep here"),
        ("object.container.contains[0].kind == 'file'", "it is one of message, run here"),
        ("cel.bind(c, object.container, c.kind == 'file')", "it is one of thread here"),
        ("cel.bind(l, object.contains, l.exists(s, s.kind == 'file'))", "it is one of runStep here"),
        ("object.contains.exists(i, s, i < 3 && s.kind == 'file')", "it is one of runStep here"),
        ("object.?container.optMap(c, c.kind == 'file').orValue(false)", "it is one of thread here"),
        (
            "object.contains.filter(s, has(s.status)).exists(s, s.uses.all(f, f.kind == 'container'))",
            "it is one of file here"
        ),
        ("object.contains.exists(s, s.status == 'queued')", "no runStep has the status 'queued'"),
    ])
    func `a kind that cannot be where it is looked for is named`(condition: String, reason: String) {
        let found = remarks(condition)
        #expect(found.count == 1 && (found.first ?? "").hasPrefix("warning constant-comparison"))
        #expect((found.first ?? "").contains("never holds: \(reason)"), "\(found)")
    }

    @Test(arguments: [
        ("object.tokens < 0", "never"), ("object.tokens <= -1", "never"), ("0 > object.tokens", "never"),
        ("object.tokens == -5", "never"), ("object.contains.size() < 0", "never"), ("size(object.id) < 0", "never"),
        ("object.tokens >= 0", "always"), ("object.tokens > -1", "always"), ("object.tokens != -1", "always"),
    ])
    func `a negative size, and what every size is, is a comparison with one answer`(condition: String, answer: String) {
        let found = remarks(condition)
        #expect(found.count == 1 && (found.first ?? "").contains("the comparison \(answer) holds"), "\(found)")
    }

    @Test func `a value that the match rules out is named`() {
        let match = "    metadata: {product: [support, sales]}\n    subjects: [a]\n    ids: [r1]\n"
        #expect(remarks("object.metadata.product == 'other'", match: match).joined().contains("match.metadata"))
        #expect(remarks("object.metadata['product'] == 'other'", match: match).joined().contains("match.metadata"))
        #expect(remarks("object.subject == 'b'", match: match).joined().contains("match.subjects"))
        #expect(remarks("object.id != 'r2'", match: match).joined().contains("always holds"))
        #expect(remarks("object.container.id != 'r2'", match: match) == [])
        #expect(remarks("object.metadata.product == 'sales' && object.id == 'r1'", match: match) == [])
    }

    @Test func `a field that no record of the kinds ever has is named, with those that have it`() {
        #expect(
            remarks("has(object.expires)") == [
                "warning field-never: no run ever has 'expires'; only these have it: file, vectorStore, container, "
                    + "batch, upload"
            ])
        #expect(remarks("object.usedBy.size() > 0", kinds: "[thread, message]").count == 1)
        #expect(remarks("object.usedBy.exists(u, has(u.expires))", kinds: "[file]") == [])
        #expect(remarks("object.usedBy.exists(u, has(u.role))", kinds: "[container]").count == 1)
        #expect(remarks("object.?expires.hasValue()").count == 1)
    }

    @Test(arguments: [
        "object.kind == 'run' && object.status == 'queued' && object.tokens > 0",
        "object.container.kind == 'thread' && object.container.contains.exists(m, m.role == 'tool')",
        "object.tokens > 0 && object.contains.size() >= 1 && size(object.contains) != 0",
        "object.contains.exists(s, s.kind == 'runStep' && s.status in ['expired', 'failed'])",
        "has(object.status) ? object.status == 'expired' : object.tokens < 1",
    ])
    func `what can hold and can fail to hold is no news`(condition: String) { #expect(remarks(condition) == []) }

    @Test func `without a match any kind is possible`() {
        let text = policy(
            match: "{where: \"object.kind == 'file' && object.status == 'weird' && has(object.expires)\"}")
        #expect(load(text + noHolds).places == [])
    }

    @Test(arguments: [
        "has(object.metadata.a) && object.metadata.a == 'x'",
        "object.metadata.a == 'x' && has(object.metadata.a)",
        "'a' in object.metadata && object.metadata['a'] == 'x'",
        "!has(object.metadata.a) || object.metadata.a == 'x'",
        "!('a' in object.metadata) || object.metadata['a'] == 'x'",
        "has(object.metadata.a) ? object.metadata.a == 'x' : true",
        "!(has(object.metadata.a) && object.metadata.a == 'x')",
        "(has(object.metadata.a) && has(object.tenant)) && (object.metadata.a == 'x' || object.tenant == 'y')",
        "object.contains.exists(s, has(s.metadata.a) && s.metadata.a == 'x')",
        "object.contains.filter(s, has(s.metadata.a)).all(s, s.metadata.a == 'x')",
        "object.contains.filter(s, has(s.metadata.a)).map(t, t.metadata.a).size() > 1",
        "object.contains.map(s, has(s.metadata.a), s.metadata.a).size() > 1",
        "has(object.container.metadata.a) && object.container.metadata.a == 'x'",
        "object.metadata.?a.orValue('') == 'x'", "object.metadata[?'a'].hasValue()",
        "object.?metadata.?a == optional.of('x')", "object.metadata.?a.optMap(v, v == 'x').orValue(false)",
        "object.metadata.?a.hasValue() && object.metadata.?a.value() == 'x'",
        "object.metadata[?'a'].hasValue() && object.metadata.a == 'x'",
        "object.metadata.?a.optMap(v, v + object.metadata.a).hasValue()",
        "cel.bind(c, object.container, has(c.metadata.a) && c.metadata.a == 'x')",
        "has(object.container.metadata.a) && cel.bind(c, object.container, c.metadata.a == 'x')",
        "cel.bind(c, object.container, has(c.metadata.a)) && object.container.metadata.a == 'x'",
        "cel.bind(l, object.contains.filter(s, has(s.metadata.a)), l.all(s, s.metadata.a == 'x'))",
        "object.contains.filter(s, has(s.metadata.a)).all(i, s, i > 3 || s.metadata.a == 'x')",
        "object.contains.transformList(i, s, has(s.metadata.a), s.metadata.a).size() > 1",
        "has(object.tenant) && object.tenant == 'x'", "object.?tenant.orValue('') == 'x'",
        "object.contains.all(s, !has(s.owner) || s.owner == 'x')",
        "object.contains.filter(s, has(s.tenant)).exists(s, s.tenant == object.contains.filter(t, has(t.tenant))[0].tenant)",
    ])
    func `a read of metadata is guarded where its absence decides`(condition: String) {
        #expect(remarks(condition) == [])
    }

    @Test(arguments: [
        ("object.metadata.a == 'x'", "has(object.metadata.a)"),
        ("has(object.metadata.a) || object.metadata.a == 'x'", "has(object.metadata.a)"),
        ("!has(object.metadata.a) && object.metadata.a == 'x'", "has(object.metadata.a)"),
        ("has(object.metadata.b) && object.metadata.a == 'x'", "has(object.metadata.a)"),
        ("has(object.metadata.a) ? true : object.metadata.a == 'x'", "has(object.metadata.a)"),
        ("has(object.metadata.a) == (object.metadata.a == 'x')", "has(object.metadata.a)"),
        ("object.metadata['a-b'] == 'x'", "'a-b' in object.metadata"),
        ("has(object.metadata.a) && object.contains.all(s, s.metadata.a == 'x')", "has(s.metadata.a)"),
        (
            "object.contains.exists(s, has(s.metadata.a)) && object.contains.all(s, s.metadata.a == 'x')",
            "has(s.metadata.a)"
        ),
        ("has(object.metadata.a) && object.container.metadata.a == 'x'", "has(object.container.metadata.a)"),
        ("(has(object.metadata.a) || has(object.tenant)) && object.metadata.a == 'x'", "has(object.metadata.a)"),
        ("object.metadata.?a.value() == 'x'", "has(object.metadata.a)"),
        ("object.metadata.?a.hasValue() || object.metadata[?'a'].value() == 'x'", "has(object.metadata.a)"),
        ("object.metadata.?a.optMap(v, v + 'x').value() == 'x'", "has(object.metadata.a)"),
        ("cel.bind(c, object.container, c.metadata.a == 'x')", "has(c.metadata.a)"),
        (
            "has(object.metadata.a) && cel.bind(object, object.container, object.metadata.a == 'x')",
            "has(object.metadata.a)"
        ),
        ("object.contains.all(i, s, i > 3 || s.metadata.a == 'x')", "has(s.metadata.a)"),
        ("object.tenant == 'x'", "has(object.tenant)"),
        ("has(object.tenant) && object.contains.all(u, u.tenant == object.tenant)", "has(u.tenant)"),
        ("object.contains.filter(u, has(u.owner)).all(u, u.subject == 'x')", "has(u.subject)"),
        ("object.?container.optMap(c, c.owner == 'x').orValue(false)", "has(c.owner)"),
    ])
    func `a read of metadata that nothing guards is named, with the question to ask`(condition: String, test: String) {
        let found = remarks(condition)
        #expect(found.count == 1 && (found.first ?? "").hasPrefix("warning unguarded-field"), "\(found)")
        #expect(found.first?.hasSuffix("ask first: \(test) && …") == true, "\(found)")
    }

    @Test func `what match asks guards validations, and what a validation asks guards variables`() {
        func access(_ match: String, _ spec: String) -> [String] {
            let text = document(
                "AccessPolicy", name: "a", "{match: \(match), \(spec)}")
            return load(text, policy(name: "keep") + noHolds).diagnostics.map(\.code)
        }
        let read = "validations: [{name: v, expression: object.metadata.a == 'x'}]"
        #expect(access("{kinds: [run]}", read) == ["unguarded-field"])
        #expect(access("{metadata: {a: [x, y]}}", read) == [])
        #expect(access("{where: has(object.metadata.a)}", read) == [])
        #expect(access("{where: has(object.metadata.a) || has(object.tenant)}", read) == ["unguarded-field"])
        let variable =
            "variables: [{name: w, expression: object.metadata.a + 'x'}], validations: [{name: v, expression: "
        #expect(access("{kinds: [run]}", variable + "variables.w == 'x'}]") == ["unguarded-field"])
        #expect(access("{kinds: [run]}", variable + "\"!has(object.metadata.a) || variables.w == 'x'\"}]") == [])
        #expect(access("{kinds: [run]}", variable + "has(object.owner)}]") == ["unused-variable"])
        let users =
            "variables: [{name: u, expression: \"object.contains.filter(u, has(u.tenant))\"}], "
            + "validations: [{name: v, expression: "
        let all = "cel.bind(l, variables.u, l.all(u, u.tenant == l[0].tenant))"
        #expect(access("{kinds: [run]}", users + "\"\(all)\"}]") == [])
        #expect(
            access("{kinds: [run]}", users + "\"variables.u.all(u, u.owner == 'x')\"}]") == ["unguarded-field"])
        #expect(access("{subjects: [a]}", "validations: [{name: v, expression: object.subject == 'a'}]") == [])
        let kinds = "variables: [{name: s, expression: object.contains}], validations: [{name: v, expression: "
        #expect(
            access("{kinds: [run]}", kinds + "\"variables.s.all(s, s.kind == 'message')\"}]") == ["constant-comparison"]
        )
    }
}
