import Foundation
import Records
import TestSupport
import Testing

@testable import SampleEstate

/// - Source: the `required` lists of OpenAI's OpenAPI document of 2026-08-21.
@Suite struct WireShapeTests {
    static let required: [(String, String?, [String])] = [
        (
            "assistants", "assistant",
            ["id", "created_at", "name", "description", "model", "instructions", "tools", "metadata"]
        ),
        ("threads", "thread", ["id", "created_at", "tool_resources", "metadata"]),
        (
            "messages", "thread.message",
            [
                "id", "created_at", "thread_id", "status", "incomplete_details", "completed_at", "incomplete_at",
                "role", "content", "assistant_id", "run_id", "attachments", "metadata",
            ]
        ),
        (
            "runs", "thread.run",
            [
                "id", "created_at", "thread_id", "assistant_id", "status", "required_action", "last_error",
                "expires_at", "started_at", "cancelled_at", "failed_at", "completed_at", "model", "instructions",
                "tools", "metadata", "usage", "incomplete_details", "max_prompt_tokens", "max_completion_tokens",
                "truncation_strategy", "tool_choice", "parallel_tool_calls", "response_format",
            ]
        ),
        (
            "run_steps", "thread.run.step",
            [
                "id", "created_at", "assistant_id", "thread_id", "run_id", "type", "status", "step_details",
                "last_error", "expired_at", "cancelled_at", "failed_at", "completed_at", "metadata", "usage",
            ]
        ),
        ("files", "file", ["id", "bytes", "created_at", "filename", "purpose", "status"]),
        (
            "vector_stores", "vector_store",
            ["id", "usage_bytes", "created_at", "status", "last_active_at", "name", "file_counts", "metadata"]
        ),
        (
            "vector_store_files", "vector_store.file",
            ["id", "usage_bytes", "created_at", "vector_store_id", "status", "last_error"]
        ),
        ("conversations", "conversation", ["id", "metadata", "created_at"]),
        ("conversation_items", nil, ["id", "type", "conversation_id"]),
        (
            "responses", "response",
            [
                "id", "created_at", "error", "incomplete_details", "instructions", "model", "tools", "output",
                "parallel_tool_calls", "metadata", "tool_choice", "temperature", "top_p",
            ]
        ),
    ]

    static let prefixes = [
        "assistants": "asst_", "threads": "thread_", "messages": "msg_", "runs": "run_", "run_steps": "step_",
        "files": "file-", "vector_stores": "vs_", "vector_store_files": "file-", "conversations": "conv_",
        "responses": "resp_",
    ]

    @Test(arguments: required)
    func `every record has what the provider's has`(stem: String, object: String?, fields: [String]) throws {
        let scratch = try Scratch()
        _ = try plan(threads: 300).write(to: scratch.path)
        let records = try scratch.objects("\(stem).ndjson")
        #expect(records.isEmpty == false)
        for record in records {
            #expect(record["object"] as? String == object)
            let missing = fields.filter { record[$0] == nil }
            #expect(missing.isEmpty, "\(missing) missing in \(record["id"] ?? "")")
            let id = try #require(record["id"] as? String)
            #expect(id.hasPrefix(WireShapeTests.prefixes[stem] ?? ""))
        }
    }

    @Test func `there is a file of every kind, and kinds that an estate does not have are empty`() throws {
        let scratch = try Scratch()
        let summary = try plan(threads: 65).write(to: scratch.path)
        #expect(try scratch.names() == (Kind.allCases.map { "\($0.fileStem).ndjson" } + ["truth.json"]).sorted())
        for kind in Kind.allCases {
            #expect(try scratch.lines("\(kind.fileStem).ndjson").count == summary.records[kind], "\(kind)")
        }
        for kind in [Kind.chatCompletion, .container, .containerFile, .batch, .upload] {
            #expect(summary.records[kind] == 0)
        }
    }

    @Test func `a thread has about eleven messages of 50 to 2,000 characters, questions and answers in turn`() throws {
        let scratch = try Scratch()
        let summary = try plan(threads: 1000, overdue: 0).write(to: scratch.path)
        let messages = try scratch.objects("messages.ndjson")
        #expect((9_500...12_500).contains(summary.records[.message] ?? 0))
        var roles: [String: [String]] = [:]
        for message in messages {
            roles[message["thread_id"] as? String ?? "", default: []].append(message["role"] as? String ?? "")
            let content = try #require((message["content"] as? [[String: Any]])?.first?["text"] as? [String: Any])
            let text = try #require(content["value"] as? String)
            #expect((20...2100).contains(text.utf8.count))
        }
        for sequence in roles.values {
            #expect(sequence.enumerated().allSatisfy { $0.element == ($0.offset % 2 == 0 ? "user" : "assistant") })
        }
        let mean = try scratch.bytes("messages.ndjson").count / max(messages.count, 1)
        #expect((850...1000).contains(mean))
    }

    @Test func `the text has other scripts, emoji and escapes in it`() throws {
        let scratch = try Scratch()
        _ = try plan(threads: 100).write(to: scratch.path)
        let text = String(decoding: try scratch.bytes("messages.ndjson"), as: UTF8.self)
        for piece in ["日本語", "🙂", "\\u00e9", "\\ud83d\\ude00", "\\n", "\\\"", "\\\\"] {
            #expect(text.contains(piece), "\(piece)")
        }
    }
}
