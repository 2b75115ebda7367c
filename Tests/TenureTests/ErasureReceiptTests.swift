import Foundation
import TestSupport
import Testing

/// How a request ends: what a person looked at is settled, and a receipt is made.
@Suite struct ErasureReceiptTests {
    private let desk: ErasureDesk

    init() throws { desk = try ErasureDesk() }

    @Test func `what a person looked at is settled, by a list that is just that, and then the request is answered`()
        throws
    {
        try desk.scratch.write(
            "export/threads.ndjson",
            #"{"id":"thread_x","object":"thread","created_at":1767225600,"metadata":{"subject":"anna+x@example.org"}}"#)
        try desk.scratch.write("export/messages.ndjson", "")
        try desk.takeIn()
        try desk.makeLog()
        let log = ["--audit-log", "audit", "--audit-key", "audit.pem"]
        let planned = try desk.erase("plan", "--export", "export", "--as", "ann")
        #expect(try desk.receipt().status == 0)
        let waiting = try desk.erase("status", "--on", "2027-06-01")
        #expect(waiting.status == 1 && waiting.output.contains("somebody has to look at something"), "\(waiting)")
        let digest = try #require(planned.output.firstMatch(of: /--review ([0-9a-f]{64})/)?.output.1)
        let other = try desk.erase(["settle", "--as", "bob", "--review", String(digest.reversed())] + log)
        #expect(other.status == 2 && other.errors.contains("is not the list"), "\(other)")
        #expect(try desk.erase(["settle", "--review", String(digest)] + log).status == 2)
        let settled = try desk.erase(["settle", "--as", "bob", "--review", String(digest), "--on", "2026-11-20"] + log)
        #expect(settled.status == 0 && settled.output.contains("Next: tenure erase receipt request-17"), "\(settled)")
        #expect(try desk.scratch.text("audit/audit-000000000000.jsonl").contains("request.settled"))
        #expect(try desk.receipt().status == 0)
        let answered = try desk.erase("status", "request-17", "--on", "2027-06-01")
        #expect(answered.status == 0 && !answered.output.contains("has to look"), "\(answered)")
        // The same list is not asked about twice; another is.
        _ = try desk.erase("plan", "request-17", "--export", "export", "--as", "ann")
        #expect(try !desk.erase("status", "request-17").output.contains("has to look"))
        try desk.scratch.write(
            "export/threads.ndjson",
            #"{"id":"thread_y","object":"thread","created_at":1767225600,"metadata":{"subject":"anna+x@example.org"}}"#)
        _ = try desk.erase("plan", "request-17", "--export", "export", "--as", "ann")
        #expect(try desk.erase("status", "request-17").output.contains("has to look"))
    }

    @Test
    func `a receipt is made once nothing is left, and the next scan reports what came back (cases 72, 75 and 82)`()
        throws
    {
        let threads = String(decoding: try desk.scratch.bytes("export/threads.ndjson"), as: UTF8.self)
        let messages = String(decoding: try desk.scratch.bytes("export/messages.ndjson"), as: UTF8.self)
        try desk.takeIn()
        try desk.makeLog()
        _ = try desk.erase("plan", "--export", "export", "--as", "ann")
        let early = try desk.receipt()
        #expect(early.status == 5 && early.output.contains("0 records are gone, 4 are not, 1 are kept by law"))
        #expect(!FileManager.default.fileExists(atPath: desk.scratch.path("forgotten.json")))

        try desk.scratch.write("export/threads.ndjson", threads.split(separator: "\n")[2] + "\n")
        try desk.scratch.write("export/messages.ndjson", "")
        _ = try desk.erase("plan", "--export", "export", "--as", "ann")
        let made = try desk.receipt()
        #expect(made.status == 0, "\(made.errors)\(made.output)")
        for name in ["receipt.json", "receipt.html", "forgotten.json"] {
            let text = String(decoding: try desk.scratch.bytes(name), as: UTF8.self)
            #expect(!text.lowercased().contains("anna") && !text.contains("c-77") && !text.contains("bert"))
            let mode = try FileManager.default.attributesOfItem(atPath: desk.scratch.path(name))
            #expect(mode[.posixPermissions] as? Int == 0o600)
        }
        let page = String(decoding: try desk.scratch.bytes("receipt.html"), as: UTF8.self)
        #expect(page.contains("<h1>Receipt of erasure</h1>") && !page.contains("<script"))

        func scan() throws -> Tool.Outcome {
            try Tool.run(
                Tool.binary.path,
                [
                    "scan", "--export", "export", "--suppression", "forgotten.json", "--pseudonym-key",
                    "pseudonyms.key",
                    "--format", "json",
                ], in: desk.scratch.url)
        }
        let before = try scan()
        #expect(before.status != 1 && before.status != 2, "\(before.errors)")
        try desk.scratch.write("export/threads.ndjson", threads)
        try desk.scratch.write("export/messages.ndjson", messages)
        let after = try scan()
        #expect(after.status == 1, "\(after.errors)")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(after.output.utf8)) as? [String: Any])
        let findings = (report["findings"] as? [[String: Any]] ?? []).filter { $0["state"] as? String == "resurrected" }
        #expect(
            findings.compactMap { $0["id"] as? String } == ["thread_a", "thread_c", "thread_held", "msg_1", "msg_2"])
    }
}
