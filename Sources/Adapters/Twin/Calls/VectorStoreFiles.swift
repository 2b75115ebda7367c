internal import HTTPServer

/// What stands in a vector store: files of elsewhere, attached and detached.
///
/// - Source: OpenAI's OpenAPI document, `/vector_stores/{vector_store_id}/files`.
extension Service {
    static let vectorStoreFileCalls = [
        Call("POST", "vector_stores/*/files", .vectorStoreFiles) { service, asked throws(Refused) in
            try service.attach(asked)
        },
        Call("POST", "vector_stores/*/files/*", .vectorStoreFiles) { service, asked throws(Refused) in
            try service.changeAttributes(asked)
        },
        Call("DELETE", "vector_stores/*/files/*", .vectorStoreFiles) { service, asked throws(Refused) in
            try service.detach(asked)
        },
        Call("GET", "vector_stores/*/files/*/content", .vectorStoreFiles) { service, asked throws(Refused) in
            try service.storedContent(asked)
        },
    ]

    /// What can be said of a file in a store.
    static let fileParts: [Shape.Part] = [
        .free("attributes", .attributes, usual: [:]), .free("chunking_strategy", .chunking),
    ]

    private mutating func attach(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.vectorStores, asked.id)
        let sent = try asked.take([.needed("file_id", .id)] + Self.fileParts)
        return .json(try attach(sent["file_id"]?.text ?? "", to: asked.id, sent))
    }

    /// Attaches a file to a store.
    ///
    /// - Parameter sent: its attributes and how it is cut.
    mutating func attach(_ file: String, to store: String, _ sent: JSON) throws(Refused) -> JSON {
        let bytes = try object(.files, file)["bytes"]?.number ?? 0
        var cutting: JSON = ["type": "static", "static": ["max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400]]
        if let chosen = sent["chunking_strategy"], chosen["type"] == "static" { cutting = chosen }
        let attached: JSON = [
            "id": .string(file), "object": "vector_store.file", "usage_bytes": .integer(bytes),
            "created_at": .integer(mint.tick()), "vector_store_id": .string(store), "status": "completed",
            "last_error": .null, "chunking_strategy": cutting, "attributes": sent["attributes"] ?? [:],
        ]
        let isNew = stock.object(.vectorStoreFiles, file, below: store) == nil
        try keep(attached, on: .vectorStoreFiles, below: store)
        if isNew { try count(1, bytes: bytes, in: store) }
        return attached
    }

    private mutating func changeAttributes(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.vectorStores, asked.outerId)
        return try change(
            .vectorStoreFiles, asked, below: asked.outerId, [.needed("attributes", .optional(.attributes))])
    }

    private mutating func detach(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.vectorStores, asked.outerId)
        let file = try object(.vectorStoreFiles, asked.id, below: asked.outerId)
        stock.remove(.vectorStoreFiles, asked.id, below: asked.outerId)
        try count(-1, bytes: 0 &- (file["usage_bytes"]?.number ?? 0), in: asked.outerId)
        return .deleted(asked.id, "vector_store.file.deleted")
    }

    private mutating func storedContent(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.vectorStores, asked.outerId)
        _ = try object(.vectorStoreFiles, asked.id, below: asked.outerId)
        return .json([
            "object": "vector_store.file_content.page", "data": pieces(of: asked.id), "has_more": false,
            "next_page": .null,
        ])
    }
}
