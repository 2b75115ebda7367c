internal import HTTPServer

/// Chat completions: made, and kept where that is wanted.
///
/// - Source: OpenAI's OpenAPI document, `/chat/completions`.
extension Service {
    static let completionCalls = [
        Call("POST", "chat/completions", .completions) { service, asked throws(Refused) in
            try service.createCompletion(asked)
        },
        Call("POST", "chat/completions/*", .completions) { service, asked throws(Refused) in
            try service.change(.completions, asked, [.needed("metadata", .optional(.metadata))])
        },
    ]

    private static let messageWords = ["developer", "system", "user", "assistant", "tool", "function"]

    private static let completionParts: [Shape.Part] = [
        .needed("model", .text(most: 256)), .free("metadata", .metadata, usual: [:]), .free("store", .bool),
        .free("n", .integer(1...128), usual: 1),
        .free("response_format", .kinds(["text": [], "json_object": [], "json_schema": []])),
        .needed(
            "messages",
            .list(
                .object([
                    .needed("role", .word(messageWords)), .free("name", .text(most: 64)),
                    .free(
                        "content",
                        .either([
                            .text(),
                            .list(
                                .kinds([
                                    "text": [.needed("text", .text())],
                                    "image_url": [.needed("image_url", .object([.needed("url", .address)]))],
                                ]), most: 1000),
                        ]), usual: .null),
                ]), most: 10_000)),
    ]

    private mutating func createCompletion(_ asked: Asked) throws(Refused) -> ServedResponse {
        let sent = try asked.take(Self.completionParts)
        let messages = sent["messages"]?.elements ?? []
        guard !messages.isEmpty else { throw Refused(Refusals.lacking("messages")) }
        let wantsJSON = sent["response_format"]?["type"].map { $0 != "text" } ?? false
        let text = JSON.string(wantsJSON ? "{}" : Self.answer)
        let id = mint.id("chatcmpl-")
        let choices = (0..<(sent["n"]?.number ?? 1)).map { index -> JSON in
            [
                "index": .integer(index), "finish_reason": "stop", "logprobs": .null,
                "message": ["role": "assistant", "content": text, "refusal": .null, "annotations": []],
            ]
        }
        let completion: JSON = [
            "id": .string(id), "object": "chat.completion", "created": .integer(mint.tick()),
            "model": sent["model"] ?? "", "choices": .array(choices),
            "usage": ["prompt_tokens": 10, "completion_tokens": 8, "total_tokens": 18],
            "service_tier": "default", "system_fingerprint": "fp_twin", "metadata": sent["metadata"] ?? [:],
        ]
        if sent["store"]?.isTrue == true {
            try keep(completion, on: .completions)
            for (place, message) in messages.enumerated() { try keep(message, "\(id)-\(place)", of: id) }
        }
        return asked.wantsStream ? EventStream.ofCompletion(completion) : .json(completion)
    }

    /// Keeps a message that a completion was given: its text by itself, or its parts.
    private mutating func keep(_ sent: JSON, _ id: String, of completion: String) throws(Refused) {
        let content = sent["content"] ?? .null
        var message: JSON = [
            "id": .string(id), "role": sent["role"] ?? "user", "content": content.text == nil ? .null : content,
            "refusal": .null, "content_parts": content.elements.isEmpty ? .null : content,
        ]
        if let name = sent["name"] { message["name"] = name }
        try keep(message, on: .completionMessages, below: completion)
    }
}

extension EventStream {
    /// A completion as a stream, its text in one piece.
    static func ofCompletion(_ completion: JSON) -> ServedResponse {
        var stream = EventStream()
        var chunk: JSON = [
            "id": completion["id"] ?? "", "object": "chat.completion.chunk", "created": completion["created"] ?? 0,
            "model": completion["model"] ?? "",
        ]
        for choice in completion["choices"]?.elements ?? [] {
            let text = choice["message"]?["content"] ?? ""
            for (delta, end) in [
                (["role": "assistant", "content": text] as JSON, JSON.null), ([:] as JSON, "stop" as JSON),
            ] {
                chunk["choices"] = [["index": choice["index"] ?? 0, "delta": delta, "finish_reason": end]]
                stream.add(nil, chunk)
            }
        }
        stream.add(text: "[DONE]")
        return stream.response
    }
}
