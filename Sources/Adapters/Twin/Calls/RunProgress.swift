internal import HTTPServer

/// How runs go on.
extension Service {
    /// What the twin's model says, to whatever it is asked.
    static let answer = "This is the answer of a twin."

    private static let usage: JSON = ["prompt_tokens": 10, "completion_tokens": 8, "total_tokens": 18]

    /// The run, after it went on if it waited for nobody.
    mutating func lookAtRun(_ id: String, in thread: String) throws(Refused) -> JSON {
        _ = try object(.threads, thread)
        var run = try object(.runs, id, below: thread)
        guard run["status"] == "queued", !isStill else { return run }
        if run["started_at"] == .null { run["started_at"] = .integer(mint.now) }
        let function = run["tools"]?.elements.first { $0["type"] == "function" }
        if let function, run["tool_choice"] != "none", !hasCalled(id) {
            let call: JSON = [
                "id": .string(mint.id("call_")), "type": "function",
                "function": ["name": function["function"]?["name"] ?? "", "arguments": "{}"],
            ]
            run["status"] = "requires_action"
            run["required_action"] = [
                "type": "submit_tool_outputs", "submit_tool_outputs": ["tool_calls": [call]],
            ]
        } else {
            try finish(&run, in: thread)
        }
        try keep(run, on: .runs, below: thread)
        return run
    }

    private func hasCalled(_ run: String) -> Bool {
        stock.list(.runSteps, below: run)?.contains { JSON.read($0.json)?["type"] == "tool_calls" } == true
    }

    /// Writes the answer, and says so.
    private mutating func finish(_ run: inout JSON, in thread: String) throws(Refused) {
        let message = try makeMessage(["role": "assistant", "content": .string(Self.answer)], in: thread, run: run)
        try keepStep(
            of: run, "message_creation", ["message_creation": ["message_id": message["id"] ?? ""]])
        run["status"] = "completed"
        run["completed_at"] = .integer(mint.now)
        run["usage"] = Self.usage
        run["expires_at"] = .null
    }

    /// Keeps a step of what a run waited for, with what came.
    mutating func keepCalls(of run: JSON, _ outputs: [JSON]) throws(Refused) {
        let calls = run["required_action"]?["submit_tool_outputs"]?["tool_calls"]?.elements ?? []
        let answered = calls.map { call -> JSON in
            var answered = call
            answered["function"]?["output"] = outputs.first { $0["tool_call_id"] == call["id"] }?["output"] ?? ""
            return answered
        }
        try keepStep(of: run, "tool_calls", ["tool_calls": .array(answered)])
    }

    private mutating func keepStep(of run: JSON, _ type: String, _ details: JSON) throws(Refused) {
        let now = mint.tick()
        var told: JSON = ["type": .string(type)]
        for member in details.members { told[member.name] = member.value }
        let step: JSON = [
            "id": .string(mint.id("step_")), "object": "thread.run.step", "created_at": .integer(now),
            "run_id": run["id"] ?? "", "assistant_id": run["assistant_id"] ?? "", "thread_id": run["thread_id"] ?? "",
            "type": .string(type), "status": "completed", "cancelled_at": .null, "completed_at": .integer(now),
            "expired_at": .null, "failed_at": .null, "last_error": .null, "metadata": [:], "step_details": told,
            "usage": Self.usage,
        ]
        try keep(step, on: .runSteps, below: run["id"]?.text ?? "")
    }

    /// The run as a stream of events, to where it ends or waits.
    mutating func stream(_ run: JSON) throws(Refused) -> ServedResponse {
        let thread = run["thread_id"]?.text ?? ""
        var events = EventStream()
        if run["started_at"] == .null { events.add("thread.run.created", run) }
        events.add("thread.run.queued", run)
        let after = try lookAtRun(run["id"]?.text ?? "", in: thread)
        if after["status"] == "completed", let step = last(.runSteps, below: run["id"]?.text ?? ""),
            let message = last(.messages, below: thread)
        {
            var begun = message
            (begun["content"], begun["status"], begun["completed_at"]) = ([], "in_progress", .null)
            events.add("thread.run.step.created", step)
            events.add("thread.message.created", begun)
            events.add(
                "thread.message.delta",
                [
                    "id": message["id"] ?? "", "object": "thread.message.delta",
                    "delta": [
                        "content": [
                            [
                                "index": 0, "type": "text",
                                "text": ["value": .string(Self.answer), "annotations": []],
                            ]
                        ]
                    ],
                ])
            events.add("thread.message.completed", message)
            events.add("thread.run.step.completed", step)
        }
        events.add("thread.run.\(after["status"]?.text ?? "")", after)
        events.add("done", text: "[DONE]")
        return events.response
    }

    private func last(_ shelf: Shelf, below parent: String) -> JSON? {
        stock.list(shelf, below: parent, ascending: false, most: 1)?.first.flatMap { JSON.read($0.json) }
    }
}
