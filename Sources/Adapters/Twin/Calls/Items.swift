/// Items: what conversations hold, and what responses were given and gave.
///
/// - Source: OpenAI's OpenAPI document, `InputItem` and `ItemResource`; the twin takes messages, calls of functions and
///   their outputs, and reasoning.
extension Shape {
    private static let message: [Part] = [
        .needed("role", .word(["user", "assistant", "system", "developer"])),
        .needed(
            "content",
            .either([
                .text(),
                .list(
                    .kinds([
                        "input_text": [.needed("text", .text())], "output_text": [.needed("text", .text())],
                        "input_image": [
                            .free("image_url", .address), .free("file_id", .id),
                            .free("detail", .detail, usual: "auto"),
                        ],
                        "input_file": [.free("file_id", .id), .free("filename", .text(most: 512))],
                    ]), most: 1000),
            ])),
    ]

    /// What a client can send as an item. One that does not say what it is is a message.
    static func item(_ value: JSON) -> Shape {
        value["type"] == nil
            ? .object(message)
            : .kinds([
                "message": message,
                "function_call": [
                    .needed("call_id", .id), .needed("name", .text(most: 128)), .needed("arguments", .text()),
                ],
                "function_call_output": [.needed("call_id", .id), .needed("output", .text())],
                "reasoning": [
                    .needed("summary", .list(.kinds(["summary_text": [.needed("text", .text())]]), most: 100))
                ],
            ])
    }
}

extension Service {
    /// The items of a list that a client sends, or the one message that a text is.
    mutating func items(_ sent: JSON?, at place: String) throws(Refused) -> [JSON] {
        guard let sent, sent != .null else { return [] }
        if sent.text != nil { return [makeItem(["role": "user", "content": sent])] }
        guard case .array(let elements) = sent else {
            throw Refused(Refusals.wrongType(place, .list(.anyObject, most: 0), sent))
        }
        var items: [JSON] = []
        for (index, element) in elements.enumerated() {
            items.append(makeItem(try Shape.item(element).take(element, at: "\(place)[\(index)]")))
        }
        return items
    }

    /// An item as it is kept, with an id of its own.
    mutating func makeItem(_ sent: JSON) -> JSON {
        let type = sent["type"]?.text ?? "message"
        switch type {
        case "message":
            let role = sent["role"] ?? "user"
            return [
                "id": .string(mint.id("msg_")), "type": "message", "status": "completed", "role": role,
                "content": Self.content(sent["content"] ?? [], of: role),
            ]
        case "reasoning":
            return ["id": .string(mint.id("rs_")), "type": "reasoning", "summary": sent["summary"] ?? []]
        default:
            var item: JSON = ["id": .string(mint.id("fc_"))]
            for member in sent.members { item[member.name] = member.value }
            item["status"] = "completed"
            return item
        }
    }

    /// A message's content, in the words of who wrote it: assistants give out, all others put in.
    private static func content(_ sent: JSON, of role: JSON) -> JSON {
        let parts: [JSON] = if sent.text != nil { [["type": "input_text", "text": sent]] } else { sent.elements }
        return .array(
            parts.compactMap { part in
                guard let text = part["text"] else { return role == "assistant" ? nil : part }
                return role == "assistant" ? outputText(text) : ["type": "input_text", "text": text]
            })
    }

    static func outputText(_ text: JSON) -> JSON {
        ["type": "output_text", "annotations": [], "logprobs": [], "text": text]
    }
}
