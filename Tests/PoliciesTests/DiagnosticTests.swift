import Foundation
import Policies
import TestSupport
import Testing

@Suite struct DiagnosticTests {
    @Test func `a hostile file is told in a bounded number of lines, and the rest is counted`() {
        let keys = (0..<2_000).map { "k\($0): 1" }.joined(separator: ", ")
        let exceptions = (0..<150).map { number in
            document("PolicyException", name: "e\(number)", "{policies: [a], expiresAt: 2020-01-01, reason: x}")
        }
        let loaded = load(
            document(
                "RetentionPolicy", name: "hostile", "{match: {}, clock: {from: created}, keep: {atMost: 1d}, \(keys)}"),
            policy() + noHolds + exceptions.joined())
        let files = Dictionary(grouping: loaded.diagnostics, by: \.location.file)
        #expect(loaded.hasErrors && files["p/0.yaml"]?.count == 101)
        #expect(
            files["p/0.yaml"]?.first?.description == """
                p/0.yaml: error: 1900 more in this file, beyond the first 100 of this level [more-errors]
                  hint: mend those that are listed, and look again
                """)
        #expect(files["p/1.yaml"]?.count { $0.code == "expired-exception" } == 100)
        #expect(files["p/1.yaml"]?.filter { $0.code == "more-warnings" }.map(\.message.first) == ["5"])
    }

    @Test func `all problems of all files are found in one run, each with its place`() {
        let first = """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: a}
            spec:
              severty: high
              match: {kinds: [thred, file], sources: openai}
              clock: {from: lastactivity}
              keep: {atLeast: 90 days, atMost: 7}
              whenDue: remove
            """
        let loaded = load(first, "kind: [1, 2\n", policy(name: "b", "mode: on"))
        #expect(
            loaded.diagnostics.map(\.description) == [
                "p/0.yaml:5:3: error: unknown key 'severty' in a RetentionPolicy's spec [unknown-key]\n"
                    + "  hint: did you mean 'severity'?",
                "p/0.yaml:6:19: error: unknown kind 'thred' [unknown-value]\n  hint: did you mean 'thread'?",
                "p/0.yaml:6:42: error: expected a list, found the string 'openai' [wrong-type]\n"
                    + "  hint: write [openai]",
                "p/0.yaml:7:17: error: unknown clock 'lastactivity' [unknown-value]\n"
                    + "  hint: did you mean 'lastActivity'?",
                "p/0.yaml:8:19: error: '90 days' is not a period [invalid-period]\n"
                    + "  hint: write 90d, 6w, 18mo, 7y, 24h, 30min or 45s, or ISO 8601 such as P1Y6M, P90D or PT24H",
                "p/0.yaml:8:36: error: expected a period, found the number '7' [wrong-type]\n"
                    + "  hint: write a number with its unit, such as 7d",
                "p/0.yaml:9:12: error: unknown disposition 'remove' [unknown-value]\n"
                    + "  hint: write one of: report, review, delete",
                "p/1.yaml:2:1: error: did not find expected ',' or ']' while parsing a flow sequence, "
                    + "which began at 1:7 [yaml-syntax]\n"
                    + "  hint: check the indentation, the brackets and the quotes from there on",
                "p/2.yaml:8:9: error: unknown mode 'on' [unknown-value]\n  hint: write one of: enforce, observe",
            ])
    }

    @Test(arguments: [
        (
            "apiVersion: tenure/v2\nkind: HoldRegister\nmetadata: {name: h}\nspec: {asOf: 2026-11-20, maxAge: 7d, holds: []}\n",
            ["1:13 unknown-value"]
        ),
        (
            "apiVersion: tenure/v1\nkind: RetentionPolcy\nmetadata: {name: h, nme: x}\nspec: {}\n",
            ["2:7 unknown-value", "3:21 unknown-key"]
        ),
        ("apiVersion: tenure/v1\nmetadata: {}\n", ["1:1 missing-key", "1:1 missing-key", "2:11 missing-key"]),
        ("- just\n- a list\n", ["1:1 wrong-type"]),
        (
            "a: &a x\nb: *c\n",
            Array(repeating: "1:1 missing-key", count: 4) + [
                "1:1 unknown-key", "2:1 unknown-key", "2:4 yaml-alias-unknown",
            ]
        ),
        (policy(match: "{kinds: []}"), ["5:18 empty-list"]),
        (policy(match: "{kinds: }"), ["5:18 wrong-type"]),
        (policy(match: "{metadata: {a: 1.5, b: true, c: 7, d: ~}}"), ["5:25 wrong-type", "5:48 wrong-type"]),
        (policy(match: "{ids: [12]}"), ["5:17 wrong-type"]),
        (policy(keep: "{basis: statutory}"), ["7:9 missing-key"]),
        (policy(keep: "{atMost: 90d, timeZone: Europe/Berln}"), ["7:33 invalid-zone"]),
        (policy(keep: "{atMost: -90d}"), ["7:18 invalid-period"]),
        (policy(clock: "{from: created, counts: [user]}"), ["6:26 counts-clock"]),
        (policy(clock: "{from: lastActivity, counts: [usr]}"), ["6:40 unknown-value"]),
        (policy(clock: "{}"), ["6:10 missing-key"]),
        (policy("limits: {percent: 101}"), ["8:21 out-of-range"]),
        (policy("whenDue: delete\n  approvals: {count: 0}"), ["9:22 out-of-range"]),
        (policy("whenDue: delete\n  approvals: {from: [ann]}"), ["9:14 missing-key", "9:22 unknown-signer"]),
        (policy("default: yes"), ["8:12 wrong-type"]),
        (policy(name: "-x"), ["3:18 invalid-name"]),
        (policy(name: "12"), ["3:18 wrong-type"]),
        (policy("severity: high\n  severity: low"), ["9:3 yaml-duplicate-key"]),
        (policy(match: "{kinds: [item]}"), ["5:19 clock-never"]),
        (policy(match: "{kinds: [file, response]}", clock: "{from: expires}"), ["5:25 clock-never"]),
        (policy(match: "{kinds: [file]}", clock: "{from: lastModified}"), ["5:19 clock-never"]),
        (policy(match: "{createdBetween: {from: 2026-07-01, to: 2026-01-01}}"), ["5:50 empty-span"]),
        (policy(match: "{createdBetween: {}}"), ["5:27 missing-key"]),
        (policy(match: "{createdBetween: {from: 2026-02-30}}"), ["5:34 invalid-date"]),
        (document("LegalHold", name: "h", "{from: 2026-07-02, until: 2026-07-01}"), ["4:33 empty-span"]),
        (
            document("PolicyException", name: "e", "{policies: [a], reason: x, expiresAt: 31.03.2027}"),
            ["4:19 unknown-policy", "4:45 invalid-date"]
        ),
        (document("HoldRegister", name: "h", "{asOf: 2026-11-20, maxAge: 7d}"), ["4:7 missing-key"]),
        (policy(match: "{where: \"object.bytes > params.mst\"}", "params: {most: 5}"), ["5:41 unknown-constant"]),
        (policy("params: {a: .inf}"), ["8:15 out-of-range"]),
        (document("Source", name: "s", "{type: exprt}"), ["4:14 unknown-value"]),
        (document("Source", name: "s", "{type: export, fields: {subject: user_id}}"), ["4:40 unknown-value"]),
        (
            document("Source", name: "s", "{type: export, expect: {files: {atLeast: 1}, file: {atLeast: 2}}}"),
            ["4:31 duplicate-key"]
        ),
        (document("Source", name: "s", "{type: export, credentials: {}}"), ["4:35 credentials-place"]),
        (document("Source", name: "s", "{type: openai, registry: [{kind: thread}]}"), ["4:33 missing-key"]),
        (
            document(
                "Source", name: "s",
                "{type: export, registry: [{metadata: a, kind: thread}, {file: b, kind: thread, complete: true}]}"),
            ["4:44 registry-export", "4:96 registry-export"]
        ),
        (
            document("Source", name: "s", "{type: openai, registry: [{file: a, metadata: b, kind: thread}]}"),
            ["4:33 exclusive-keys"]
        ),
        (document("Source", name: "s", "{type: openai, registry: [{metadata: thread}]}"), ["4:33 missing-key"]),
        (
            document("Source", name: "s", "{type: openai, registry: [{metadata: a, kind: file}]}"),
            ["4:53 unknown-value"]
        ),
        (document("Source", name: "s", "{type: openai, registry: [{database: a.db}]}"), ["4:44 missing-key"]),
        (
            document("Source", name: "s", "{type: openai, registry: [{file: a, query: SELECT 1, kind: thread}]}"),
            ["4:50 missing-key"]
        ),
        (
            document("Source", name: "s", "{type: openai, registry: [{file: a, kind: message}]}"),
            ["4:49 unknown-value"]
        ),
        (
            document("Source", name: "s", "{type: openai, registry: [{file: a, kind: file, complete: true}]}"),
            ["4:65 registry-vouch"]
        ),
        (
            document("Source", name: "s", "{type: openai, registry: [{file: a, complete: true}]}"),
            ["4:53 registry-vouch"]
        ),
        (
            document("Source", name: "s", "{type: openai, registry: [{metadata: a, kind: thread, complete: true}]}"),
            ["4:71 registry-vouch"]
        ),
    ])
    func `each mistake is an error at its place`(text: String, expected: [String]) {
        #expect(load(text).errors == expected)
    }

    @Test func `a literal credential is refused without being quoted`() throws {
        let loaded = load(document("Source", name: "s", "{type: openai, credentials: sk-secret}"))
        #expect(loaded.errors == ["4:35 credentials-literal"])
        #expect(!DiagnosticReport.text(loaded.diagnostics).contains("sk-secret"))
    }

    @Test func `an expression's error points into the block that holds it (case 88)`() {
        let loaded = load(
            noHolds
                + """
                apiVersion: tenure/v1
                kind: RetentionPolicy
                metadata: {name: a}
                spec:
                  match:
                    where: |
                      has(object.created) &&
                      object.stauts == "done"
                  clock: {from: "timestamp(object.metadata.closed_at) + 1"}
                  keep: {atMost: 90d}
                ---
                apiVersion: tenure/v1
                kind: RetentionPolicy
                metadata: {name: b}
                spec:
                  match: {where: object.id}
                  clock: {from: "object.expires +"}
                  keep: {atMost: 90d}
                """)
        #expect(
            loaded.places == [
                "13:14 invalid-expression", "14:18 invalid-expression", "21:18 invalid-expression",
                "22:34 invalid-expression",
            ])
    }

    @Test func `the text is stable and sorted`() {
        let diagnostics = load("x: 1\n").diagnostics
        #expect(DiagnosticReport.text(diagnostics).hasSuffix("5 errors, 0 warnings\n"))
        #expect(DiagnosticReport.text(diagnostics) == DiagnosticReport.text(diagnostics.reversed()))
    }

    @Test func `a misspelt key is one mistake: what it was meant for is not missing as well`() {
        #expect(load(policy(keep: "{atMots: 30d}") + noHolds).places == ["7:10 unknown-key"])
        #expect(load(policy().replacing("clock:", with: "clok:") + noHolds).places == ["6:3 unknown-key"])
        let other = load(policy().replacing("clock:", with: "limit:") + noHolds).errors
        #expect(other == ["5:3 missing-key", "6:3 unknown-key"])
        // A default takes the place of a misspelt key that has one, so that nothing else is said of the policy.
        let test = document(
            "PolicyTest", name: "t",
            "{asOf: 2026-11-20, records: [{kind: thread, id: t}], expect: [{policy: a, id: t, state: undetermined}]}")
        #expect(load(policy("severty: high") + noHolds, test).places == ["8:3 unknown-key"])
    }

    @Test func `a directory without documents, or none, is an error`() {
        #expect(load("# nothing\n").places == ["0:0 no-documents"])
        #expect(PolicyLoader.load("/nonexistent/policies", asOf: asOf).places == ["0:0 unreadable"])
    }

    @Test func `files are found in directories below, in any letter case, but not where they are hidden`() throws {
        let directory = try Scratch()
        for name in ["a.yaml", "sub/b.YML", ".hidden/c.yaml", ".d.yaml", "notes.txt"] {
            try directory.write(name, "kind: x\n")
        }
        let files = Set(PolicyLoader.load(directory.path, asOf: asOf).diagnostics.map(\.location.file))
        #expect(files == ["\(directory.path)/a.yaml", "\(directory.path)/sub/b.YML"])
    }
}
