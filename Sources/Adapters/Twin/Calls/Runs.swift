internal import HTTPServer

/// Runs of an assistant over a thread.
///
/// Whoever looks at a run that waits finds it done: with a message and its step, or, where the assistant has a function,
/// with a call of it that waits for its output.
///
/// - Source: OpenAI's OpenAPI document, `/threads/{thread_id}/runs`.
extension Service {
    static let runCalls = [
        Call("POST", "threads/*/runs", .runs) { service, asked throws(Refused) in
            try service.createRun(asked, in: asked.id)
        },
        Call("POST", "threads/runs", .runs) { service, asked throws(Refused) in
            let thread = try service.makeThread(asked.body["thread"] ?? [:])
            return try service.createRun(asked, in: thread["id"]?.text ?? "")
        },
        Call("GET", "threads/*/runs/*", .runs) { service, asked throws(Refused) in
            .json(try service.lookAtRun(asked.id, in: asked.outerId))
        },
        Call("POST", "threads/*/runs/*", .runs) { service, asked throws(Refused) in
            _ = try service.object(.threads, asked.outerId)
            return try service.change(.runs, asked, below: asked.outerId, [.free("metadata", .metadata)])
        },
        Call("POST", "threads/*/runs/*/cancel", .runs) { service, asked throws(Refused) in
            try service.cancelRun(asked)
        },
        Call("POST", "threads/*/runs/*/submit_tool_outputs", .runs) { service, asked throws(Refused) in
            try service.submitOutputs(asked)
        },
    ]

    private static let runParts: [Shape.Part] = [
        .needed("assistant_id", .id), .free("model", .text(most: 256)), .free("instructions", .text(most: 256_000)),
        .free("tools", .tools), .free("metadata", .metadata, usual: [:]), .free("temperature", .number(0...2)),
        .free("top_p", .number(0...1)), .free("max_prompt_tokens", .integer(256...1_000_000_000), usual: .null),
        .free("max_completion_tokens", .integer(256...1_000_000_000), usual: .null),
        .free(
            "truncation_strategy",
            .object([
                .needed("type", .word(["auto", "last_messages"])),
                .free("last_messages", .integer(1...1_000_000), usual: .null),
            ]), usual: ["type": "auto", "last_messages": .null]),
        .free(
            "tool_choice",
            .either([
                .word(["none", "auto", "required"]),
                .kinds([
                    "code_interpreter": [], "file_search": [],
                    "function": [.needed("function", .object([.needed("name", .text(most: 64))]))],
                ]),
            ]), usual: "auto"),
        .free("parallel_tool_calls", .bool, usual: true), .free("response_format", .format),
        .free("additional_messages", .list(.object(messageParts), most: 1000), usual: []),
    ]

    /// The run of a thread that is not at its end; nil where there is none.
    func activeRun(of thread: String) -> String? {
        let active: [JSON] = ["queued", "in_progress", "requires_action", "cancelling"]
        return stock.list(.runs, below: thread, ascending: false)?.first { run in
            JSON.read(run.json)?["status"].map(active.contains) == true
        }?.id
    }

    private mutating func createRun(_ asked: Asked, in thread: String) throws(Refused) -> ServedResponse {
        _ = try object(.threads, thread)
        let sent = try asked.take(Self.runParts)
        let assistant = try object(.assistants, sent["assistant_id"]?.text ?? "")
        if let run = activeRun(of: thread) {
            throw Refused(Refusals.unfitting("Thread \(thread) already has an active run \(run)."))
        }
        for message in sent["additional_messages"]?.elements ?? [] { _ = try makeMessage(message, in: thread) }
        let id = mint.id("run_")
        let now = mint.tick()
        var run: JSON = [
            "id": .string(id), "object": "thread.run", "created_at": .integer(now), "assistant_id": "",
            "thread_id": .string(thread), "status": "queued", "started_at": .null, "expires_at": .integer(now + 600),
            "cancelled_at": .null, "failed_at": .null, "completed_at": .null, "required_action": .null,
            "last_error": .null, "model": assistant["model"] ?? "", "instructions": assistant["instructions"] ?? "",
            "tools": assistant["tools"] ?? [], "metadata": [:], "temperature": 1.0, "top_p": 1.0,
            "max_completion_tokens": .null, "max_prompt_tokens": .null, "incomplete_details": .null, "usage": .null,
            "response_format": "auto", "tool_choice": "auto", "parallel_tool_calls": true,
        ]
        for member in sent.members where member.name != "additional_messages" { run[member.name] = member.value }
        if run["instructions"] == .null { run["instructions"] = "" }
        try keep(run, on: .runs, below: thread)
        return asked.wantsStream ? try stream(run) : .json(run)
    }

    private mutating func cancelRun(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.threads, asked.outerId)
        var run = try object(.runs, asked.id, below: asked.outerId)
        guard activeRun(of: asked.outerId) == asked.id else {
            throw Refused(Refusals.unfitting("Cannot cancel run with status '\(run["status"]?.text ?? "")'."))
        }
        run["status"] = "cancelled"
        run["cancelled_at"] = .integer(mint.tick())
        run["required_action"] = .null
        return try add(run, to: .runs, below: asked.outerId)
    }

    private mutating func submitOutputs(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.threads, asked.outerId)
        var run = try object(.runs, asked.id, below: asked.outerId)
        let outputs = try asked.take([
            .needed(
                "tool_outputs",
                .list(.object([.needed("tool_call_id", .id), .free("output", .text(), usual: "")]), most: 1000))
        ])
        guard run["status"] == "requires_action" else {
            throw Refused(
                Refusals.unfitting("Runs in status \"\(run["status"]?.text ?? "")\" do not accept tool outputs."))
        }
        try keepCalls(of: run, outputs["tool_outputs"]?.elements ?? [])
        run["status"] = "queued"
        run["required_action"] = .null
        try keep(run, on: .runs, below: asked.outerId)
        return asked.wantsStream ? try stream(run) : .json(run)
    }
}
