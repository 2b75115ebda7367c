internal import HTTPServer

/// Responses: made, with what they were given, and kept unless that is not wanted.
///
/// Whoever looks at one that was made in the background finds it done.
///
/// - Source: OpenAI's OpenAPI document, `/responses`.
extension Service {
    static let responseCalls = [
        Call("POST", "responses", .responses) { service, asked throws(Refused) in
            try service.createResponse(asked)
        },
        Call("GET", "responses/*", .responses) { service, asked throws(Refused) in
            try service.lookAtResponse(asked)
        },
        Call("POST", "responses/*/cancel", .responses) { service, asked throws(Refused) in
            try service.cancelResponse(asked)
        },
        Call("POST", "responses/input_tokens", .responses) { service, asked throws(Refused) in
            _ = try service.items(asked.body["input"], at: "input")
            return .json(["object": "response.input_tokens", "input_tokens": 10])
        },
        Call("POST", "responses/compact", .responses) { service, asked throws(Refused) in
            try service.compact(asked)
        },
    ]

    private mutating func createResponse(_ asked: Asked) throws(Refused) -> ServedResponse {
        let sent = try asked.take(Shape.responseParts)
        let given = try items(asked.body["input"], at: "input")
        guard !given.isEmpty else { throw Refused(Refusals.lacking("input")) }
        let conversation = asked.body["conversation"].flatMap { $0.text ?? $0["id"]?.text }
        let previous = sent["previous_response_id"]?.text
        if let conversation { _ = try object(.conversations, conversation) }
        if let previous, stock.object(.responses, previous, below: "") == nil {
            throw Refused(Refusals.noPrevious(previous))
        }
        guard conversation == nil || previous == nil else { throw Refused(Refusals.exclusive) }
        var response = newResponse(sent, wantsJSON: sent["text"]?["format"]?["type"].map { $0 != "text" } ?? false)
        if let conversation { response["conversation"] = ["id": .string(conversation)] }
        let id = response["id"]?.text ?? ""
        if sent["background"]?.isTrue == true {
            (response["status"], response["completed_at"], response["output"]) = ("queued", .null, [])
        }
        if sent["store"]?.isTrue != false {
            try keep(response, on: .responses)
            for item in given { try keep(item, on: .inputItems, below: id) }
        }
        if let conversation {
            for item in given + (response["output"]?.elements ?? []) {
                try keep(item, on: .items, below: conversation)
            }
        }
        return asked.wantsStream ? EventStream.of(response) : .json(response)
    }

    /// A response that is done.
    private mutating func newResponse(_ sent: JSON, wantsJSON: Bool) -> JSON {
        let now = mint.tick()
        var response: JSON = [
            "id": .string(mint.id("resp_")), "object": "response", "created_at": .integer(now), "status": "completed",
            "background": false, "completed_at": .integer(now), "conversation": .null, "error": .null,
            "incomplete_details": .null, "instructions": .null, "max_output_tokens": .null, "model": "",
            "output": [newMessage(wantsJSON ? "{}" : Self.answer)], "parallel_tool_calls": true,
            "previous_response_id": .null, "reasoning": ["effort": .null, "summary": .null], "store": true,
            "temperature": 1.0, "text": ["format": ["type": "text"]], "tool_choice": "auto", "tools": [], "top_p": 1.0,
            "truncation": "disabled", "usage": Self.responseUsage, "metadata": [:],
        ]
        for member in sent.members { response[member.name] = member.value }
        return response
    }

    private static let responseUsage: JSON = [
        "input_tokens": 10, "input_tokens_details": ["cached_tokens": 0, "cache_write_tokens": 0], "output_tokens": 8,
        "output_tokens_details": ["reasoning_tokens": 0], "total_tokens": 18,
    ]

    private mutating func newMessage(_ text: String) -> JSON {
        makeItem(["role": "assistant", "content": .string(text)])
    }

    private mutating func lookAtResponse(_ asked: Asked) throws(Refused) -> ServedResponse {
        var response = try object(.responses, asked.id)
        if response["status"] == "queued", !isStill {
            (response["status"], response["completed_at"]) = ("completed", .integer(mint.now))
            response["output"] = [newMessage(Self.answer)]
            try keep(response, on: .responses)
            if let conversation = response["conversation"]?["id"]?.text {
                for item in response["output"]?.elements ?? [] { try keep(item, on: .items, below: conversation) }
            }
        }
        return asked.request.item("stream") == "true" ? EventStream.of(response) : .json(response)
    }

    private mutating func cancelResponse(_ asked: Asked) throws(Refused) -> ServedResponse {
        var response = try object(.responses, asked.id)
        let isAtWork = response["status"] == "queued" || response["status"] == "in_progress"
        // What was written without content does not say it, and what is at work is in the background.
        guard response["background"].map(\.isTrue) ?? isAtWork else {
            throw Refused(Refusals.unfitting("Only responses with background=true can be cancelled."))
        }
        guard isAtWork else { return .json(response) }
        response["status"] = "cancelled"
        return try add(response, to: .responses)
    }

    private mutating func compact(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try asked.take([.needed("model", .text(most: 256))])
        let given = try items(asked.body["input"], at: "input").filter { $0["role"] == "user" }
        let summary: JSON = ["id": .string(mint.id("cmp_")), "type": "compaction", "encrypted_content": "twin"]
        return .json([
            "id": .string(mint.id("resp_")), "object": "response.compaction", "created_at": .integer(mint.tick()),
            "output": .array(given + [summary]), "usage": Self.responseUsage,
        ])
    }
}
