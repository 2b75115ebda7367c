import Foundation
import TestSupport
import Testing

/// What is there, told and written out again.
@Suite struct InventoryTests {
    private static let asOf = ["--as-of", "2026-11-20T00:00:00Z"]

    private func estate(_ scratch: Scratch, seed: Int, hard: Bool) throws -> String {
        let path = scratch.path("estate-\(seed)")
        let words = ["estate", "--seed", "\(seed)", "--threads", "80", "--overdue", "15", "--out", path]
        let made = try Tool.run(Tool.binary.path, words + (hard ? ["--hard-cases"] : []))
        #expect(made.status == 0, "\(made.errors)")
        return path
    }

    private func inventory(_ words: String...) throws -> Tool.Outcome {
        try Tool.run(Tool.binary.path, ["inventory", "--policies", Checkout.policies] + Self.asOf + words)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
    }

    @Test func `the figures of all forms add up to the records that a scan counts`() throws {
        let scratch = try Scratch()
        let export = try estate(scratch, seed: 5, hard: true)
        let report = try object(try inventory("--export", export, "--format", "json").output)
        let scan = try object(
            try Tool.run(
                Tool.binary.path,
                ["scan", "--export", export, "--policies", Checkout.policies, "--format", "json"] + Self.asOf
            ).output)
        let records = try #require((scan["summary"] as? [String: Any])?["records"] as? Int)
        let holdings = try #require(report["holdings"] as? [[String: Any]])
        let amounts = holdings.compactMap { ($0["amount"] as? [String: Any])?["records"] as? Int }
        #expect(report["records"] as? Int == records)
        #expect(amounts.reduce(0, +) == records)
        let ages = holdings.flatMap { (($0["ages"] as? [String: Int]) ?? [:]).values }
        #expect(ages.reduce(0, +) == records)
        #expect(holdings.contains { ($0["tenant"] as? String)?.hasPrefix("t-") == true })
        #expect(holdings.contains { (($0["ages"] as? [String: Int]) ?? [:])["unknown", default: 0] > 0 })

        let lines = try inventory("--export", export, "--format", "csv").output.split(separator: "\r\n")
        #expect(lines.first?.hasPrefix("source,kind,owner,tenant,records,bytes,unsized,tokens,oldest,age_30d") == true)
        #expect(lines.count == holdings.count + 1)
        let told = lines.dropFirst().compactMap { Int($0.split(separator: ",", omittingEmptySubsequences: false)[4]) }
        #expect(told.reduce(0, +) == records)
    }

