internal import HTTPServer

/// Vector stores: made, changed and searched.
///
/// - Source: OpenAI's OpenAPI document, `/vector_stores`.
extension Service {
    static let vectorStoreCalls = [
        Call("POST", "vector_stores", .vectorStores) { service, asked throws(Refused) in
            try service.createVectorStore(asked)
        },
        Call("POST", "vector_stores/*", .vectorStores) { service, asked throws(Refused) in
            try service.changeVectorStore(asked)
        },
        Call("POST", "vector_stores/*/search", .vectorStores) { service, asked throws(Refused) in
            try service.search(asked)
        },
    ]

    private static let expiry = Shape.object([
        .needed("anchor", .word(["last_active_at"])), .needed("days", .integer(1...365)),
    ])

    private mutating func createVectorStore(_ asked: Asked) throws(Refused) -> ServedResponse {
        let sent = try asked.take([
            .free("name", .text(), usual: ""), .free("description", .text()), .free("expires_after", Self.expiry),
            .free("metadata", .metadata, usual: [:]), .free("file_ids", .list(.id, most: 500), usual: []),
            .free("chunking_strategy", .chunking),
        ])
        let files = sent["file_ids"]?.elements.compactMap(\.text) ?? []
        for file in files { _ = try object(.files, file) }
        let id = try makeVectorStore(sent)
        for file in files { _ = try attach(file, to: id, sent) }
        return .json(try object(.vectorStores, id))
    }

    /// Makes an empty store, and gives its id.
    ///
    /// - Parameter sent: what is known of its name, its metadata and its end.
    mutating func makeVectorStore(_ sent: JSON) throws(Refused) -> String {
        let id = mint.id("vs_")
        let now = mint.tick()
        var store: JSON = [
            "id": .string(id), "object": "vector_store", "created_at": .integer(now), "name": sent["name"] ?? "",
            "usage_bytes": 0,
            "file_counts": ["in_progress": 0, "completed": 0, "failed": 0, "cancelled": 0, "total": 0],
            "status": "completed", "last_active_at": .integer(now), "metadata": sent["metadata"] ?? [:],
        ]
        if let description = sent["description"] { store["description"] = description }
        Self.expire(&store, sent["expires_after"])
        try keep(store, on: .vectorStores)
        return id
    }

    /// Lets a store expire so many days after its last activity; nil lets it be as it is.
    private static func expire(_ store: inout JSON, _ after: JSON?) {
        if let after { store["expires_after"] = after }
        guard let days = store["expires_after"]?["days"]?.number, let active = store["last_active_at"]?.number else {
            return
        }
        let (seconds, isTooFar) = active.addingReportingOverflow(days &* 86_400)
        if !isTooFar { store["expires_at"] = .integer(seconds) }
    }

    private mutating func changeVectorStore(_ asked: Asked) throws(Refused) -> ServedResponse {
        var store = try object(.vectorStores, asked.id)
        let sent = try asked.take([
            .free("name", .text()), .free("expires_after", .optional(Self.expiry)), .free("metadata", .metadata),
        ])
        for name in ["name", "metadata"] {
            if let value = sent[name] { store[name] = value }
        }
        if sent["expires_after"] == .null {
            (store["expires_after"], store["expires_at"]) = (nil, nil)
        } else {
            Self.expire(&store, sent["expires_after"])
        }
        return try add(store, to: .vectorStores)
    }

    /// Counts files in or out, which is an activity of the store.
    mutating func count(_ files: Int64, bytes: Int64, in id: String) throws(Refused) {
        var store = try object(.vectorStores, id)
        for name in ["completed", "total"] {
            let before = store["file_counts"]?[name]?.number ?? 0
            store["file_counts"]?[name] = .integer(max(0, before.addingReportingOverflow(files).partialValue))
        }
        let before = store["usage_bytes"]?.number ?? 0
        store["usage_bytes"] = .integer(max(0, before.addingReportingOverflow(bytes).partialValue))
        store["last_active_at"] = .integer(mint.now)
        Self.expire(&store, nil)
        try keep(store, on: .vectorStores)
    }

    /// Finds the files that say just what is asked, then the others, all alike: the twin understands nothing of it.
    ///
    /// A search is an activity of the store. The provider's documents do not say whether it is; who works with either
    /// works with this.
    private mutating func search(_ asked: Asked) throws(Refused) -> ServedResponse {
        let store = asked.id
        _ = try object(.vectorStores, store)
        let sent = try asked.take([
            .needed("query", .either([.text(), .list(.text(), most: 100)])),
            .free("max_num_results", .integer(1...50), usual: 10), .free("rewrite_query", .bool),
        ])
        let query = sent["query"] ?? ""
        let queries = query.text.map { [$0] } ?? query.elements.compactMap(\.text)
        let all = stock.list(.vectorStoreFiles, below: store, evenRemoved: asked.quirks.findsDetached) ?? []
        let isHit = all.map { file in queries.contains { says($0, in: file.id) } }
        let found = all.indices.filter { isHit[$0] } + all.indices.filter { !isHit[$0] }
        let results = found.prefix(Int(sent["max_num_results"]?.number ?? 10)).map { index -> JSON in
            let file = all[index]
            let name = stock.object(.files, file.id, below: "").flatMap { JSON.read($0.json)?["filename"] }
            return [
                "file_id": .string(file.id), "filename": name ?? "", "score": isHit[index] ? 0.9 : 0.5,
                "attributes": JSON.read(file.json)?["attributes"] ?? [:], "content": pieces(of: file.id),
            ]
        }
        _ = mint.tick()
        try count(0, bytes: 0, in: store)
        return .json([
            "object": "vector_store.search_results.page",
            "search_query": query.text == nil ? query : [query], "data": .array(results), "has_more": false,
            "next_page": .null,
        ])
    }

    /// Whether a file says these words, one after the other.
    private func says(_ words: String, in file: String) -> Bool {
        func spaced(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
        return !words.isEmpty && spaced(text(of: file)).contains(spaced(words))
    }

    /// The text of a file, as the service has cut it.
    func pieces(of file: String) -> JSON { [["type": "text", "text": .string(text(of: file))]] }

    /// The text of a file; of one whose bytes an estate does not hold, some words that no other has.
    private func text(of file: String) -> String {
        guard let content = contents[file] else { return "This stands for what \(file) says." }
        return String(decoding: content.prefix(4096), as: UTF8.self)
    }
}
