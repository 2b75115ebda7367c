import Chronology
import Policies
import Records
import Testing

@Suite struct PolicyTestDocumentTests {
    /// A test of policy `a` whose record and expectation have these further keys.
    private func test(
        spec: String = "", record: String = "", expect: String = "{policy: a, id: t, state: allowed}"
    ) -> String {
        """
        apiVersion: tenure/v1
        kind: PolicyTest
        metadata: {name: t, title: A test}
        spec:
          asOf: 2026-11-20
          \(spec)
          records:
          - {kind: thread, id: t, \(record)}
          expect:
          - \(expect)
        ---

        """
    }

    private let rules = policy(keep: "{atLeast: 7d, atMost: 90d}") + noHolds

    @Test func `every key of a test reaches the model`() throws {
        let loaded = load(
            rules,
            test(
                spec: "timeZone: Europe/Berlin\n  policies: [a]\n  holds: []\n  unread: [run]\n  source: prod",
                record: """
                    created: 2026-01-01, lastActivity: {since: 2026-02-01T00:00:00Z}, lastModified: missing,
                    expires: implausible, status: s, role: user, bytes: 1, tokens: 2, owner: o, subject: s, tenant: t,
                    metadata: {p: support, q: [1, 2]}, uses: [file/f/1], cites: [run/r], contains: [message/m]
                    """,
                expect: """
                    {policy: a, id: t, kind: thread, source: prod, rule: atLeast, state: kept, mayGo: false,
                     violation: false, severity: high, pastMax: true, matters: [n, m], exception: e, because: x}
                    """))
        #expect(loaded.diagnostics.map(\.description) == [])
        let test = try #require(loaded.tests.first)
        #expect(test.name == "t" && test.title == "A test" && test.asOf.rfc3339 == "2026-11-19T23:00:00Z")
        #expect(test.policies == ["a"] && test.holds == [] && test.exceptions == nil)
        #expect(test.unread == KindSet(.run) && !test.requiresCoverage)
        let record = try #require(test.records.first)
        #expect(record.source == "prod" && record.kind == .thread && record.location.line == 12)
        #expect(record.created == .at(try moment("2025-12-31T23:00:00Z")))
        #expect(record.lastActivity == .since(try moment("2026-02-01T00:00:00Z")))
        #expect(record.lastModified == .missing && record.expires == .implausible)
        #expect(record.status == "s" && record.role == .user && record.bytes == 1 && record.tokens == 2)
        #expect([record.owner, record.subject, record.tenant] == ["o", "s", "t"])
        #expect(record.metadata == [.init(key: "p", values: ["support"]), .init(key: "q", values: ["1", "2"])])
        #expect(record.uses == [.init(kind: .file, id: "f/1")] && record.cites == [.init(kind: .run, id: "r")])
        #expect(record.contains == [.init(kind: .message, id: "m")])
        let expectation = try #require(test.expectations.first)
        #expect(expectation.kind == "thread" && expectation.source == "prod" && expectation.rule == "atLeast")
        #expect(expectation.state == .kept && expectation.mayGo == false && expectation.violation == false)
        #expect(expectation.severity == .high && expectation.pastMax == true && expectation.matters == ["m", "n"])
        #expect(expectation.exception == "e" && expectation.because == "x")
        #expect(loaded.tests.expectedPolicies == ["a"])
    }

    /// Each of 20,000 expectations would look through 100,000 records: minutes, in every scan beside which tests lie.
    @Test(.timeLimit(.minutes(1)))
    func `as many expectations as records cost no more than both`() {
        let records = (0..<10).map { "  - {kind: thread, id: t\($0), count: 10000}\n" }.joined()
        let expectations = (1...20_000).map { "  - {policy: a, id: t\($0 % 10)-\($0 / 10 + 1), state: allowed}\n" }
        let loaded = load(
            rules,
            """
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: many}
            spec:
              asOf: 2026-11-20
              records:
            \(records)  expect:
            \(expectations.joined())
            """)
        #expect(loaded.places == [] && loaded.tests.first?.expectations.count == 20_000)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a thousand mistakes in tests are told a hundred times, and then counted as more`() {
        let expectations = (0..<1000).map { "    - {policy: a, id: x\($0), state: allowed}\n" }.joined()
        let loaded = load(
            rules,
            "apiVersion: tenure/v1\nkind: PolicyTest\nmetadata: {name: t}\nspec:\n  asOf: 2026-11-20\n"
                + "  records: [{kind: thread, id: t}]\n  expect:\n" + expectations)
        #expect(loaded.errors.count == 101 && loaded.errors.first == "0:0 more-errors")
    }

