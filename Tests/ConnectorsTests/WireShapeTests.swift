import Connectors
import Foundation
import Records
import Testing

/// What is read of each kind.
@Suite struct WireShapeTests {
    private func read(_ name: String, _ object: String, _ others: [String: String] = [:]) throws -> [String] {
        try TemporaryExport(others.merging([name: object + "\n"]) { $1 }).read().lines
    }

    @Test func `a thread has its creation, its metadata and what it uses`() throws {
        let lines = try read(
            "threads.ndjson",
            """
            {"id":"thread_1","object":"thread","created_at":1700000000,"metadata":{"product":"support","tenant":7,"owner":null,"x":"y"},
            "tool_resources":{"code_interpreter":{"file_ids":["file-1","file-2"]},"file_search":{"vector_store_ids":["vs_1"]}}}
            """.replacingOccurrences(of: "\n", with: ""),
            [
                "files.ndjson":
                    #"{"id":"file-1","object":"file","created_at":1700000001,"bytes":12,"expires_at":1800000000,"status":"processed"}"#,
                "vector_stores.json":
                    #"[{"id":"vs_1","object":"vector_store","created_at":1700000002,"last_active_at":1700000003,"expires_after":{"anchor":"last_active_at","days":7},"expires_at":null,"usage_bytes":99,"status":"completed","metadata":{}}]"#,
            ])
        #expect(
            lines == [
                "file file-1, created 1700000001, expires 1800000000, processed, 12 B",
                "thread thread_1, created 1700000000, product=support, tenant=7, uses file file-1, uses vectorStore vs_1",
                "vectorStore vs_1, created 1700000002, active 1700000003, expires 1700604803, completed, 99 B",
            ])
    }

    @Test func `messages, runs and steps hang together`() throws {
        let lines = try read(
            "all.ndjson",
            """
            {"id":"thread_1","object":"thread","created_at":1700000000}
            {"id":"asst_1","object":"assistant","created_at":1600000000,"tool_resources":{}}
            {"id":"file-1","object":"file","created_at":1700000000}
            {"id":"file-2","object":"file","created_at":1700000000}
            {"id":"file-3","object":"file","created_at":1700000000}
            {"id":"msg_1","object":"thread.message","created_at":1700000001,"completed_at":1700000009,"thread_id":"thread_1","run_id":"run_1","assistant_id":"asst_1","role":"assistant","status":"completed","content":[{"type":"text","text":{"value":"never kept","annotations":[{"type":"file_citation","file_citation":{"file_id":"file-1"}},{"type":"file_path","file_path":{"file_id":"file-2"}}]}},{"type":"image_file","image_file":{"file_id":"file-3"}}],"attachments":[{"file_id":"file-1","tools":[]}]}
            {"id":"run_1","object":"thread.run","created_at":1700000002,"started_at":1700000003,"completed_at":1700000004,"cancelled_at":null,"expires_at":1700000600,"thread_id":"thread_1","assistant_id":"asst_1","status":"completed","usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}
            {"id":"step_1","object":"thread.run.step","created_at":1700000002,"completed_at":1700000005,"run_id":"run_1","thread_id":"thread_1","step_details":{"type":"tool_calls","tool_calls":[{"type":"code_interpreter","code_interpreter":{"outputs":[{"type":"image","image":{"file_id":"file-2"}}]}},{"type":"file_search","file_search":{"results":[{"file_id":"file-3"}]}}]}}
            """)
        #expect(
            lines.filter { !$0.hasPrefix("file ") } == [
                "assistant asst_1, created 1600000000",
                "message msg_1, in thread_1, created 1700000001, active 1700000009, assistant, completed, uses file file-1, uses file file-2, uses file file-3",
                "run run_1, in thread_1, created 1700000002, active 1700000004, completed, 3 tokens, cites assistant asst_1",
                "runStep step_1, in run_1, created 1700000002, active 1700000005, uses file file-2, uses file file-3",
                "thread thread_1, created 1700000000",
            ])
    }

    @Test func `conversations, items and responses hang together`() throws {
        let lines = try read(
            "responses.ndjson",
            """
            {"id":"resp_0","object":"response","created_at":1700000000,"conversation":"conv_1","output":[]}
            {"id":"resp_1","object":"response","created_at":1700000001.5,"completed_at":1700000002,"previous_response_id":"resp_0","conversation":{"id":"conv_1"},"tools":[{"type":"file_search","vector_store_ids":["vs_1"]},{"type":"code_interpreter","container":{"type":"auto","file_ids":["file-1"]}},{"type":"code_interpreter","container":"cntr_1"}],"output":[{"type":"message","content":[{"type":"output_text","annotations":[{"type":"container_file_citation","container_id":"cntr_9","file_id":"cfile_1"},{"type":"file_citation","file_id":"file-2"}]}]},{"type":"code_interpreter_call","container_id":"cntr_1"}],"usage":{"total_tokens":5},"status":"completed"}
            """,
            [
                "conversations.ndjson":
                    #"{"id":"conv_1","object":"conversation","created_at":1700000000,"metadata":{"product":"sales"}}"#,
                "conversation_items.ndjson": """
                {"id":"msg_1","type":"message","role":"user","status":"completed","conversation_id":"conv_1","content":[{"type":"input_text","text":"x"},{"type":"input_file","file_id":"file-1"},{"type":"input_image","file_id":"file-2"}]}
                {"id":"fs_1","type":"file_search_call","conversation_id":"conv_1","results":[{"file_id":"file-2","attributes":{"file_id":"file-1"}}]}
                """,
                "containers.ndjson":
                    #"{"id":"cntr_1","object":"container","created_at":1700000000,"last_active_at":1700000100,"expires_after":{"anchor":"last_active_at","minutes":20},"status":"running"}"#,
                "container_files.ndjson":
                    #"{"id":"cfile_1","object":"container.file","container_id":"cntr_1","created_at":1700000000,"bytes":7}"#,
                "vector_stores.ndjson":
                    #"{"id":"vs_1","object":"vector_store","created_at":1700000000,"last_active_at":null}"#,
                "vector_store_files.ndjson":
                    #"{"id":"file-1","object":"vector_store.file","vector_store_id":"vs_1","created_at":1700000000,"usage_bytes":5,"attributes":{"product":"sales","tenant":true}}"#,
                "files.ndjson":
                    "{\"id\":\"file-1\",\"object\":\"file\",\"created_at\":1700000000}\n{\"id\":\"file-2\",\"object\":\"file\",\"created_at\":1700000000}\n",
            ])
        #expect(
            lines.filter { !$0.hasPrefix("file ") } == [
                "container cntr_1, created 1700000000, active 1700000100, expires 1700001300, running",
                "containerFile cntr_1/cfile_1, in cntr_1, created 1700000000, 7 B",
                "conversation conv_1, created 1700000000, product=sales",
                "item fs_1, in conv_1, created -...now, uses file file-2",
                "item msg_1, in conv_1, created -...now, user, completed, uses file file-1, uses file file-2",
                "response resp_0, in conv_1, created 1700000000",
                "response resp_1, in conv_1, created 1700000001+500000us, active 1700000002, completed, 5 tokens, cites response resp_0, uses container cntr_1, uses file file-1, uses file file-2, uses vectorStore vs_1",
                "vectorStore vs_1, created 1700000000, active -...now",
                "vectorStoreFile vs_1/file-1, in vs_1, created 1700000000, 5 B, product=sales, tenant=true, uses file file-1",
            ])
    }

    @Test func `batches, uploads and stored completions`() throws {
        let lines = try read(
            "batches.ndjson",
            #"{"id":"batch_1","object":"batch","created_at":1700000000,"in_progress_at":1700000001,"completed_at":1700000009,"expires_at":1800000000,"input_file_id":"file-1","output_file_id":null,"error_file_id":"file-2","status":"completed"}"#,
            [
                "uploads.ndjson":
                    #"{"id":"upload_1","object":"upload","created_at":1700000000,"expires_at":1700003600,"bytes":8,"file":{"id":"file-1","object":"file"},"status":"completed"}"#,
                "chat_completions.ndjson":
                    #"{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"usage":{"total_tokens":4}}"#,
                "files.ndjson":
                    "{\"id\":\"file-1\",\"object\":\"file\",\"created_at\":1700000000}\n{\"id\":\"file-2\",\"object\":\"file\",\"created_at\":1700000000}\n",
            ])
        #expect(
            lines.filter { !$0.hasPrefix("file ") } == [
                "batch batch_1, created 1700000000, active 1700000009, expires 1800000000, completed, uses file file-1, uses file file-2",
                "chatCompletion chatcmpl-1, created 1700000000, 4 tokens",
                "upload upload_1, created 1700000000, expires 1700003600, completed, 8 B, uses file file-1",
            ])
    }

    @Test func `what was put into a response is in use`() throws {
        #expect(
            try read(
                "responses.ndjson",
                #"{"id":"resp_0","object":"response","created_at":1700000000,"input":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}],"output":[]}"#,
                ["files.ndjson": #"{"id":"file-1","object":"file","created_at":1700000000}"#]
            ).filter { $0.hasPrefix("response ") } == ["response resp_0, created 1700000000, uses file file-1"])
    }

    @Test func `a thing said to be deleted is still there (case 85)`() throws {
        #expect(
            try read(
                "files.ndjson",
                #"{"id":"file-1","object":"file","created_at":1700000000,"status":"deleted","deleted":true}"#)
                == ["file file-1, created 1700000000, deleted"])
    }

    @Test(arguments: [
        ("1704629915", "1704629915", ""), ("1704629915.775304", "1704629915+775304us", ""),
        ("1.704629915e9", "1704629915", ""),
        ("null", "-...now", ""), ("0", "-...now", ""), ("-0.0", "-...now", ""),
        ("1704629915775", "-...+", "implausible-time"), ("1704629915775304", "-...+", "implausible-time"),
        ("1704629915775304000", "-...+", "implausible-time"), ("18446744073709551615", "-...+", "implausible-time"),
        ("1e300", "-...+", "implausible-time"), ("-5", "-...+", "implausible-time"),
        ("86399", "-...+", "implausible-time"),
        ("86400", "86400", ""), ("\"1454884927.000002\"", "-...+", "implausible-time"),
        ("\"2024-01-07T12:18:35Z\"", "-...+", "implausible-time"), ("true", "-...+", "implausible-time"),
        ("[]", "-...+", "implausible-time"), ("1795133100", "1795133100", ""), ("1795133101", "-...now", "future-time"),
    ])
    func `times are seconds, and nothing else is guessed (cases 6, 7, 8, 10, 14)`(
        written: String, read: String, problem: String
    ) throws {
        let export = try TemporaryExport([
            "threads.ndjson": "\n{\"id\":\"t\",\"object\":\"thread\",\"created_at\":\(written)}\n"
        ])
        let inventory = try export.read()
        #expect(inventory.lines == ["thread t, created \(read)"])
        #expect(inventory.places == (problem.isEmpty ? [] : ["threads.ndjson:2 \(problem)"]))
    }

    @Test func `a missing time is not the beginning of all times (case 7)`() throws {
        #expect(try read("threads.ndjson", #"{"id":"t","object":"thread"}"#) == ["thread t, created -...now"])
    }
}
