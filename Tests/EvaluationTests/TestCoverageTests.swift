import Chronology
import Foundation
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

@Suite struct TestCoverageTests {
    static let directory = Checkout.policies

    @Test func `the tests of the shipped policies pass, and cover every state`() throws {
        let loaded = PolicyLoader.load(Self.directory, asOf: Instant(seconds: 0))
        let run = try #require(TestRun(loaded))
        #expect(run.outcomes.flatMap(\.failures) == [])
        #expect(run.coverage.missing == [])
        #expect(run.coverage.items.count > 70 && run.coverage.percent == 100)
        let policies = try #require(loaded.policies)
        #expect(loaded.tests.expectedPolicies == Set(policies.retention.map(\.name) + policies.access.map(\.name)))
    }

    /// A witness is printed to be copied into a test. So it is read back as one, and must reach what it is printed for.
    @Test func `every witness, written into a test, reaches its state`() throws {
        let loaded = PolicyLoader.load(Self.directory, asOf: Instant(seconds: 0))
        let run = try #require(TestRun(loaded))
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.directory)
        var files = try names.filter { $0.hasSuffix(".yaml") }.map { name in
            (path: name, bytes: Array(try Data(contentsOf: URL(filePath: "\(Self.directory)/\(name)"))))
        }
        var count = 0
        for (index, item) in run.coverage.items.enumerated() {
            guard let witness = run.coverage.witnesses[item] else { continue }
            count += 1
            let records = witness.records.map { "    - \($0.yaml)" }.joined(separator: "\n")
            let expectations = Set(witness.records.map(\.id)).sorted().map {
                "    - {policy: \(item.policy), rule: \(item.rule), id: \($0), state: \(item.state.rawValue)}"
            }
            files.append(
                (
                    "w\(index).yaml",
                    Array(
                        """
                        apiVersion: tenure/v1
                        kind: PolicyTest
                        metadata: {name: w\(index)}
                        spec:
                          asOf: \(witness.asOf)
                          records:
                        \(records)
                          expect:
                        \(expectations.joined(separator: "\n"))

                        """.utf8)
                ))
        }
        #expect(count > 40)
        let read = PolicyLoader.load(files: files, asOf: Instant(seconds: 0))
        try #require(!read.hasErrors, "\(DiagnosticReport.text(read.diagnostics))")
        for outcome in try #require(TestRun(read)).outcomes {
            #expect(outcome.isMet.contains(true), "\(outcome.test.records.map(\.yaml))")
        }
    }

    private func run(_ policy: String, _ more: String = "") throws -> TestRun {
        let text = """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: p}
            spec: {\(policy)}
            ---
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: t}
            spec:
              asOf: 2026-11-20
              records: [{kind: thread, id: t, created: 2026-11-19}]
              expect: [{policy: p, id: t, state: none}]
            ---
            \(more)
            """
        let loaded = PolicyLoader.load(files: [("p.yaml", Array(text.utf8))], asOf: Instant(seconds: 0))
        try #require(!loaded.hasErrors, "\(DiagnosticReport.text(loaded.diagnostics))")
        return try #require(TestRun(loaded))
    }

    @Test(arguments: [
        ("match: {kinds: [batch]}, clock: {from: created}, keep: {atMost: 30d}", "allowed overdue undetermined"),
        (
            "match: {kinds: [batch]}, clock: {from: created}, keep: {atMost: 30d}, overdueAfter: P1D",
            "allowed due overdue undetermined"
        ),
        (
            "match: {kinds: [container]}, clock: {from: created}, keep: {atMost: 30d}, whileUsed: keep",
            "allowed in-use overdue undetermined"
        ),
        (
            "match: {kinds: [container]}, clock: {from: created}, keep: {atMost: 30d}, whileUsed: delete",
            "allowed overdue undetermined"
        ),
        ("match: {kinds: [upload]}, clock: {from: expires}, keep: {atMost: 1d}", "allowed overdue undetermined"),
        (
            "match: {sources: ['prod-?*'], subjects: [x], ids: [only], kinds: [run]}, clock: {from: created}, keep: {atMost: 1d}",
            "allowed overdue undetermined"
        ),
        (
            "match: {kinds: [run]}, clock: {from: 'timestamp(object.metadata.closed_at)'}, keep: {atMost: 1d}",
            "allowed overdue"
        ),
        (
            "match: {kinds: [batch], createdBetween: {to: 2026-01-01}}, clock: {from: created}, keep: {atMost: 1d}",
            "overdue"
        ),
        // No probe fits: the least is asked for.
        (
            "match: {kinds: [run], where: object.status == 'xyzzy'}, clock: {from: created}, keep: {atMost: 1d}",
            "allowed overdue"
        ),
        (
            "match: {kinds: [batch], where: object.status == 'xyzzy'}, clock: {from: created}, keep: {atLeast: 1d}",
            "allowed early-expiry kept"
        ),
        (
            "match: {kinds: [batch]}, clock: {from: created}, keep: {atLeast: 1d}",
            "allowed early-expiry kept undetermined"
        ),
    ])
    func `the states that a policy can reach are found`(policy: String, states: String) throws {
        let coverage = try run(policy).coverage
        #expect(coverage.missing.map(\.state.rawValue).sorted().joined(separator: " ") == states)
        #expect(coverage.percent == 0)
    }

    @Test func `a failed expectation covers nothing`() throws {
        let more = """
            apiVersion: tenure/v1
            kind: PolicyTest
            metadata: {name: u}
            spec:
              asOf: 2026-11-20
              records: [{kind: batch, id: b, created: 2026-11-19}]
              expect: [{policy: p, id: b, state: overdue}, {policy: p, id: b, state: allowed}]
            """
        let coverage = try run(
            "match: {kinds: [batch]}, clock: {from: created}, keep: {atMost: 30d}", more
        ).coverage
        #expect(coverage.met.map(\.state) == [.allowed] && coverage.items.count == 3 && coverage.percent == 33)
    }
}
