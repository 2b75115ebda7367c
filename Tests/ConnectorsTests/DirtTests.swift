import Chronology
import Foundation
import Records
import Testing

@testable import Connectors

/// What is wrong with an export, and what it costs.
@Suite struct DirtTests {
    private let thread = #"{"id":"t","object":"thread","created_at":1700000000}"#

    @Test func `a malformed line is named, and its kind is not read to its end`() throws {
        let inventory = try TemporaryExport([
            "threads.ndjson": "\(thread)\n{\"id\":\"u\",\"obj\n\n{\"id\":\"v\",\"object\":\"thread\",\"x\":nope}\n",
            "files.ndjson": "",
        ]).read()
        #expect(inventory.lines.count == 1)
        #expect(inventory.places == ["threads.ndjson:2 malformed-line", "threads.ndjson:4 malformed-line"])
        #expect(inventory.coverage[0][.thread].lost == 2)
        #expect(inventory.complete == [.file])
        #expect(inventory.problems.losesData)
    }

    @Test func `a torn last line is malformed`() throws {
        let inventory = try TemporaryExport(["threads.ndjson": "\(thread)\n{\"id\":\"u\",\"object\":\"thr"]).read()
        #expect(inventory.places == ["threads.ndjson:2 malformed-line"])
        #expect(inventory.complete.isEmpty)
    }

    @Test(arguments: [
        (#"{"id":"x","object":"thread.mesage"}"#, "unknown-kind"), (#"{"id":"x","object":7}"#, "unknown-kind"),
        (#"{"id":"x","object":"thread.deleted","deleted":true}"#, "unknown-kind"), ("17", "unknown-kind"),
        ("\"x\"", "unknown-kind"),
        (#"{"object":"thread","created_at":1700000000}"#, "missing-id"), (#"{"id":7,"object":"thread"}"#, "missing-id"),
        (#"{"id":"","object":"thread"}"#, "missing-id"), (#"{"id":null,"object":"thread"}"#, "missing-id"),
        (#"{"id":"x","id":"y","object":"thread"}"#, "duplicate-key"),
        (#"{"id":"x","object":"thread","object":"file"}"#, "duplicate-key"),
    ])
    func `a line that says nothing that can be used is lost, and named (case 79)`(line: String, code: String) throws {
        let inventory = try TemporaryExport(["threads.ndjson": "\(thread)\n\(line)\n"]).read()
        #expect(inventory.lines == ["thread t, created 1700000000"])
        #expect(inventory.places == ["threads.ndjson:2 \(code)"])
        #expect(inventory.complete.isEmpty)
        #expect(inventory.problems.losesData)
    }

    @Test(arguments: [
        (100, 1_000, 10_000, 1_250), (100, 1_000, 1_000, 0), (0, 0, 1_000, 0), (0, 1_000, 10_000, 0),
        (8_000, 262_144, 1 << 41, 1 << 24), (.max, 1, .max, 1 << 24),
    ])
    func `no more room is made than an export can need, however large its files say they are`(
        count: Int, first: Int, size: Int, expected: Int
    ) {
        #expect(ExportConnector.expected(count, in: first, of: size) == expected)
    }

    @Test(arguments: [106_751_992, 4_294_967_295, 9_223_372_036_854_775_807])
    func `an expiry that no calendar reaches is no time, however many days it is away`(days: Int) throws {
        let store =
            #"{"id":"v","object":"vector_store","created_at":1700000000,"last_active_at":1700000000,"#
            + #""expires_after":{"anchor":"last_active_at","days":\#(days)}}"#
        let inventory = try TemporaryExport(["vector_stores.ndjson": store + "\n"]).read()
        #expect(inventory.count == 1 && inventory.expires(0)?.isPoint == false)
    }

    @Test func `what a record says twice is not believed`() throws {
        let inventory = try TemporaryExport([
            "threads.ndjson": """
            {"id":"a","object":"thread","created_at":1,"created_at":1795000000,"metadata":{"product":"support"}}
            {"id":"b","object":"thread","created_at":1700000000,"metadata":{"product":"support","product":"other","tenant":"t"}}
            {"id":"c","object":"thread","created_at":1700000000,"metadata":{"product":"support"},"metadata":{}}
            {"id":"d","object":"thread","created_at":1700000000,"whatever":1,"whatever":1}
            {"id":"e","object":"thread","created_at":1700000000,"cr\\u0065ated_at":1700000000}
            """
        ]).read(keys: ["product", "tenant"])
        #expect(
            inventory.lines == [
                "thread a, created -...+, product=support", "thread b, created 1700000000, product=?, tenant=t",
                "thread c, created 1700000000, product=?, tenant=?", "thread d, created 1700000000",
                "thread e, created -...+",
            ])
        #expect(
            inventory.places.filter { $0.hasSuffix("duplicate-key") }
                == (1...5).map { "threads.ndjson:\($0) duplicate-key" })
        #expect(inventory.problems.losesData)
    }

    @Test(arguments: [
        #"{"id":"r","object":"response","created_at":1700000000,"usage":{"total_tokens":1,"total_tokens":2}}"#,
        #"{"id":"r","object":"response","created_at":1700000000,"output":[{"type":"x","t\u0079pe":"y"}]}"#,
        #"{"id":"r","object":"response","created_at":1700000000,"a":{"b":[[{"c":1,"d":2,"c":3}]]}}"#,
        #"{"id":"r","object":"response","created_at":1700000000,"metadata":{"x":1,"x":2,"y":{"z":1,"z":2}}}"#,
        #"{"id":"r","object":"response","created_at":1700000000,"metadata":{"y":{"z":1,"z":2}}}"#,
        #"{"id":"r","object":"response","created_at":1700000000,"a":1,"a":{"b":1,"b":2}}"#,
        #"{"object":"list","data":[{"id":"r","object":"response","created_at":1,"usage":{"a":1,"a":2}}]}"#,
        #"{"object":"list","data":[],"page":{"a":1,"a":2}}"#,
        #"{"conversation_id":"c","create_time":1,"mapping":{"n":{"message":{"id":"i","author":{"role":"a","role":"b"}}}}}"#,
        #"{"conversation_id":"c","create_time":1,"mapping":{"n":{"message":{"id":"i","id":"j"}}}}"#,
    ])
    func `a key that is said twice somewhere within is named once, on every line (case 79)`(line: String) throws {
        let other = #"{"id":"s","object":"response","created_at":1,"output":[{"type":"x"},{"type":"x"}]}"#
        let inventory = try TemporaryExport(["responses.ndjson": "\(line)\n\(other)\n\(line)\n"]).read()
        #expect(
            inventory.places.filter { $0.hasSuffix("duplicate-key") } == [
                "responses.ndjson:1 duplicate-key", "responses.ndjson:3 duplicate-key",
            ])
        #expect(inventory.problems.losesData)
    }

    @Test func `what a record within says twice of its id hides nothing (case 79)`() throws {
        let inventory = try TemporaryExport([
            "all.ndjson": """
            {"id":"file-1","object":"file","created_at":1700000000}
            {"id":"file-2","object":"file","created_at":1700000000}
            {"id":"u","object":"upload","created_at":1700000000,"file":{"id":"file-1","id":"file-2"}}
            {"id":"r","object":"response","created_at":1700000000,"conversation":{"id":"c","id":"d"}}
            """
        ]).read()
        #expect(
            inventory.lines.filter { !$0.hasPrefix("file") } == [
                "upload u, created 1700000000, uses file file-1, uses file file-2"
            ])
        #expect(
            inventory.places.filter { $0.hasSuffix("duplicate-key") } == [
                "all.ndjson:3 duplicate-key", "all.ndjson:4 duplicate-key",
            ])
        #expect(inventory.coverage[0][.response].lost == 1)
    }

    @Test func `a duplicate list of references hides none of them`() throws {
        let inventory = try TemporaryExport([
            "all.ndjson": """
            {"id":"file-1","object":"file","created_at":1700000000}
            {"id":"file-2","object":"file","created_at":1700000000}
            {"id":"t","object":"thread","created_at":1700000000}
            {"id":"m","object":"thread.message","created_at":1700000000,"thread_id":"t","attachments":[{"file_id":"file-1","file_id":"file-2"}],"attachments":[]}
            """
        ]).read()
        #expect(inventory.lines.contains("message m, in t, created 1700000000, uses file file-1, uses file file-2"))
    }

    @Test func `references that are no ids are named`() throws {
        let inventory = try TemporaryExport([
            "messages.ndjson":
                #"{"id":"m","object":"thread.message","created_at":1700000000,"thread_id":{"id":"t"},"attachments":[{"file_id":7}],"metadata":"x"}"#
        ]).read()
        #expect(inventory.places.filter { $0.hasSuffix("wrong-type") }.count == 3)
        #expect(inventory.lines == ["message m, in ?, created 1700000000"])
    }

    @Test func `the same id in two files is joined and named (case 79)`() throws {
        let inventory = try TemporaryExport([
            "threads-1.ndjson": thread, "threads-2.ndjson": #"{"id":"t","object":"thread","created_at":1600000000}"#,
        ]).read()
        #expect(inventory.lines == ["thread t, created -...+, active -...+"])
        #expect(
            inventory.places.filter { $0.hasSuffix("duplicate-id") } == [
                "threads-1.ndjson:1 duplicate-id", "threads-2.ndjson:1 duplicate-id",
            ])
    }