    private func moment(_ text: String) throws -> Moment { Moment(try Instant(rfc3339: text)) }

    @Test func `a test is no part of the digest, of the set or of the keys that are read`() throws {
        let without = load(rules)
        let with = load(rules, test(record: "metadata: {unheard: of}"))
        #expect(with.policies != nil && with.policies?.digest == without.policies?.digest)
        #expect(with.policies?.metadataKeys == without.policies?.metadataKeys)
    }

    @Test(arguments: [
        ("spec: x", "{policy: a, id: t, state: allowed}", "6:3 unknown-key"),
        ("policies: [b]", "{policy: a, id: t, state: allowed}", "6:14 unknown-name"),
        ("holds: [h]", "{policy: a, id: t, state: allowed}", "6:11 unknown-name"),
        ("exceptions: [e]", "{policy: a, id: t, state: allowed}", "6:16 unknown-name"),
        ("", "{policy: b, id: t, state: allowed}", "10:5 unknown-name"),
        ("", "{policy: a, id: u, state: allowed}", "10:5 unknown-record"),
        ("", "{policy: a, id: t, kind: run, state: allowed}", "10:5 unknown-record"),
        ("", "{policy: a, id: t, source: x, state: allowed}", "10:5 unknown-record"),
        ("", "{policy: a, id: t, state: alowed}", "10:31 unknown-value"),
        ("", "{policy: a, id: t, rule: atmost, state: due}", "10:5 unknown-rule"),
        ("", "{policy: a, id: t, state: denied}", "10:5 impossible-expectation"),
        ("", "{policy: a, id: t, rule: atLeast, state: due}", "10:5 impossible-expectation"),
        ("", "{policy: a, id: t, state: uncovered}", "10:5 impossible-expectation"),
        ("", "{hold: h, id: t, state: early-expiry}", "10:5 unknown-name"),
        ("", "{policy: a, id: t, state: lost}", "10:5 impossible-expectation"),
        ("", "{hold: h, policy: a, id: t, state: due}", "10:5 impossible-expectation"),
        ("", "{id: t, state: due}", "10:5 missing-key"),
    ])
    func `what a test cannot mean is an error at its place`(spec: String, expect: String, place: String) {
        let loaded = load(rules, test(spec: spec, expect: expect))
        #expect(loaded.places.contains(place), "\(loaded.diagnostics)")
        #expect(loaded.hasErrors && loaded.tests.isEmpty)
    }

    @Test(arguments: [
        ("uses: [message/m]", "8:34 impossible-reference"), ("contains: [file/f]", "8:38 impossible-reference"),
        ("container: c", "8:27 impossible-reference"), ("uses: [fiel/f]", "8:34 unknown-value"),
        ("owner: o, metadata: {owner: p}", "8:5 duplicate-key"), ("created: soon", "8:36 invalid-date"),
        ("created: {since: 2026-01-01}", "8:36 wrong-type"), ("bytes: -1", "8:34 out-of-range"),
    ])
    func `what a record cannot be is an error at its place`(record: String, place: String) {
        let loaded = load(rules, test(record: record))
        #expect(loaded.places.contains(place), "\(loaded.diagnostics)")
    }

    @Test func `a policy that takes no part is not expected`() {
        let loaded = load(rules, policy(name: "b"), test(spec: "policies: [b]"))
        #expect(loaded.errors == ["10:5 impossible-expectation"])
    }

    @Test func `an id of several records needs its kind or its source`() {
        let records = "}\n  - {kind: run, id: t, container: t"
        let loaded = load(rules, test(record: records))
        #expect(loaded.errors == ["11:5 unknown-record"])
        #expect(load(rules, test(record: records, expect: "{policy: a, kind: thread, id: t, state: due}")).errors == [])
    }

    @Test func `the documents of another instant count age from there`() throws {
        let policies = policy(match: "{kinds: [thread], where: 'age(object.created) > days(9)'}") + noHolds
        let loaded = load(policies)
        let later = Instant(seconds: asOf.seconds + 86_400)
        let set = try #require(loaded.policies(asOf: later))
        #expect(set.asOf == later && set.digest == loaded.policies?.digest)
        #expect(loaded.policies(asOf: asOf)?.asOf == asOf)
        #expect(load("nothing").policies(asOf: later) == nil)
    }
}
