import Foundation
import Policies
import TestSupport
import Testing

/// Where `make bench` or the system installed it.
private let validator = Tool.find("check-jsonschema")

@Suite struct PolicySchemaTests {
    @Test func `the schema is closed JSON with a description for every key`() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(PolicySchema.text.utf8)) as? [String: Any])
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        let kinds = try #require(schema["$defs"] as? [String: [String: Any]])
        #expect(kinds.count == 8)
        for (_, kind) in kinds { try visit(kind) }
    }

    private func visit(_ schema: [String: Any]) throws {
        guard let properties = schema["properties"] as? [String: [String: Any]] else { return }
        #expect(schema["additionalProperties"] as? Bool == false)
        for (name, property) in properties {
            #expect(property["description"] is String, "\(name) has no description")
            try visit(property)
        }
    }

    /// Documents that the loader and the schema must both accept.
    private static let good = [
        policy(match: "{metadata: {a: true, b: 3, c: [x, y]}}", "overdueAfter: P1Y2M3W4DT5H6M7S"),
        policy(name: "b", clock: "{from: \"timestamp(object.metadata.closed)\"}", keep: "{atLeast: 6w, atMost: 18mo}"),
        document("LegalHold", name: "h", "{from: 2026-07-02, until: null}"),
        document(
            "Signers", name: "s", "{keys: [{name: ann, publicKey: MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=}]}"),
        document("HoldRegister", name: "r", "{asOf: '2026-11-19T00:00:00.5+01:00', maxAge: PT24H, holds: [h]}"),
        document("Source", name: "s", "{type: export, expect: {run_steps: {atLeast: 3}}, credentials: {env: KEY}}"),
        document(
            "AccessPolicy", name: "ac",
            "{validations: [{name: v, expression: has(object.owner), message: m}], disclose: [a], variables: [{name: _a1, expression: now}]}"
        ),
        document(
            "PolicyTest", name: "t",
            """
            {asOf: 2026-11-20, policies: [a], holds: [], unread: [run], source: prod, requireCoverage: true,
             records: [
               {kind: thread, id: t, created: 2026-01-01, lastActivity: {since: '2026-02-01T00:00:00Z'}, uses: [file/f],
                metadata: {a: true, b: 3, c: [x, y]}, bytes: 0, tokens: 4, owner: o, expires: implausible},
               {kind: message, id: m, container: t, role: user, created: null, lastModified: missing},
               {kind: file, id: f}],
             expect: [
               {policy: a, id: t, state: error, rule: atMost, mayGo: false, violation: true, severity: medium},
               {id: f, kind: file, source: prod, state: uncovered}]}
            """),
    ]

    /// Documents that both must refuse.
    private static let bad = [
        policy("severty: high"), policy(keep: "{basis: statutory}"), policy(keep: "{atMost: PT}"),
        policy(match: "{kinds: []}"), policy(name: "'-a'"), policy("limits: {percent: 101}"),
        document("HoldRegister", name: "r", "{asOf: 2026-11-19, maxAge: 7d}"),
        document("PolicyTest", name: "t", "{asOf: 2026-11-20, records: [], expect: []}"),
        document("PolicyTest", name: "t", test(record: "created: yesterday")),
        document("PolicyTest", name: "t", test(record: "created: {since: 2026-01-01}")),
        document("PolicyTest", name: "t", test(record: "lastActivity: {from: 2026-01-01}")),
        document("PolicyTest", name: "t", test(record: "uses: [f]")),
        document("PolicyTest", name: "t", test(record: "uses: [files/f]")),
        document("PolicyTest", name: "t", test(expectation: "state: late")),
        document("PolicyTest", name: "t", test(expectation: "rule: atMost")),
        document("AccessPolicy", name: "ac", "{validations: []}"),
        document("AccessPolicy", name: "ac", "{validations: [{name: v}]}"),
        document(
            "AccessPolicy", name: "ac",
            "{validations: [{name: v, expression: has(object.owner)}], variables: [{name: 1, expression: now}]}"),
        document("Source", name: "s", "{type: export, credentials: {env: A, file: B}}"),
    ]

    private static func test(record: String = "role: user", expectation: String = "state: none") -> String {
        "{asOf: 2026-11-20, records: [{kind: thread, id: t, \(record)}], expect: [{policy: a, id: t, \(expectation)}]}"
    }

    @Test(.enabled(if: validator != nil, "check-jsonschema is not installed"))
    func `the loader and the schema accept and refuse the same documents`() throws {
        let scratch = try Scratch()
        let schema = try scratch.write("schema.json", PolicySchema.text)
        #expect(load(Self.good.joined()).errors == [])
        var files: [String] = []
        for (index, text) in (Self.good + Self.bad).enumerated() {
            files.append(try scratch.write("\(index).yaml", text.replacing("---\n", with: "")))
            #expect(index < Self.good.count || !load(text).errors.isEmpty, "\(text)")
        }
        #expect(try refused(files, by: schema) == Set(files.dropFirst(Self.good.count)))
    }

    /// The files that the validator refuses.
    private func refused(_ files: [String], by schema: String) throws -> Set<String> {
        let outcome = try Tool.run(
            try #require(validator), ["--schemafile", schema, "--output-format", "json"] + files)
        let report = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
        let errors = try #require((report as? [String: Any])?["errors"] as? [[String: Any]])
        return Set(errors.compactMap { $0["filename"] as? String })
    }
}
