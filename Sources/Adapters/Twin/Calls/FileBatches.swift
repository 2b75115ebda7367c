internal import HTTPServer

/// Files that are attached to a vector store together.
///
/// Whoever looks at a batch finds it done.
///
/// - Source: OpenAI's OpenAPI document, `/vector_stores/{vector_store_id}/file_batches`.
extension Service {
    static let fileBatchCalls = [
        Call("POST", "vector_stores/*/file_batches", .fileBatches) { service, asked throws(Refused) in
            try service.createFileBatch(asked)
        },
        Call("GET", "vector_stores/*/file_batches/*", .fileBatches) { service, asked throws(Refused) in
            try service.lookAtFileBatch(asked)
        },
        Call("POST", "vector_stores/*/file_batches/*/cancel", .fileBatches) { service, asked throws(Refused) in
            try service.cancelFileBatch(asked)
        },
    ]

    private mutating func createFileBatch(_ asked: Asked) throws(Refused) -> ServedResponse {
        let store = asked.id
        _ = try object(.vectorStores, store)
        let sent = try asked.take(
            [
                .free("file_ids", .list(.id, most: 500), usual: []),
                .free("files", .list(.object([.needed("file_id", .id)] + Self.fileParts), most: 500)),
            ] + Self.fileParts)
        var files = sent["files"]?.elements ?? []
        if sent["files"] == nil {
            files = (sent["file_ids"]?.elements ?? []).map { id in
                var file = sent
                file["file_id"] = id
                return file
            }
        }
        guard !files.isEmpty else { throw Refused(Refusals.lacking("file_ids")) }
        for file in files { _ = try object(.files, file["file_id"]?.text ?? "") }
        let id = mint.id("vsfb_")
        let total = Int64(files.count)
        let batch: JSON = [
            "id": .string(id), "object": "vector_store.files_batch", "created_at": .integer(mint.tick()),
            "vector_store_id": .string(store), "status": "in_progress",
            "file_counts": [
                "in_progress": .integer(total), "completed": 0, "failed": 0, "cancelled": 0, "total": .integer(total),
            ],
        ]
        for file in files {
            let attached = try attach(file["file_id"]?.text ?? "", to: store, file)
            try keep(attached, on: .batchedFiles, below: id)
        }
        return try add(batch, to: .fileBatches, below: store)
    }

    private mutating func lookAtFileBatch(_ asked: Asked) throws(Refused) -> ServedResponse {
        try settle(asked, "completed")
    }

    private mutating func cancelFileBatch(_ asked: Asked) throws(Refused) -> ServedResponse {
        try settle(asked, "cancelled")
    }

    private mutating func settle(_ asked: Asked, _ end: String) throws(Refused) -> ServedResponse {
        let store = asked.outerId
        _ = try object(.vectorStores, store)
        var batch = try object(.fileBatches, asked.id, below: store)
        guard batch["status"] == "in_progress" else { return .json(batch) }
        batch["status"] = .string(end)
        let total = batch["file_counts"]?["total"] ?? 0
        batch["file_counts"]?["in_progress"] = 0
        batch["file_counts"]?[end] = total
        return try add(batch, to: .fileBatches, below: store)
    }
}
