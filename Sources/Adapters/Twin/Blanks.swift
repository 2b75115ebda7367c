internal import HTTPServer

/// Objects that are there from the start because somebody asked for them by id.
///
/// What is not said of an object is as little as the provider's document allows.
extension Service {
    /// Puts objects on the shelves: by the name of an estate's file, ids, or objects as the file has them.
    mutating func prepare(_ body: [UInt8]) throws(Refused) {
        guard !body.isEmpty else { return }
        guard let sent = JSON.read(body), case .object = sent, case .object(let lists) = sent["create"] ?? [:] else {
            throw Refused(Refusals.unfitting(#"write {"create": {"threads": ["thread_1"]}}"#))
        }
        for list in lists {
            guard let shelf = Shelf.all.first(where: { $0.file == list.name }) else {
                throw Refused(Refusals.wrongWord("create", list.name, among: Shelf.all.compactMap(\.file)))
            }
            guard case .array(let entries) = list.value else {
                throw Refused(Refusals.wrongType("create.\(list.name)", .ids, list.value))
            }
            for entry in entries { try prepare(entry, shelf, list.name) }
        }
    }

    private mutating func prepare(_ entry: JSON, _ shelf: Shelf, _ name: String) throws(Refused) {
        let said: JSON = entry.text == nil ? entry : ["id": entry]
        guard case .object = said else { throw Refused(Refusals.wrongType("create.\(name)", .id, entry)) }
        guard let id = said["id"]?.text, !id.isEmpty else { throw Refused(Refusals.lacking("create.\(name).id")) }
        var object: JSON = ["id": .string(id)]
        let time = shelf.object == "chat.completion" ? "created" : "created_at"
        if !shelf.hidesParentKey {
            object["object"] = .string(shelf.object)
            object[time] = .integer(mint.tick())
        }
        for member in (shelf.blank.members + said.members) { object[member.name] = member.value }
        var parent = ""
        if let key = shelf.parentKey {
            guard let above = object[key]?.text else { throw Refused(Refusals.lacking("create.\(name).\(key)")) }
            parent = above
            if shelf.hidesParentKey { object[key] = nil }
        }
        if shelf.hidesInput, let input = object["input"] {
            object["input"] = nil
            for item in InputItems(input, of: id).items { try keep(item, on: .inputItems, below: id) }
        }
        try keep(object, on: shelf, below: parent)
    }
}

extension Shelf {
    /// What an object must say beside its id and its time.
    fileprivate var blank: JSON {
        switch object {
        case "file": ["bytes": 0, "filename": "", "purpose": "user_data", "status": "processed"]
        case "vector_store":
            [
                "name": "", "usage_bytes": 0, "status": "completed", "last_active_at": .null, "metadata": [:],
                "file_counts": ["in_progress": 0, "completed": 0, "failed": 0, "cancelled": 0, "total": 0],
            ]
        case "vector_store.file": ["usage_bytes": 0, "status": "completed", "last_error": .null]
        case "batch":
            [
                "endpoint": "/v1/responses", "input_file_id": "", "completion_window": "24h", "status": "completed",
            ]
        case "chat.completion": ["model": "gpt-5.4", "choices": [], "metadata": [:]]
        case "container": ["name": "", "status": "running"]
        case "container.file": ["bytes": 0, "path": "/mnt/data/file", "source": "user"]
        case "assistant":
            [
                "name": .null, "description": .null, "model": "gpt-4o", "instructions": .null, "tools": [],
                "metadata": [:],
            ]
        case "thread": ["metadata": [:], "tool_resources": .null]
        case "conversation": ["metadata": [:]]
        case "thread.message":
            [
                "assistant_id": .null, "run_id": .null, "status": "completed", "incomplete_details": .null,
                "completed_at": .null, "incomplete_at": .null, "role": "user", "content": [], "attachments": [],
                "metadata": [:],
            ]
        case "thread.run":
            [
                "assistant_id": "", "status": "completed", "started_at": .null, "expires_at": .null,
                "cancelled_at": .null, "failed_at": .null, "completed_at": .null, "required_action": .null,
                "last_error": .null, "model": "gpt-4o", "instructions": "", "tools": [], "metadata": [:],
                "max_completion_tokens": .null, "max_prompt_tokens": .null, "incomplete_details": .null,
                "usage": .null, "response_format": "auto", "tool_choice": "auto", "parallel_tool_calls": true,
                "truncation_strategy": ["type": "auto", "last_messages": .null],
            ]
        case "thread.run.step":
            [
                "assistant_id": "", "thread_id": "", "type": "tool_calls", "status": "completed",
                "cancelled_at": .null, "completed_at": .null, "expired_at": .null, "failed_at": .null,
                "last_error": .null, "metadata": [:], "step_details": ["type": "tool_calls", "tool_calls": []],
                "usage": .null,
            ]
        case "conversation.item":
            ["type": "message", "status": "completed", "role": "user", "content": []]
        case "response":
            [
                "status": "completed", "error": .null, "incomplete_details": .null, "instructions": .null,
                "model": "gpt-5.4", "tools": [], "output": [], "parallel_tool_calls": true, "metadata": [:],
                "tool_choice": "auto", "temperature": 1.0, "top_p": 1.0,
            ]
        case "upload":
            ["bytes": 0, "filename": "", "purpose": "user_data", "status": "pending", "expires_at": 0]
        default: [:]
        }
    }
}
