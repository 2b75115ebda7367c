internal import HTTPServer

/// Batches: made, done when somebody looks, or cancelled before.
///
/// - Source: OpenAI's OpenAPI document, `/batches`.
extension Service {
    static let batchCalls = [
        Call("POST", "batches", .batches) { service, asked throws(Refused) in try service.createBatch(asked) },
        Call("GET", "batches/*", .batches) { service, asked throws(Refused) in try service.lookAtBatch(asked) },
        Call("POST", "batches/*/cancel", .batches) { service, asked throws(Refused) in
            try service.cancelBatch(asked)
        },
    ]

    private static let endpoints = [
        "/v1/responses", "/v1/chat/completions", "/v1/embeddings", "/v1/completions", "/v1/moderations",
    ]

    private mutating func createBatch(_ asked: Asked) throws(Refused) -> ServedResponse {
        let sent = try asked.take([
            .needed("input_file_id", .id), .needed("endpoint", .word(Self.endpoints)),
            .needed("completion_window", .word(["24h"])), .free("metadata", .metadata, usual: [:]),
        ])
        _ = try object(.files, sent["input_file_id"]?.text ?? "")
        let now = mint.tick()
        var batch: JSON = ["id": .string(mint.id("batch_")), "object": "batch"]
        for member in sent.members { batch[member.name] = member.value }
        batch["status"] = "validating"
        batch["created_at"] = .integer(now)
        batch["expires_at"] = .integer(now + 86_400)
        batch["request_counts"] = ["total": 0, "completed": 0, "failed": 0]
        return try add(batch, to: .batches)
    }

    private mutating func lookAtBatch(_ asked: Asked) throws(Refused) -> ServedResponse {
        var batch = try object(.batches, asked.id)
        switch batch["status"] {
        case "validating":
            let lines = (contents[batch["input_file_id"]?.text ?? ""] ?? []).split(separator: UInt8(ascii: "\n"))
            let count = JSON.integer(Int64(lines.count))
            let output = try makeFile([], named: "\(asked.id)_output.jsonl", for: "batch_output", life: 2_592_000)
            batch["output_file_id"] = output["id"] ?? ""
            batch["request_counts"] = ["total": count, "completed": count, "failed": 0]
            for name in ["in_progress_at", "finalizing_at", "completed_at"] { batch[name] = .integer(mint.now) }
            batch["status"] = "completed"
        case "cancelling":
            batch["cancelled_at"] = .integer(mint.now)
            batch["status"] = "cancelled"
        default: return .json(batch)
        }
        return try add(batch, to: .batches)
    }

    private mutating func cancelBatch(_ asked: Asked) throws(Refused) -> ServedResponse {
        var batch = try object(.batches, asked.id)
        guard batch["status"] == "validating" || batch["status"] == "in_progress" else {
            throw Refused(Refusals.unfitting("Cannot cancel a batch with status '\(batch["status"]?.text ?? "")'."))
        }
        batch["status"] = "cancelling"
        batch["cancelling_at"] = .integer(mint.now)
        return try add(batch, to: .batches)
    }
}
