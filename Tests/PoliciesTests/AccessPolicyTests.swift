import CEL
import Chronology
import Policies
import Records
import Testing

@Suite struct AccessPolicyTests {
    /// A policy with these lines in its spec beside a match of files.
    private func access(_ lines: String, name: String = "a") -> String {
        let body = lines.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }
        return "apiVersion: tenure/v1\nkind: AccessPolicy\nmetadata: {name: \(name), title: T}\nspec:\n"
            + "  match: {kinds: [file]}\n\(body.joined(separator: "\n"))\n---\n"
    }

    private let always = policy(name: "keep") + noHolds

    @Test func `a policy is read with its variables, validations and defaults`() throws {
        let text = access(
            """
            severity: critical
            controls: [iso/5.15]
            params: {most: 2}
            timeZone: Europe/Berlin
            variables:
              - {name: users, expression: "object.usedBy.filter(u, has(u.tenant))"}
              - {name: count, expression: variables.users.size()}
            validations:
              - name: one-tenant
                expression: "cel.bind(them, variables.users, them.all(u, u.tenant == them[0].tenant))"
                message: Shared
              - name: few
                expression: variables.count <= params.most
                messageExpression: "'used by ' + string(variables.count) + ' records'"
            """)
        let loaded = load(text, always)
        #expect(loaded.places == [])
        let policy = try #require(loaded.policies?.access.first)
        #expect(policy.name == "a" && policy.title == "T" && policy.severity == .critical)
        #expect(policy.controls == ["iso/5.15"] && policy.mode == .enforce && policy.zone.identifier == "Europe/Berlin")
        #expect(policy.variables.map(\.name) == ["users", "count"])
        #expect(policy.variablesType.fields.map(\.type) == [.list(.object("Record")), .int])
        #expect(policy.validations.map(\.name) == ["one-tenant", "few"])
        #expect(policy.validations.map(\.message) == ["Shared", nil])
        #expect(policy.validations[1].messageExpression != nil && !policy.validations[1].messageReadsIds)
    }

    @Test(arguments: [
        ("validations: []", ["6:16 empty-list"]),
        ("mode: enforce", ["5:3 missing-key"]),
        ("validations: [{name: a}]", ["6:17 missing-key"]),
        ("validations: [{expression: has(object.owner)}]", ["6:17 missing-key"]),
        ("validations: [{name: a, expression: has(object.owner), mesage: x}]", ["6:58 unknown-key"]),
        ("validations: [{name: a, expression: object.owner}]", ["6:39 invalid-expression"]),
        ("validations: [{name: a, expression: has(object.ownr)}]", ["6:50 invalid-expression"]),
        ("validations: [{name: a, expression: true}]", ["6:39 wrong-type"]),
        ("validations: [{name: atMost, expression: has(object.owner)}]", ["6:24 invalid-name"]),
        (
            "validations: [{name: a, expression: has(object.owner)}, {name: a, expression: has(object.id)}]",
            ["6:66 duplicate-name"]
        ),
        (
            "validations: [{name: a, expression: has(object.owner), messageExpression: object.bytes}]",
            ["6:77 invalid-expression"]
        ),
        (
            "variables: [{name: in, expression: now}, {name: 1x, expression: now}]\n"
                + "validations: [{name: a, expression: has(object.owner)}]", ["6:22 invalid-name", "6:51 invalid-name"]
        ),
        (
            "variables: [{name: x, expression: now}, {name: x, expression: now}]\n"
                + "validations: [{name: a, expression: has(object.owner)}]", ["6:50 duplicate-name"]
        ),
        (
            "variables: [{name: x, expression: variables.y}, {name: y, expression: now}]\n"
                + "validations: [{name: a, expression: has(object.owner)}]", ["6:47 invalid-expression"]
        ),
        (
            "variables: [{name: count, expression: object.usedBy.size()}]\n"
                + "validations: [{name: a, expression: variables.cuont > 1}]", ["7:49 invalid-expression"]
        ),
        (
            "variables: [{name: count, expression: object.usedBy.size()}]\n"
                + "validations: [{name: a, expression: variables.count == 'x'}]", ["7:39 invalid-expression"]
        ),
        (
            "variables: [{name: broken, expression: object.nothing}]\n"
                + "validations: [{name: a, expression: variables.broken == 'x'}]", ["6:49 invalid-expression"]
        ),
        ("validations: [{name: a, expression: params.most > 1}]", ["6:46 unknown-constant"]),
    ])
    func `what does not fit is an error at its place`(lines: String, errors: [String]) {
        #expect(load(access(lines), always).errors == errors)
    }

    @Test func `variables are no name outside of an access policy`() {
        #expect(load(policy(match: "{where: variables.x == 1}"), noHolds).errors == ["5:18 invalid-expression"])
    }

    @Test func `keys that expressions of any part read are read from the sources`() {
        let text = access(
            """
            variables: [{name: a, expression: "has(object.metadata.first)"}]
            validations:
              - name: b
                expression: variables.a && 'second' in object.metadata
                messageExpression: "has(object.metadata.third) ? 'x' : 'y'"
              - name: c
                expression: object.metadata.?fourth.hasValue() || object.?metadata[?'fifth'].hasValue()
              - name: d
                expression: object.?container.?metadata.?sixth.orValue('') == '' || variables.?a.orValue(true)
            """)
        let keys = ["fifth", "first", "fourth", "owner", "second", "sixth", "subject", "tenant", "third"]
        #expect(load(text, always).policies?.metadataKeys == keys)
    }

    @Test(arguments: [
        "object.?metadata.hasValue()", "object.?metadata.optMap(m, m.a).hasValue()",
        "cel.bind(m, object.metadata, m.a == 'x')", "object.metadata.exists(k, v, v == 'x')",
        "object.metadata.transformList(k, v, k).size() > 0", "object.metadata[?object.id].hasValue()",
        "optional.of(object.metadata).?a.hasValue()",
    ])
    func `a key that no text names is refused, however it is read`(condition: String) {
        let text = access("validations: [{name: v, expression: \"\(condition)\"}]")
        #expect(load(text, always).errors == ["6:40 unnamed-metadata"])
    }

    private func message(_ expression: String, disclose: String = "", variables: String = "") -> [String] {
        let text = access(
            """
            \(disclose.isEmpty ? "mode: enforce" : "disclose: [\(disclose)]")
            variables: [\(variables)]
            validations:
              - name: v
                expression: has(object.owner)
                messageExpression: |-
                  \(expression)
            """)
        return load(text, always).errors
    }

    @Test(arguments: [
        ("'product ' + object.metadata.product", "product", 22),
        ("object.metadata['product']", "product", 9),
        ("has(object.metadata.a) ? object.metadata.product : 'none'", "product", 34),
        ("object.usedBy.map(u, u.metadata.product)[0]", "product", 30),
        ("'a'.startsWith('b') ? 'c' : string(timestamp(object.metadata.product))", "product", 54),
        ("'of ' + object.owner", "owner", 17),
        ("object.container.tenant", "tenant", 9),
        ("{'a': object.subject}['a']", "subject", 15),
        ("object.metadata.?product.orValue('none')", "product", 9),
        ("object.metadata[?'product'].orValue('none')", "product", 9),
        ("object.?metadata.?product.optMap(p, p + '!').value()", "product", 9),
        ("object.?owner.orValue('none')", "owner", 9),
        ("object.?container.?tenant.value()", "tenant", 9),
        ("cel.bind(o, object.owner, 'of ' + o)", "owner", 21),
        ("'%s'.format([object.tenant])", "tenant", 22),
        ("object.usedBy.transformList(i, u, u.subject).join('')", "subject", 43),
        ("cel.bind(u, object, u.owner)", "owner", 29),
    ])
    func `a message that could print a metadata value is an error unless the key is disclosed`(
        expression: String, key: String, column: Int
    ) {
        #expect(message(expression) == ["12:\(column) undisclosed"])
        #expect(message(expression, disclose: "other") == ["12:\(column) undisclosed"])
        #expect(message(expression, disclose: key) == [])
    }

    @Test(arguments: [
        "has(object.metadata.product) ? 'a' : 'b'",
        "'product' in object.metadata && object.metadata.product == 'x' ? 'a' : string(object.bytes)",
        "'the ' + object.kind + ' ' + object.id + ' is ' + object.status",
        "'owner' + string(size(object.metadata.product))",
        "object.?owner.hasValue() ? 'owned' : 'free'",
        "cel.bind(k, object.kind, k + ' of %d bytes'.format([object.bytes]))",
        "string(object.usedBy.filter(u, has(u.owner)).size()) + string(age(object.created))",
    ])
    func `tests, comparisons and sizes print no value`(expression: String) {
        #expect(message(expression) == [])
    }

    @Test func `a value does not leak through a variable`() {
        let variables = "{name: p, expression: object.metadata.product}, {name: q, expression: \"'a' + variables.p\"}"
        #expect(message("variables.q", variables: variables) == ["12:9 undisclosed"])
        #expect(message("variables.q", disclose: "product", variables: variables) == [])
        #expect(message("variables.q == 'ab' ? 'x' : 'y'", variables: variables) == [])
        for way in [
            "variables.?q.orValue('')", "cel.bind(v, variables, v.q)", "[variables].map(v, v.q)[0]",
            "string(dyn(variables).q)",
        ] {
            #expect(message(way, variables: variables).count == 1, "\(way)")
            #expect(message(way, disclose: "product", variables: variables) == [], "\(way)")
        }
    }

    @Test func `variables that name each other again and again are looked at once`() {
        var items = ["{name: v0, expression: object.metadata.product}"]
        for index in 1..<100 {
            items.append("{name: v\(index), expression: variables.v\(index - 1) + variables.v\(index - 1)}")
        }
        #expect(message("variables.v99", variables: items.joined(separator: ", ")) == ["12:9 undisclosed"])
        items.append("{name: v100, expression: now}")
        let most = access(
            "variables: [\(items.joined(separator: ", "))]\nvalidations: [{name: a, expression: has(object.owner)}]")
        #expect(load(most, always).diagnostics.filter { $0.level == .error }.map(\.code) == ["too-many"])
    }

    @Test func `an expression beside variables may be half as deep as another`() {
        func nested(_ depth: Int) -> String {
            access(
                "validations: [{name: a, expression: \"\(String(repeating: "!(", count: depth))has(object.owner)"
                    + "\(String(repeating: ")", count: depth))\"}]")
        }
        #expect(load(nested(40), always).errors == [])
        #expect(!load(nested(120), always).errors.isEmpty)
    }

    @Test func `it is known which messages name records`() throws {
        let text = access(
            """
            variables: [{name: first, expression: "object.usedBy.map(u, u.id)"}]
            validations:
              - {name: a, expression: has(object.owner), messageExpression: "'used by ' + variables.first[0]"}
              - {name: b, expression: has(object.owner), messageExpression: "'a ' + object.kind"}
            """)
        let policy = try #require(load(text, always).policies?.access.first)
        #expect(policy.validations.map(\.messageReadsIds) == [true, false])
    }

    @Test func `what cannot be meant is a warning at its place`() {
        let text = access(
            """
            validations:
              - {name: a, expression: 1 + 1 == 2}
              - name: b
                expression: >-
                  object.bytes > 0 &&
                  object.metadata.product == 'x'
            """)
        #expect(load(text, always).places == ["7:29 constant-condition", "11:9 unguarded-field"])
        let guarded = access(
            "validations: [{name: b, expression: \"has(object.metadata.a) && object.metadata.a == 'x'\"}]")
        #expect(load(guarded, always).places == [])
    }

    @Test func `an exception may name it, and two kinds of policy may share a name`() {
        let exception = document(
            "PolicyException", name: "e", "{policies: [a], reason: r, expiresAt: 2027-01-01, match: {kinds: [file]}}")
        let both = access("validations: [{name: v, expression: has(object.owner)}]", name: "keep")
        #expect(
            load(access("validations: [{name: v, expression: has(object.owner)}]") + exception, always).errors == [])
        #expect(load(both, always).errors == [])
    }
}
