import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// Every way in which a test can pass or fail.
@Suite struct PolicyTestTests {
    /// What came of the tests in some documents. What cannot be loaded is a mistake of the test.
    private func run(_ documents: String...) throws -> TestRun {
        let text = documents.joined(separator: "\n---\n")
        let loaded = PolicyLoader.load(
            files: [("p.yaml", Array(text.utf8))], asOf: Instant(seconds: 0))
        try #require(!loaded.hasErrors, "\(DiagnosticReport.text(loaded.diagnostics))")
        return try #require(TestRun(loaded))
    }

    private static let thread = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: threads}
        spec: {severity: high, match: {kinds: [thread]}, clock: {from: lastActivity}, keep: {atMost: 30d}, whenDue: delete}
        """
    private static let duty = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: duty}
        spec: {match: {kinds: [thread], metadata: {regulated: true}}, clock: {from: created}, keep: {atLeast: 1y}}
        """
    private static let hold = """
        apiVersion: tenure/v1
        kind: LegalHold
        metadata: {name: matter}
        spec: {match: {subjects: [jane]}, from: 2026-11-01}
        """
    private static let exception = """
        apiVersion: tenure/v1
        kind: PolicyException
        metadata: {name: pilot}
        spec: {policies: [threads, named], match: {metadata: {project: pilot}}, reason: r, expiresAt: 2026-11-20}
        """
    private static let access = """
        apiVersion: tenure/v1
        kind: AccessPolicy
        metadata: {name: named}
        spec: {match: {kinds: [thread]}, validations: [{name: owned, expression: has(object.owner), message: no owner}]}
        """

    private func test(
        _ records: [String], _ expectations: [String], _ spec: String = "", name: String = "t"
    ) -> String {
        let lists = ["records:"] + records.map { "- {\($0)}" } + ["expect:"] + expectations.map { "- {\($0)}" }
        return """
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: \(name)}
            spec:
              asOf: 2026-11-20
              \(spec)
              \(lists.joined(separator: "\n  "))
            """
    }

    private static let old = "kind: thread, id: t, created: 2026-01-01"

    @Test func `states are spelt as evaluation spells them`() {
        let states = Set(TestExpectation.State.allCases).subtracting([.none]).map(\.rawValue)
        // Who was forgotten stands in no document.
        #expect(Set(states) == Set(State.allCases.map(\.name)).subtracting(["resurrected"]))
    }

    @Test func `an expectation that is met passes, and a finding that none names fails at its record`() throws {
        let met = try run(Self.thread, test([Self.old], ["policy: threads, id: t, state: overdue"]))
        #expect(met.passed == 1 && met.outcomes.first?.failures == [])
        let unnamed = try run(
            Self.thread, Self.access, test([Self.old], ["policy: threads, id: t, state: overdue"]))
        let failure = try #require(unnamed.outcomes.first?.failures.first)
        #expect(unnamed.outcomes.first?.failures.count == 1)
        #expect(failure.expectation == nil && failure.location.description == "p.yaml:18:5")
        #expect(failure.summary == "named owned on thread/t: expected nothing, found denied")
        #expect(failure.because == "no owner")
        #expect(failure.advice.contains("{policy: named, id: t, rule: owned, state: denied}"))
    }

    @Test func `an expectation that nothing meets fails at its place, with the reason and what to do`() throws {
        let run = try run(Self.thread, test([Self.old], ["policy: threads, id: t, state: due"]))
        let failure = try #require(run.outcomes.first?.failures.first)
        #expect(run.passed == 0 && run.outcomes.first?.failures.count == 1 && failure.expectation == 0)
        #expect(failure.location.description == "p.yaml:15:5")
        #expect(failure.summary == "threads atMost on thread/t: expected due, found overdue")
        #expect(failure.because.contains("at most P30D after its last activity 2026-01-01T00:00:00Z"))
        #expect(failure.advice.contains("expect state: overdue") && failure.advice.contains("p.yaml:1:1"))
    }

    /// By record and expectation: what is found instead.
    @Test(arguments: [
        ("state: overdue, mayGo: false", "mayGo true"), ("state: overdue, violation: false", "violation true"),
        ("state: overdue, severity: low", "severity high"), ("state: overdue, pastMax: true", "pastMax false"),
        ("state: overdue, matters: [matter]", "matters []"), ("state: overdue, exception: pilot", "exception none"),
        ("state: overdue, because: a whim", "another reason"), ("state: allowed", "overdue"),
        ("state: none", "overdue"),
        ("state: excepted", "overdue"), ("state: held", "overdue"), ("state: undetermined", "overdue"),
        ("state: error", "overdue"), ("state: in-use", "overdue"), ("state: kept", "overdue"),
    ])
    func `every part of an expectation is compared`(expectation: String, found: String) throws {
        let right = try run(
            Self.thread,
            test(
                [Self.old],
                [
                    "policy: threads, id: t, state: overdue, mayGo: true, violation: true, severity: high, "
                        + "pastMax: false, matters: [], because: at most P30D"
                ]))
        #expect(right.passed == 1, "\(right.outcomes)")
        let wrong = try run(Self.thread, test([Self.old], ["policy: threads, id: t, \(expectation)"]))
        #expect(wrong.outcomes.first?.failures.map(\.expectation) == [0])
        #expect(wrong.outcomes.first?.failures.first?.found.hasSuffix(found) == true)
    }

    @Test func `holds, exceptions and duties take part as of the test's instant, unless it leaves them out`() throws {
        let records = [
            "\(Self.old), subject: jane",
            "kind: thread, id: p, created: 2026-01-01, metadata: {project: pilot}",
            "kind: thread, id: d, created: 2026-01-01, metadata: {regulated: true}",
        ]
        let documents = [Self.thread, Self.duty, Self.hold, Self.register, Self.exception, Self.access]
            .joined(separator: "\n---\n")
        let with = try run(
            documents,
            test(
                records,
                [
                    "policy: threads, id: t, state: held, matters: [matter], mayGo: false",
                    "policy: threads, id: p, state: excepted, exception: pilot",
                    "policy: named, id: p, state: excepted, exception: pilot, because: no owner",
                    "policy: named, id: t, state: denied", "policy: named, id: d, state: denied",
                    "policy: threads, id: d, state: kept, pastMax: true, because: duty",
                    "policy: duty, id: d, state: kept", "policy: duty, id: t, state: none",
                ]))
        #expect(with.outcomes.flatMap(\.failures) == [])
        let without = try run(
            documents,
            test(
                records, ["t", "p", "d"].map { "policy: threads, id: \($0), state: overdue" },
                "policies: [threads]\n  holds: []\n  exceptions: []"))
        #expect(without.outcomes.flatMap(\.failures) == [])
    }

    private static let register = """
        apiVersion: tenure/v1
        kind: HoldRegister
        metadata: {name: holds}
        spec: {asOf: 2026-11-20, maxAge: 7d, holds: [matter]}
        """

    @Test func `an expiry that comes too early is a finding of the duty, or of the hold`() throws {
        let records = [
            "kind: thread, id: t, created: 2026-11-01, uses: [file/f], metadata: {regulated: true}",
            "kind: thread, id: h, created: 2026-11-19, uses: [file/g], subject: jane",
            "kind: file, id: f, created: 2026-11-01, expires: 2026-12-01",
            "kind: file, id: g, created: 2026-11-01, expires: 2026-12-01",
        ]
        let documents = [Self.duty, Self.hold, Self.register].joined(separator: "\n---\n")
        let expected = ["policy: duty, id: f, state: early-expiry", "hold: matter, id: g, state: early-expiry"]
        #expect(try run(documents, test(records, expected)).outcomes.flatMap(\.failures) == [])
        for index in expected.indices {
            let one = try run(documents, test(records, [expected[1 - index]]))
            #expect(one.outcomes.first?.failures.map(\.found) == ["early-expiry"])
        }
        let wrong = try run(documents, test(records, expected + ["policy: duty, id: g, state: early-expiry"]))
        #expect(wrong.outcomes.first?.failures.map(\.found) == ["none"])
    }

    @Test func `what is gone is lost to the duty or the hold that kept it, itself or through what it stands in`() throws
    {
        let records = [
            "kind: thread, id: t, created: 2026-11-01, metadata: {regulated: true}, gone: true",
            "kind: message, id: m, container: t, created: 2026-11-01, role: user, gone: true",
            "kind: thread, id: h, created: 2026-11-19, uses: [file/g], subject: jane",
            "kind: file, id: g, created: 2026-11-01, gone: true",
            "kind: thread, id: old, created: 2025-11-19, metadata: {regulated: true}, gone: true",
            "kind: thread, id: due, created: 2025-11-19, gone: true",
        ]
        let documents = [Self.thread, Self.duty, Self.hold, Self.register].joined(separator: "\n---\n")
        let expected = [
            "policy: duty, id: t, state: lost, severity: critical, violation: true, matters: [], mayGo: false",
            "policy: duty, id: m, state: lost, because: duty keeps it until 2027-11-01T00:00:00Z",
            "hold: matter, id: g, state: lost, matters: [matter]",
            "policy: duty, id: old, rule: atLeast, state: none", "policy: threads, id: due, state: none",
        ]
        let others = ["policy: threads, id: h, state: kept"]
        #expect(try run(documents, test(records, expected + others)).outcomes.flatMap(\.failures) == [])
        for index in 0..<3 {
            var fewer = expected
            fewer.remove(at: index)
            #expect(try run(documents, test(records, fewer + others)).outcomes.first?.failures.map(\.found) == ["lost"])
        }
        let wrong = try run(
            documents, test(records, Array(expected.dropLast(2)) + others + ["policy: duty, id: old, state: lost"]))
        #expect(wrong.outcomes.first?.failures.map(\.found) == ["nothing"])
        let silent = try run(
            documents,
            test(records, Array(expected.dropFirst()) + others + ["policy: duty, id: t, rule: atLeast, state: none"]))
        #expect(Set(silent.outcomes.first?.failures.map(\.found) ?? []) == ["lost"])
    }

    @Test func `what was not read leaves a clock open`() throws {
        let open = try run(
            Self.thread,
            test(
                [
                    "kind: thread, id: u, created: 2026-01-01",
                    "kind: thread, id: y, created: 2026-11-19",
                ],
                [
                    "policy: threads, id: u, state: undetermined, mayGo: false",
                    "policy: threads, id: y, state: allowed",
                ], "unread: [message]"))
        #expect(open.outcomes.flatMap(\.failures) == [])
        let since = try run(
            Self.thread,
            test(
                [
                    "kind: thread, id: s, created: 2026-01-01, lastActivity: {since: 2026-02-01}",
                    "kind: thread, id: n, created: 2026-01-01, lastActivity: {since: 2026-11-19}",
                    "kind: thread, id: m, created: missing", "kind: thread, id: i, created: implausible",
                ],
                [
                    "policy: threads, id: s, state: undetermined", "policy: threads, id: n, state: allowed",
                    "policy: threads, id: m, state: undetermined", "policy: threads, id: i, state: undetermined",
                ]))
        #expect(since.outcomes.flatMap(\.failures) == [])
    }

    @Test func `an uncovered record is a finding where the test requires coverage, and can be expected anyhow`() throws
    {
        let file = "kind: file, id: f, created: 2026-01-01"
        let expectation = "policy: threads, id: f, state: none"
        #expect(try run(Self.thread, test([file], [expectation])).passed == 1)
        let required = try run(Self.thread, test([file], [expectation], "requireCoverage: true"))
        #expect(
            required.outcomes.first?.failures.map(\.summary) == [
                "coverage on file/f: expected nothing, found uncovered"
            ])
        #expect(try run(Self.thread, test([file], ["id: f, state: uncovered"], "requireCoverage: true")).passed == 1)
        #expect(try run(Self.thread, test([Self.old], ["id: t, state: uncovered"], "policies: [threads]")).passed == 0)
    }

    @Test func `two lines of one id that differ are one record of which nothing is known`() throws {
        let run = try run(
            Self.thread,
            test(
                [Self.old, "kind: thread, id: t, created: 2026-11-01"],
                ["policy: threads, id: t, state: undetermined"]))
        #expect(run.outcomes.flatMap(\.failures) == [])
    }

    @Test func `a source's own keys are owner, subject and tenant`() throws {
        let source = """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: prod}
            spec: {type: export, path: x, fields: {owner: metadata.team}}
            """
        let run = try run(
            source, Self.access,
            test(
                [
                    "kind: thread, id: a, created: 2026-11-01, owner: x",
                    "kind: thread, id: b, created: 2026-11-01, metadata: {team: x}",
                    "kind: thread, id: c, created: 2026-11-01, metadata: {owner: x}",
                ],
                [
                    "policy: named, id: a, state: allowed", "policy: named, id: b, state: allowed",
                    "policy: named, id: c, state: denied",
                ], "source: prod"))
        #expect(run.outcomes.flatMap(\.failures) == [])
    }

    @Test func `a count makes so many records`() throws {
        let many = """
            apiVersion: tenure/v1
            kind: AccessPolicy
            metadata: {name: small}
            spec: {match: {kinds: [thread]}, validations: [{name: few, expression: object.contains.size() <= 3}]}
            """
        for (count, state) in [(3, "allowed"), (4, "denied")] {
            let run = try run(
                many,
                test(
                    ["kind: thread, id: t", "kind: message, id: m, container: t, count: \(count)"],
                    ["policy: small, id: t, state: \(state)"]))
            #expect(run.passed == 1)
        }
    }
}
