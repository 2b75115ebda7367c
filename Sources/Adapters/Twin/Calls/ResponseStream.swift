internal import HTTPServer

extension EventStream {
    /// A response as a stream: each of its messages in one piece.
    static func of(_ response: JSON) -> ServedResponse {
        var stream = EventStream()
        var number: Int64 = 0
        func send(_ type: String, _ told: JSON) {
            var event: JSON = ["type": .string(type), "sequence_number": .integer(number)]
            for member in told.members { event[member.name] = member.value }
            stream.add(type, event)
            number += 1
        }
        var begun = response
        (begun["status"], begun["completed_at"], begun["output"], begun["usage"]) = ("in_progress", .null, [], .null)
        send("response.created", ["response": begun])
        let items = response["output"]?.elements ?? []
        for (place, item) in items.enumerated() {
            let index = JSON.integer(Int64(place))
            var empty = item
            (empty["content"], empty["status"]) = ([], "in_progress")
            send("response.output_item.added", ["output_index": index, "item": empty])
            for (partPlace, part) in (item["content"]?.elements ?? []).enumerated() {
                let text = part["text"] ?? ""
                let position: JSON = [
                    "item_id": item["id"] ?? "", "output_index": index, "content_index": .integer(Int64(partPlace)),
                ]
                func sendPart(_ type: String, _ name: String, _ value: JSON, logged: Bool = false) {
                    var told = position
                    told[name] = value
                    if logged { told["logprobs"] = [] }
                    send(type, told)
                }
                sendPart("response.content_part.added", "part", Service.outputText(""))
                sendPart("response.output_text.delta", "delta", text, logged: true)
                sendPart("response.output_text.done", "text", text, logged: true)
                sendPart("response.content_part.done", "part", part)
            }
            send("response.output_item.done", ["output_index": index, "item": item])
        }
        let end = response["status"] == "completed" ? "response.completed" : "response.queued"
        send(end, ["response": response])
        return stream.response
    }
}
