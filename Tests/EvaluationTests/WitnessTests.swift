import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// What lint shows is fed back through the matcher and the rules of the scan.
@Suite struct WitnessTests {
    /// The entries of a witness, which is a flow mapping of plain and double-quoted scalars.
    private struct Record {
        var fields: [String: String] = [:]
        var metadata: [String: String] = [:]

        init(_ yaml: String) {
            let metadataPart = /metadata: \{(.*?)\}/
            let entry = /("?)([\w-]+)\1: (?:"((?:[^"\\]|\\.)*)"|([^,{}]+))/
            func entries(_ text: String) -> [String: String] {
                Dictionary(
                    text.matches(of: entry).map { (String($0.2), String($0.3 ?? $0.4 ?? "")) },
                    uniquingKeysWith: { first, _ in first })
            }
            if let found = yaml.firstMatch(of: metadataPart) { metadata = entries(String(found.1)) }
            fields = entries(yaml.replacing(metadataPart, with: ""))
        }
    }

    private static let register =
        document("HoldRegister", "holds", "{asOf: 2026-11-20, maxAge: 7d, holds: []}")

    private static func document(_ kind: String, _ name: String, _ spec: String) -> String {
        "apiVersion: tenure/v1\nkind: \(kind)\nmetadata: {name: \(name)}\nspec: \(spec)\n---\n"
    }

    private static func policy(_ name: String, _ match: String, clock: String = "created", _ keep: String) -> String {
        document("RetentionPolicy", name, "{match: \(match), clock: {from: \(clock)}, keep: \(keep), whenDue: delete}")
    }

    private static let pairs: [(String, String)] = [
        (policy("keeper", "{}", "{atLeast: 91d}"), policy("limiter", "{}", "{atMost: 90d}")),
        (
            policy("keeper", "{kinds: [file, run], metadata: {product: [a, support]}}", "{atLeast: 1y}"),
            policy("limiter", "{metadata: {product: support, project: p}}", "{atMost: 365d}")
        ),
        (
            policy("keeper", "{sources: ['*-eu']}", clock: "lastActivity", "{atLeast: 60d}"),
            policy("limiter", "{sources: ['open?i-*']}", "{atMost: 30d}")
        ),
        (
            policy("keeper", "{where: \"object.kind == 'thread' && object.metadata.product > 'b'\"}", "{atLeast: 60d}"),
            policy("limiter", "{where: \"!(object.metadata.product in ['c', 'd'])\"}", "{atMost: P1M}")
        ),
        (
            policy("keeper", "{where: \"age(object.created) > days(200)\"}", "{atLeast: P9M, timeZone: Europe/Berlin}"),
            policy("limiter", "{createdBetween: {from: 2026-01-01}}", "{atMost: 210d}")
        ),
        (
            policy("keeper", "{where: \"has(object.tenant) && object.tenant.contains('x')\"}", "{atLeast: 2y}"),
            policy("limiter", "{where: \"object.tenant.endsWith('y') || object.bytes > 5\"}", "{atMost: 90d}")
        ),
    ]

    @Test(arguments: pairs)
    func `a contradiction's witness is kept past its maximum by a real scan (case 26)`(
        keeper: String, limiter: String
    ) throws {
        let now = try #require(asOf.instant)
        let loaded = PolicyLoader.load(
            files: [(path: "p.yaml", bytes: Array((Self.register + keeper + limiter).utf8))], asOf: now)
        let found = try #require(loaded.diagnostics.first { $0.code == "contradiction" }, "\(loaded.diagnostics)")
        let record = Record(try #require(found.witness))
        let instant = try #require(
            found.message.firstMatch(of: /shows it at (\S+)/).map { try Instant(rfc3339: String($0.1)) })

        var estate = Estate()
        var metadata = record.metadata
        for field in ["owner", "subject", "tenant"] where record.fields[field] != nil {
            metadata[field] = record.fields[field]
        }
        estate.add(
            try #require(record.fields["kind"].flatMap { Kind(named: $0) }), record.fields["id"] ?? "",
            created: record.fields["created"], activity: record.fields["lastActivity"], metadata,
            source: record.fields["source"] ?? "")
        let policies = try #require(
            PolicyLoader.load(
                files: [(path: "p.yaml", bytes: Array((Self.register + keeper + limiter).utf8))], asOf: instant
            ).policies)
        let result = Evaluator(policies: policies, asOf: Moment(instant), options: ScanOptions())
            .evaluate(estate.inventory(asOf: Moment(instant)))
        let finding = try #require(result.finding("limiter", record.fields["id"] ?? ""), "\(found)")
        #expect(finding.state == .kept, "\(found)")
        #expect(finding.pastMax, "\(found)")
        #expect(result.decision("keeper", record.fields["id"] ?? "") == nil)
    }
}
