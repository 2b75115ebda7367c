import Policies
import Testing

/// What lint says of what expressions cost, before any record is seen.
@Suite struct ExpressionCostTests {
    private func complaints(where condition: String, params: String = "{limit: 3}") -> [String] {
        let policy = """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: p}
            spec:
              match:
                kinds: [file]
                where: >-
                  \(condition)
              params: \(params)
              clock: {from: created}
              keep: {atMost: 90d}
            """
        return diagnostics(in: policy).filter { $0.code.hasPrefix("expression-") }.map(\.description)
    }

    private func diagnostics(in text: String) -> [Diagnostic] { load(text).diagnostics }

    @Test(arguments: [
        "object.usedBy.all(u, u.kind == object.usedBy[0].kind)", "object.metadata.?a.orValue('').matches('^[a-z]+$')",
        "object.contains.exists(c, c.uses.size() > params.limit)", "object.id.startsWith('file-')",
        "object.contains.map(c, c.id).size() > 3",
        "object.usedBy.filter(u, has(u.tenant) && u.tenant == 'a').size() > 0",
    ])
    func `what goes through one list once is within its budget`(condition: String) {
        #expect(complaints(where: condition) == [])
    }

    @Test(arguments: [
        ("object.usedBy.all(u, object.usedBy.all(v, u.tenant == v.tenant))", 19, "1,000"),
        ("object.usedBy.map(u, u.id).exists(a, object.usedBy.map(u, u.id).exists(b, a == b))", 19, "1,000"),
        ("object.contains.all(a, a.uses.all(b, b.usedBy.all(c, c.kind == a.kind)))", 19, "100"),
    ])
    func `a list within a list may cost more than the budget, and lint says from how many related records on`(
        condition: String, column: Int, related: String
    ) throws {
        let told = complaints(where: condition)
        try #require(told.count == 1)
        #expect(told[0].contains("p/0.yaml:8:"))
        #expect(told[0].contains("warning: the cost of a record with \(related) related records may be "))
        #expect(told[0].contains("and its budget is 1,000,000 [expression-cost]"))
    }

    @Test func `a pattern that is computed has no bound, and one of a constant is written out`() throws {
        let told = complaints(where: "object.id.matches(params.pattern)", params: "{pattern: '^a'}")
        try #require(told.count == 1)
        #expect(told[0].contains("p/0.yaml:8:17: warning: the cost has no bound, and its budget is 1,000,000"))
        #expect(told[0].contains("write the pattern out"))
    }

    @Test func `what costs more than the budget whatever the record is an error`() throws {
        let list = "[" + (0..<40).map(String.init).joined(separator: ",") + "]"
        let told = complaints(
            where: "object.bytes > 1 || \(list).map(a, \(list).map(b, \(list).map(c, \(list).map(d, d)))).size() > 0")
        // The first term may decide, so that some records stay within.
        try #require(told.count == 1)
        #expect(told[0].contains("warning: the cost may be "))
        let always = complaints(where: "\(list).map(a, \(list).map(b, \(list).map(c, \(list).map(d, d)))).size() > 0")
        try #require(always.count == 1)
        #expect(always[0].contains("error: the expression costs at least "))
        #expect(always[0].contains("its budget is 1,000,000: it can never be evaluated [expression-over-budget]"))
    }

    @Test func `a variable is paid for each time that it is read`() throws {
        let policy = { (strangers: String) in
            """
            apiVersion: tenure/v1
            kind: AccessPolicy
            metadata: {name: p}
            spec:
              match: {kinds: [file]}
              variables:
                - name: users
                  expression: object.usedBy.filter(u, has(u.tenant))
              validations:
                - name: one-tenant
                  expression: \(strangers)
                  message: no
            """
        }
        let within = policy("cel.bind(users, variables.users, users.all(u, u.tenant == users[0].tenant))")
        #expect(diagnostics(in: within).filter { $0.code.hasPrefix("expression-") } == [])
        let told = diagnostics(in: policy("variables.users.all(u, u.tenant == variables.users[0].tenant)"))
            .filter { $0.code.hasPrefix("expression-") }
        try #require(told.count == 1)
        #expect(told[0].location.line == 11)
        #expect(told[0].message.contains("its budget is 10,000,000 with the variables that it reads"))
        #expect(told[0].hint?.contains("cel.bind") == true)
    }
}