    @Test func `a flood of problems is counted in full and kept in part`() throws {
        let inventory = try TemporaryExport(["threads.ndjson": String(repeating: "x\n", count: 25_000)]).read()
        #expect(inventory.problems.counts[.malformedLine] == 25_000)
        #expect(inventory.problems.kept.count == ProblemLog.keptPerCode)
        #expect(inventory.coverage[0][.thread].lost == 25_000)
    }

    @Test func `a list whose every page says that there are more is cut off`() throws {
        let page = { (more: Bool) in #"{"object":"list","data":[\#(self.thread)],"has_more":\#(more)}"# }
        #expect(try TemporaryExport(["threads.json": page(true)]).read().places == ["truncated"])
        #expect(try TemporaryExport(["threads.json": page(true) + "\n" + page(false)]).read().complete == [.thread])
    }

    @Test func `an export that is not there, is a file, or holds nothing is no export`() throws {
        let empty = try TemporaryExport([:])
        #expect(throws: ConnectorError(.nothingKnown, source: "export", path: empty.directory)) { try empty.read() }
        let other = try TemporaryExport(["readme.txt": "hello", "truth.json": "{}", "package.json": "{\"name\":\"x\"}"])
        #expect(throws: ConnectorError(.nothingKnown, source: "export", path: other.directory)) { try other.read() }
        let file = try TemporaryExport(["threads.ndjson": thread])
        try FileManager.default.removeItem(atPath: file.directory)
        #expect(throws: ConnectorError(.absent, source: "export", path: file.directory)) { try file.read() }
        try Data().write(to: URL(fileURLWithPath: file.directory))
        let error = #expect(throws: ConnectorError.self) { try file.read() }
        #expect(error?.code == .notADirectory)
        #expect(error?.description.contains("unpacked") == true)
    }
}