    @Test func `what hangs on surfaces that are gone is told with what it becomes`() throws {
        let scratch = try Scratch()
        let export = try estate(scratch, seed: 6, hard: false)
        let text = try inventory("--export", export).output
        #expect(text.contains("What hangs on surfaces that end"))
        #expect(text.contains(/thread +80 +ended 2026-08-26 +conversation/))
        #expect(text.contains("keep the thread's created_at in its metadata"))
        #expect(text.contains("assistant: prompt objects, the first successor, end on 2026-11-30"))
        let early = try Tool.run(
            Tool.binary.path,
            ["inventory", "--policies", Checkout.policies, "--export", export, "--as-of", "2026-08-01T00:00:00Z"])
        #expect(early.output.contains(/thread +80 +ends 2026-08-26/))
        let migration = try #require(
            try object(try inventory("--export", export, "--format", "json").output)["migration"] as? [String: Any])
        let ending = try #require(migration["ending"] as? [[String: Any]])
        #expect(ending.map { $0["kind"] as? String } == ["assistant", "thread", "message", "run", "runStep"])
        #expect(ending.map { $0["becomes"] as? String } == [nil, "conversation", "item", "response", "item"])
        #expect(migration["promptsEnd"] as? String == "2026-11-30")
    }

    @Test func `the tools of assistants are told with what they become, in what was written out as in what was read`()
        throws
    {
        let scratch = try Scratch()
        func assistant(_ id: String, _ tools: String, _ more: String = "") -> String {
            #"{"id":"\#(id)","object":"assistant","created_at":1700000000,"tools":[\#(tools)]\#(more)}"#
        }
        let (search, code, call) = (
            #"{"type":"file_search"}"#, #"{"type":"code_interpreter"}"#, #"{"type":"function"}"#
        )
        let lines = [
            assistant("asst_1", "\(code),\(call)"), assistant("asst_2", #"{"type":"telepathy"},"nonsense",{}"#),
            // One that has a store has the tool, whether it says so or not; two that differ have what either has.
            assistant("asst_3", "", #","tool_resources":{"file_search":{"vector_store_ids":["vs_1"]}}"#),
            assistant("asst_4", call), assistant("asst_4", search), assistant("asst_5", ""),
        ]
        try scratch.write("e/assistants.ndjson", lines.joined(separator: "\n"))
        try scratch.write("e/vector_stores.ndjson", #"{"id":"vs_1","object":"vector_store","created_at":1700000000}"#)
        let out = scratch.path("out")
        for (export, more) in [(scratch.path("e"), ["--out", out]), ("\(out)/export", [])] {
            let told = try Tool.run(
                Tool.binary.path,
                ["inventory", "--policies", Checkout.policies, "--export", export, "--format", "json"] + Self.asOf
                    + more)
            let migration = try #require(try object(told.output)["migration"] as? [String: Any])
            let tools = try #require(migration["tools"] as? [[String: Any]])
            #expect(
                tools.map { "\($0["tool"] ?? "") \($0["records"] ?? "")" } == [
                    "file search 2", "code interpreter or attachments 1", "functions 2", "tools of other types 1",
                ], "\(export)")
        }
        #expect(
            try inventory("--export", out + "/export").output.contains(
                "functions, in 2 records: tools[{type: function}], answered by function_call_output items"))
    }

    @Test func `what a provider did not take away hangs on no surface that ends`() throws {
        let scratch = try Scratch()
        let export = try estate(scratch, seed: 7, hard: false)
        let twin = try RunningTwin("--estate", export, "--port", "0", "--profile", "foundry")
        func ending(_ more: String = "") throws -> (text: String, threads: Int?, tools: [Int?]) {
            try scratch.write(
                "sources/sources.yaml",
                """
                apiVersion: tenure/v1
                kind: Source
                metadata: {name: project}
                spec: {\(ScannedService.foundry.spec(twin.address))}
                \(more)
                """)
            func told(_ format: String) throws -> String {
                try Tool.run(
                    Tool.binary.path,
                    ["inventory", "--policies", scratch.path("sources"), "--format", format] + Self.asOf,
                    environment: ["TWIN_TOKEN": "ey-twin"]
                ).output
            }
            let migration = try #require(try object(told("json"))["migration"] as? [String: Any])
            let amounts = try #require(migration["ending"] as? [[String: Any]])
            let threads = amounts.first { $0["kind"] as? String == "thread" }?["amount"] as? [String: Any]
            let tools = try #require(migration["tools"] as? [[String: Any]])
            return (try told("text"), threads?["records"] as? Int, tools.map { $0["records"] as? Int })
        }
        let project = try ending()
        #expect(project.text.contains(/project +thread +80\s/))
        #expect(project.threads == 0 && project.tools.allSatisfy { $0 == 0 })
        #expect(!project.text.contains("What hangs on surfaces that end"))
        let both = try ending(
            "---\napiVersion: tenure/v1\nkind: Source\nmetadata: {name: copy}\nspec: {type: export, path: \(export)}")
        #expect(both.text.contains(/copy +thread +80\s/) && both.text.contains(/thread +80 +ended 2026-08-26/))
        #expect(both.threads == 80)
    }

    /// Findings, without what they cannot share.
    private func findings(_ directory: String, _ more: [String] = []) throws -> (findings: NSArray, exit: Int32) {
        let outcome = try Tool.run(
            Tool.binary.path,
            ["scan", "--export", directory, "--policies", Checkout.policies, "--format", "json"] + Self.asOf + more)
        let findings = try #require(try object(outcome.output)["findings"] as? NSArray)
        return (findings, outcome.status)
    }

    @Test(arguments: [(11, false), (12, true), (13, true), (14, true), (15, true)])
    func `a scan of what was written out finds what a scan of the source finds`(seed: Int, hard: Bool) throws {
        let scratch = try Scratch()
        let export = try estate(scratch, seed: seed, hard: hard)
        let copy = scratch.path("copy")
        _ = try inventory("--export", export, "--out", copy)
        let original = try findings(export, ["--require-coverage"])
        let again = try findings("\(copy)/export", ["--require-coverage"])
        #expect(original.findings.count > 10)
        #expect(original.findings == again.findings)
        #expect(original.exit == again.exit)
        // What was written out is written out as it stands.
        _ = try inventory("--export", "\(copy)/export", "--out", scratch.path("third"))
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(copy)/export").sorted()
        #expect(names.count > 10)
        for name in names where !hard {
            #expect(try scratch.bytes("copy/export/\(name)") == scratch.bytes("third/export/\(name)"), "\(name)")
        }
    }

    @Test func `what is written out is the owner's alone, new, and without content`() throws {
        let scratch = try Scratch()
        try scratch.write(
            "e/files.ndjson",
            #"{"id":"file-1","object":"file","created_at":1700000000,"filename":"secret.pdf","purpose":"user_data"}"#
                + "\n")
        try scratch.write(
            "e/threads.ndjson",
            #"{"id":"t1","object":"thread","created_at":1700000000,"metadata":{"product":"support","note":"secret"}}"#
                + "\n")
        try scratch.write(
            "e/messages.ndjson",
            #"{"id":"m1","object":"thread.message","created_at":1700000000,"thread_id":"t1","role":"user","content":[{"type":"text","text":{"value":"secret"}}]}"#
                + "\n")
        let out = scratch.path("out")
        _ = try inventory("--export", scratch.path("e"), "--out", out)
        for name in ["files", "threads", "messages"] {
            let text = try scratch.text("out/export/\(name).ndjson")
            #expect(!text.contains("secret") && text.contains("1700000000"), "\(text)")
        }
        #expect(try scratch.text("out/export/threads.ndjson").contains(#""metadata":{"product":"support"}"#))
        for (path, mode) in [(out, 0o700), ("\(out)/export", 0o700), ("\(out)/export/files.ndjson", 0o600)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == mode, "\(path)")
        }
        // Said before anything is read, and so before whatever else is wrong.
        let refused = try inventory("--export", scratch.path("nowhere"), "--out", out)
        #expect(refused.status == 2 && refused.errors.contains("is there already"), "\(refused)")
        let document = try scratch.text("out/sources.yaml")
        #expect(document.contains("metadata: {name: \"export\"}") && document.contains("tenant: \"metadata.tenant\""))
    }
}
