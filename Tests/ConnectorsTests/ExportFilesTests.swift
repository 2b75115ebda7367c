import Connectors
import Records
import TestSupport
import Testing

/// Which files are looked at, and what their names say.
@Suite struct ExportFilesTests {
    private let thread = #"{"id":"t","object":"thread","created_at":1700000000}"#
    private let bare = #"{"id":"t","created_at":1700000000}"#

    @Test(arguments: [
        "threads.ndjson", "threads.jsonl", "threads.json", "threads-0001.ndjson", "threads.part1.ndjson",
        "threads_2.json",
        "threads/0001.ndjson", "a/b/threads/x.json", "Threads.NDJSON",
    ])
    func `a file's name says its kind where its objects do not`(name: String) throws {
        let inventory = try TemporaryExport([name: bare]).read()
        #expect(inventory.lines == ["thread t, created 1700000000"])
        #expect(inventory.complete == [.thread])
        #expect(inventory.places.isEmpty)
    }

    @Test func `what an object says of itself outranks the file's name`() throws {
        let inventory = try TemporaryExport(["files.ndjson": thread]).read()
        #expect(inventory.lines == ["thread t, created 1700000000"])
        #expect(inventory.complete == [.file])
    }

    @Test(arguments: [
        ("run_steps.ndjson", Kind.runStep), ("vector_store_files.ndjson", .vectorStoreFile),
        ("vector_stores.ndjson", .vectorStore),
        ("conversation_items.ndjson", .item), ("conversations.json", .conversation),
    ])
    func `an empty file says that there are none`(name: String, kind: Kind) throws {
        #expect(try TemporaryExport([name: ""]).read().complete == [kind])
        #expect(try TemporaryExport([name: "[]"]).read().complete == [kind])
    }

    @Test func `a file of a name that says nothing is read for what its objects say`() throws {
        let inventory = try TemporaryExport([
            "dump.json": "[\(thread),{\"id\":\"file-1\",\"object\":\"file\",\"created_at\":1700000000}]"
        ]).read()
        #expect(inventory.count == 2)
        #expect(inventory.complete == [.thread, .file])
        let unsaid = try TemporaryExport(["dump.ndjson": bare, "threads.ndjson": thread]).read()
        #expect(unsaid.places == ["dump.ndjson:1 unknown-kind"])
        #expect(unsaid.complete.isEmpty, "the line may have been of any kind")
    }

    @Test func `lists within lines, arrays within arrays and pages over lines are unpacked`() throws {
        let pretty = "{\n \"object\": \"list\",\n \"data\": [\n  \(thread)\n ],\n \"has_more\": false\n}"
        let azure = "{\"data\":[\(thread)],\"last_id\":\"t\",\"has_more\":false}"
        for text in [
            "{\"object\":\"list\",\"data\":[\(thread)]}\n", pretty, "[[\(thread)]]", azure, azure + "\n" + "\n",
        ] {
            let inventory = try TemporaryExport(["threads.json": text]).read()
            #expect(inventory.lines == ["thread t, created 1700000000"], "\(text)")
            #expect(inventory.places.isEmpty, "\(text)")
        }
    }

    @Test func `the order of lines, files and threads makes no difference`() throws {
        var random = SplitMix64(seed: 3)
        var lines: [String] = []
        for index in 0..<3000 {
            lines.append(
                #"{"id":"t\#(index)","object":"thread","created_at":\#(1_600_000_000 + index),"metadata":{"tenant":"\#(index % 7)"}}"#
            )
            lines.append(
                #"{"id":"m\#(index)","object":"thread.message","created_at":1700000000,"thread_id":"t\#(index / 3)","attachments":[{"file_id":"f\#(index % 5)"}]}"#
            )
        }
        for index in 0..<5 { lines.append(#"{"id":"f\#(index)","object":"file","created_at":1700000000}"#) }
        lines.append("torn")
        let first = try TemporaryExport(["all.ndjson": lines.joined(separator: "\n")]).read(threads: 1)
        #expect(first.count == 6005)
        lines.shuffle(using: &random)
        let half = lines.count / 2
        let second = try TemporaryExport([
            "z.json": "[" + lines.prefix(half).filter { $0 != "torn" }.joined(separator: ",") + "]",
            "a.jsonl": (lines.dropFirst(half) + lines.prefix(half).filter { $0 == "torn" }).joined(separator: "\r\n"),
        ]).read(threads: 3)
        #expect(first.lines == second.lines)
        #expect(first.problems.counts == second.problems.counts)
    }

    @Test func `a file that cannot be read is a problem of its kind`() throws {
        let export = try TemporaryExport(["threads.ndjson": thread])
        try export.write("files.ndjson.gz", [0x1F, 0x8B, 8, 0, 0])
        let inventory = try export.read()
        #expect(inventory.places == ["files.ndjson.gz:1 truncated"])
        #expect(inventory.complete == [.thread])
    }
}
