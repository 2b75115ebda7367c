import Foundation
import TestSupport
import Testing

/// What a plan for a person says and holds: all that is theirs, and nobody's name.
@Suite struct ErasurePlanTests {
    private let desk: ErasureDesk

    init() throws { desk = try ErasureDesk() }

    @Test func `a plan holds just what is theirs, and says what the law keeps and what a person has to see`() throws {
        try desk.takeIn()
        let planned = try desk.erase("plan", "--export", "export", "--as", "ann")
        // An export has kinds that it does not hold, so that the answer is never whole.
        #expect(planned.status == 0, "\(planned.errors)\n\(planned.output)")
        #expect(
            planned.output.contains("REQUEST request-17: 5 records are theirs: 4 would go, 1 kept by law, 1 to look at")
        )
        #expect(
            planned.output.contains("export/thread/thread_held: matter, until the matter ends (GDPR Article 17(3)(e))"))
        #expect(planned.output.contains("export/thread/thread_b: it is somebody else's"))
        #expect(planned.output.contains("(export/message/msg_2)"))
        #expect(planned.output.contains("Nothing was deleted."))
        let file = try #require(
            try JSONSerialization.jsonObject(with: desk.scratch.bytes("plan.json")) as? [String: Any])
        let plan = try #require(file["plan"] as? [String: Any])
        let actions = try #require(plan["actions"] as? [[String: Any]])
        #expect(actions.compactMap { $0["id"] as? String } == ["msg_1", "msg_2", "thread_a", "thread_c"])
        #expect((plan["request"] as? [String: Any])?["name"] as? String == "request-17")
        let shown = try Tool.run(Tool.binary.path, ["plan", "show"], in: desk.scratch.url)
        #expect(shown.status == 0 && shown.output.contains("request:request-17 is due"))
        #expect(try desk.erase("status").output.contains("planned, and not executed"))
    }

    @Test func `every record that was found has the path that led to it`() throws {
        try desk.takeIn()
        let planned = try desk.erase("plan", "--export", "export", "--as", "ann", "--format", "json")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(planned.output.utf8)) as? [String: Any])
        let goes = try #require(report["goes"] as? [[String: Any]])
        let paths = goes.map { record in
            let path = record["path"] as? [[String: Any]] ?? []
            return path.map { "\($0["id"] ?? "") \($0["names"] ?? $0["link"] ?? "")" }.joined(separator: ", ")
        }
        #expect(
            paths.sorted() == [
                "msg_1 subject", "msg_2 subject", "thread_a subject", "thread_c metadata.customer",
            ])
        #expect((report["notLookedInto"] as? [Any])?.isEmpty == false)
        #expect(try ConsumerTests.objections(to: planned.output, as: "erasure") == "")
        #expect((report["notReadToTheEnd"] as? [Any])?.isEmpty == false)
    }

    @Test func `a file that a model may have learned from is named, for nothing takes that back (case 36)`() throws {
        let files = [("file_1", "fine-tune"), ("file_2", "assistants")].map { id, purpose in
            #"{"id":"\#(id)","object":"file","created_at":1767225600,"bytes":1,"purpose":"\#(purpose)"}"#
        }
        try desk.scratch.write("export/files.ndjson", files.joined(separator: "\n"))
        try desk.scratch.write(
            "export/messages.ndjson",
            #"{"id":"msg_1","object":"thread.message","created_at":1767225600,"thread_id":"thread_a","role":"user","#
                + #""content":[],"attachments":[{"file_id":"file_1"},{"file_id":"file_2"}]}"#)
        try desk.takeIn()
        let planned = try desk.erase("plan", "--export", "export", "--as", "ann")
        let named = "\n\nCannot be taken back\n  export/file/file_1: a model may have been trained on it, "
        #expect(planned.output.contains(named), "\(planned.output)")
        #expect(!planned.output.contains("export/file/file_2: a model"))
        let json = try desk.erase("plan", "--export", "export", "--as", "ann", "--format", "json").output
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let irreversible = report["irreversibleDerivatives"] as? [[String: Any]] ?? []
        #expect(irreversible.map { $0["id"] as? String } == ["file_1"])
        #expect(try ConsumerTests.objections(to: json, as: "erasure") == "")
    }

    @Test func `a copy under another id goes along or is looked at, and no hash is told (cases 39 and 73)`() throws {
        let hash = String(repeating: "0123456789abcdef", count: 4)
        let files = [
            ("file_a", #""subject":"anna@example.org","sha256":"\#(hash)""#), ("file_b", #""sha256":"\#(hash)""#),
            ("file_c", #""subject":"bert","sha256":"\#(hash)""#), ("file_d", #""product":"x""#),
        ]
        try desk.scratch.write(
            "export/files.ndjson",
            files.map {
                #"{"id":"\#($0)","object":"file","created_at":1767225600,"bytes":1,"purpose":"assistants","metadata":{\#($1)}}"#
            }.joined(separator: "\n"))
        // What could use a file was read to its end.
        for name in [
            "batches", "chat_completions", "container_files", "containers", "conversation_items", "conversations",
            "responses", "uploads", "vector_store_files", "vector_stores",
        ] { try desk.scratch.write("export/\(name).ndjson", "") }
        try desk.scratch.write("request.yaml", ErasureDesk.document("request-17") + "\n  contentHashKeys: [sha256]\n")
        try desk.makeLog()
        try desk.takeIn()
        let planned = try desk.erase("plan", "--export", "export", "--as", "ann")
        #expect(
            planned.output.contains(
                "export/file/file_c: it names somebody else, too (the same contents as export/file/file_a)"),
            "\(planned)")
        let sentence =
            "whether a file stands a second time under another id, where it has no hash as metadata.sha256: 1 of those that "
            + "were read; the others (3) were compared by theirs"
        #expect(planned.output.contains(sentence))
        let json = try desk.erase("plan", "--export", "export", "--as", "ann", "--format", "json").output
        #expect(try ConsumerTests.objections(to: json, as: "erasure") == "")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let copy = try #require((report["goes"] as? [[String: Any]])?.first { $0["id"] as? String == "file_b" })
        let path = copy["path"] as? [[String: Any]] ?? []
        #expect(path.map { $0["id"] as? String } == ["file_a", "file_b"])
        #expect(path.last?["link"] as? String == "same-contents")
        let made = try desk.receipt()
        #expect(made.status == 5, "\(made)")
        for name in ["receipt.html", "receipt.json"] {
            #expect(try desk.scratch.text(name).contains(sentence), "\(name)")
        }
        for name in try FileManager.default.subpathsOfDirectory(atPath: desk.scratch.path)
        where !name.hasPrefix("export/") && FileManager.default.contents(atPath: desk.scratch.path(name)) != nil {
            #expect(try !desk.scratch.text(name).contains(hash), "\(name)")
        }
        for text in [planned.output, planned.errors, json, made.output, made.errors] { #expect(!text.contains(hash)) }
    }

    @Test func `no file but the request's own names the person (case 73)`() throws {
        try desk.takeIn()
        let outcomes = [
            try desk.erase("plan", "--export", "export", "--as", "ann"),
            try desk.erase("plan", "--export", "export", "--as", "ann", "--format", "json"),
            try desk.erase("status"), try desk.erase("list"),
        ]
        let plan = String(decoding: try desk.scratch.bytes("plan.json"), as: UTF8.self)
        for text in outcomes.flatMap({ [$0.output, $0.errors] }) + [plan] {
            #expect(!text.lowercased().contains("anna") && !text.contains("c-77") && !text.contains("bert"))
        }
        let own = String(decoding: try desk.scratch.bytes("requests/request-17.json"), as: UTF8.self)
        #expect(own.contains("anna@example.org"))
        let mode = try FileManager.default.attributesOfItem(atPath: desk.scratch.path("requests/request-17.json"))
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }
}
