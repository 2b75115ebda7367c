import Foundation
import Records
import TestSupport

@testable import tenure

/// How records travel.
extension [Holding] {
    /// Writes the estate that a twin serves, and the ids of what no list has.
    func write(to scratch: Scratch) throws {
        for kind in Kind.allCases where kind != .upload {
            let lines = try indices.filter { self[$0].kind == kind }.map { index in
                let data = try JSONSerialization.data(withJSONObject: wire(index), options: .sortedKeys)
                return String(decoding: data, as: UTF8.self) + "\n"
            }
            try scratch.write("estate/\(kind.fileStem).ndjson", lines.joined())
        }
        for kind in [Kind.thread, .conversation, .response] {
            try scratch.write("ids/\(kind.name).txt", filter { $0.kind == kind }.map { $0.id + "\n" }.joined())
        }
    }

    /// Where the API has it, below what all paths stand below.
    func path(_ index: Int) -> String {
        let record = self[index]
        // A response of a conversation stands at the top all the same.
        let above = record.kind == .response ? "" : record.container.map { path($0) + "/" } ?? ""
        let word =
            switch record.kind {
            case .assistant: "assistants"
            case .thread: "threads"
            case .message: "messages"
            case .run: "runs"
            case .runStep: "steps"
            case .file, .vectorStoreFile, .containerFile: "files"
            case .vectorStore: "vector_stores"
            case .conversation: "conversations"
            case .item: "items"
            case .response: "responses"
            case .chatCompletion: "chat/completions"
            case .container: "containers"
            case .batch: "batches"
            case .upload: "uploads"
            }
        return "\(above)\(word)/\(record.wireId)"
    }

    private static let objects: [Kind: String] = [
        .assistant: "assistant", .thread: "thread", .message: "thread.message", .run: "thread.run",
        .runStep: "thread.run.step", .file: "file", .vectorStore: "vector_store",
        .vectorStoreFile: "vector_store.file", .conversation: "conversation", .response: "response",
        .chatCompletion: "chat.completion", .container: "container", .containerFile: "container.file",
        .batch: "batch",
    ]

    private func ids(_ uses: [Int], _ kind: Kind) -> [String] {
        uses.filter { self[$0].kind == kind }.map { self[$0].id }
    }

    private func wire(_ index: Int) -> [String: Any] {
        let record = self[index]
        var object: [String: Any] = ["id": record.wireId, "metadata": record.metadata]
        object["object"] = Self.objects[record.kind]
        object[record.kind == .chatCompletion ? "created" : "created_at"] = record.created
        object["status"] = record.status
        object["role"] = record.role
        let above = record.container.map { self[$0].id }
        let files = ids(record.uses, .file)
        let stores = ids(record.uses, .vectorStore)
        switch record.kind {
        case .assistant, .thread:
            object["tool_resources"] = [
                "code_interpreter": ["file_ids": files], "file_search": ["vector_store_ids": stores],
            ]
            if record.kind == .assistant { object["model"] = "m" }
        case .message:
            object["thread_id"] = above
            object["content"] = [["type": "text", "text": ["value": "words", "annotations": [Any]()]]]
            object["attachments"] = files.map { ["file_id": $0, "tools": [["type": "file_search"]]] }
        case .run:
            object["thread_id"] = above
            object["assistant_id"] = record.assistant.map { self[$0].id }
            object["completed_at"] = record.status == "completed" ? record.activity : nil
            object["cancelled_at"] = record.status == "cancelled" ? record.activity : nil
        case .runStep:
            object["run_id"] = above
            object["thread_id"] = record.container.flatMap { self[$0].container }.map { self[$0].id }
            object["type"] = "tool_calls"
            object["step_details"] = [
                "type": "tool_calls",
                "tool_calls": [
                    [
                        "type": "code_interpreter",
                        "code_interpreter": [
                            "input": "", "outputs": files.map { ["type": "image", "image": ["file_id": $0]] },
                        ],
                    ]
                ],
            ]
        case .file:
            object["bytes"] = 1
            object["filename"] = "a name"
            object["purpose"] = "assistants"
        case .vectorStore:
            object["name"] = "a name"
            object["last_active_at"] = record.activity
        case .vectorStoreFile: object["vector_store_id"] = above
        case .item:
            object["conversation_id"] = above
            object["type"] = "message"
            object["content"] =
                [["type": "input_text", "text": "words"]] + files.map { ["type": "input_file", "file_id": $0] }
        case .response:
            object["conversation"] = above.map { ["id": $0] }
            object["completed_at"] = record.activity
            object["output"] = [Any]()
            object["tools"] =
                stores.map { ["type": "file_search", "vector_store_ids": [$0]] as [String: Any] }
                + ids(record.uses, .container).map { ["type": "code_interpreter", "container": $0] as [String: Any] }
        case .container:
            object["name"] = "a name"
            object["last_active_at"] = record.activity
        case .containerFile:
            object["container_id"] = above
            object["path"] = "/mnt/data/a name"
            object["bytes"] = 1
            object["source"] = "user"
        case .batch:
            object["input_file_id"] = files.first
            object["completed_at"] = record.created
        case .chatCompletion, .conversation, .upload: break
        }
        return object
    }
}
