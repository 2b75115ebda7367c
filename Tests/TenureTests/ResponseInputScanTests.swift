import Foundation
import TestSupport
import Testing

/// A file that nothing names but what a response was given, which must be kept: it is kept with it where that can be
/// read, and left alone where not.
@Suite struct ResponseInputScanTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("none.txt", "")
        try scratch.write("responses.txt", "r1\n")
        try scratch.write(
            "policies/rules.yaml",
            LiveDocuments.policy(
                "files",
                "{match: {kinds: [file]}, clock: {from: created}, keep: {atMost: 30d}, whileUsed: delete, whenDue: delete}"
            ) + "---\n"
                + LiveDocuments.policy(
                    "responses", "{match: {kinds: [response]}, clock: {from: created}, keep: {atLeast: 20y}}"))
        try LiveDocuments.write(holdsOf: [], to: scratch)
    }

    private func source(_ spec: String, _ more: String = "") throws {
        try scratch.write(
            "policies/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: service}
            spec: {\(spec), credentials: {env: TWIN_TOKEN}\(more)}

            """)
    }

    private func tenure(_ words: String...) throws -> Tool.Outcome {
        try Tool.run(Tool.binary.path, words, in: scratch.url, environment: ["TWIN_TOKEN": "ey-twin"])
    }

    /// What a scan says of a service with one old file and one response, whose input answers so; and whether a plan
    /// would delete the file.
    private func look(
        _ input: ScriptedService.Answer, _ more: String = ""
    ) throws -> (status: Int32, states: [String], reasons: [String], isPlanned: Bool) {
        let service = try ScriptedService([
            "/files": .list([ScriptedService.file("f1")]),
            "/responses/r1": .record(
                #"{"id":"r1","object":"response","created_at":1790000000,"status":"completed","output":[],"tools":[]}"#),
            "/responses/r1/input_items": input,
        ])
        let registry = ["thread", "conversation", "response"].map {
            "{file: \($0 == "response" ? "responses" : "none").txt, kind: \($0), complete: true}"
        }.joined(separator: ", ")
        try source("type: openai, address: '\(service.address)'", ", registry: [\(registry)]\(more)")
        let scan = try tenure("scan", "--format", "json")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(scan.output.utf8)) as? [String: Any])
        let findings = json["findings"] as? [[String: Any]] ?? []
        let incomplete = json["incomplete"] as? [[String: Any]] ?? []
        let made = try tenure("plan", "make", "--as", "ann")
        #expect(made.status == (incomplete.isEmpty ? 0 : 3), "\(made.output)\(made.errors)")
        let shown = try tenure("plan", "show")
        withExtendedLifetime(service) {}
        return (
            scan.status, findings.map { "\($0["id"] ?? "") \($0["state"] ?? "")" },
            incomplete.compactMap { $0["message"] as? String }, shown.output.contains("delete service/file/f1")
        )
    }

    private static let input = ScriptedService.Answer.list([
        #"{"id":"i1","type":"message","role":"user","content":[{"type":"input_file","file_id":"f1"}]}"#
    ])

    @Test func `a file that only what a response was given names is kept with it, and one that nothing names is not`()
        throws
    {
        let used = try look(Self.input)
        #expect(used.status == 0 && used.states == ["f1 kept"] && used.reasons.isEmpty && !used.isPlanned, "\(used)")
        let unused = try look(.list([]))
        #expect(unused.status == 1 && unused.states == ["f1 overdue"] && unused.isPlanned, "\(unused)")
    }

    @Test func `what a response was given that nobody can read keeps each file, and makes the scan incomplete`() throws
    {
        let failed = try look(.refusal(403))
        // That the file is overdue is known; that nothing uses it is not.
        #expect(failed.states == ["f1 overdue"] && !failed.isPlanned, "\(failed)")
        #expect(
            failed.reasons.contains { $0.hasPrefix("what 1 of responses use could not be read to its end") },
            "\(failed)")
    }

    @Test(arguments: [404, 403])
    func `an accepted gap excuses a service that shows no such lists, and deletes nothing`(status: Int) throws {
        let missing = try look(.refusal(status))
        #expect(!missing.isPlanned)
        #expect(
            missing.reasons == [
                """
                what 1 of responses use could not be read to its end, so that nothing that they may use is called \
                unused; scan again, or accept the gap
                """
            ])
        let accepted = try look(
            .refusal(status), ", acceptedGaps: [{kinds: [response], reason: no such lists, until: 2035-01-01}]")
        #expect(accepted.reasons.isEmpty && accepted.status == 1 && !accepted.isPlanned, "\(accepted)")
    }

    @Test func `a file that a response was given after the plan was made is not deleted (case 22)`() async throws {
        try scratch.write(
            "estate/files.ndjson",
            #"{"id":"f1","object":"file","created_at":1760000000,"bytes":1,"filename":"a","purpose":"user_data","#
                + #""status":"processed"}"# + "\n")
        for name in ["responses", "conversations", "threads", "assistants"] {
            try scratch.write("estate/\(name).ndjson", "")
        }
        let twin = try RunningTwin("--estate", scratch.path("estate"), "--profile", "foundry", "--port", "0")
        try source("type: azure-foundry, address: '\(twin.address)'")
        for (name, bytes) in [("key.pem", nil), ("pseudonyms.key", String(repeating: "0f", count: 32))] {
            let key = try bytes ?? Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output
            try scratch.write(name, key)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path(name))
        }
        let log = try tenure("audit", "init", "--log", "log", "--origin", "a.example/log", "--key", "key.pem")
        #expect(log.status == 0, "\(log.errors)")
        let made = try tenure("plan", "make", "--as", "ann")
        #expect(made.status == 0, "\(made.output)\(made.errors)")
        #expect(try tenure("plan", "show").output.contains("delete service/file/f1"))

        try await TwinClient.post(
            "\(twin.address)/openai/v1/responses",
            #"{"model":"m","input":[{"role":"user","content":[{"type":"input_file","file_id":"f1"}]}]}"#,
            token: "ey-twin")
        let keys = ["--audit-log", "log", "--audit-key", "key.pem", "--pseudonym-key", "pseudonyms.key"]
        let applied = try Tool.run(
            Tool.binary.path, ["apply", "--execute", "--format", "json"] + keys, in: scratch.url,
            environment: ["TWIN_TOKEN": "ey-twin"])
        #expect(applied.output.contains(#""outcome":"changed-since-plan""#), "\(applied.output)\(applied.errors)")
        #expect(applied.output.contains(#""calls": 0,"#))
        withExtendedLifetime(twin) {}
    }
}
