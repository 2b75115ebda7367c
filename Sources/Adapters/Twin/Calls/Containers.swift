internal import HTTPServer

/// Containers and the files in them, which are copies.
///
/// - Source: OpenAI's OpenAPI document, `/containers`; the limit of twenty minutes: recorded answers.
extension Service {
    static let containerCalls = [
        Call("POST", "containers", .containers) { service, asked throws(Refused) in
            try service.createContainer(asked)
        },
        Call("POST", "containers/*/files", .containerFiles) { service, asked throws(Refused) in
            try service.createContainerFile(asked)
        },
        Call("GET", "containers/*/files/*/content", .containerFiles) { service, asked throws(Refused) in
            _ = try service.object(.containers, asked.outerId)
            let file = try service.object(.containerFiles, asked.id, below: asked.outerId)
            return .content(service.contents[asked.id] ?? Self.filler(file["bytes"]?.number))
        },
    ]

    private mutating func createContainer(_ asked: Asked) throws(Refused) -> ServedResponse {
        let sent = try asked.take([
            .needed("name", .text(most: 512)), .free("file_ids", .list(.id, most: 50), usual: []),
            .free(
                "expires_after",
                .object([.needed("anchor", .word(["last_active_at"])), .needed("minutes", .integer(1...20))]),
                usual: ["anchor": "last_active_at", "minutes": 20]),
            .free("memory_limit", .word(["1g", "4g", "16g", "64g"]), usual: "1g"),
        ])
        let files = sent["file_ids"]?.elements.compactMap(\.text) ?? []
        for file in files { _ = try object(.files, file) }
        let id = mint.id("cntr_")
        let now = mint.tick()
        let container: JSON = [
            "id": .string(id), "object": "container", "created_at": .integer(now), "status": "running",
            "expires_after": sent["expires_after"] ?? .null, "last_active_at": .integer(now),
            "memory_limit": sent["memory_limit"] ?? .null, "name": sent["name"] ?? "",
        ]
        try keep(container, on: .containers)
        for file in files { _ = try copy(file, into: id) }
        return .json(container)
    }

    private mutating func createContainerFile(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try object(.containers, asked.id)
        if let id = try asked.take([.free("file_id", .id)])["file_id"]?.text ?? asked.form?.text("file_id") {
            return .json(try copy(id, into: asked.id))
        }
        guard let file = asked.form?.file("file") else { throw Refused(Refusals.lacking("file")) }
        return .json(try makeContainerFile(file.content, named: file.filename ?? "", in: asked.id))
    }

    private mutating func copy(_ file: String, into container: String) throws(Refused) -> JSON {
        let original = try object(.files, file)
        let content = contents[file] ?? Self.filler(original["bytes"]?.number)
        return try makeContainerFile(content, named: original["filename"]?.text ?? "", in: container)
    }

    private mutating func makeContainerFile(
        _ content: [UInt8], named name: String, in container: String
    ) throws(Refused) -> JSON {
        let id = mint.id("cfile_")
        let now = mint.tick()
        let file: JSON = [
            "id": .string(id), "object": "container.file", "created_at": .integer(now),
            "bytes": .integer(Int64(content.count)), "container_id": .string(container),
            "path": .string("/mnt/data/\(name)"), "source": "user",
        ]
        try keep(content, of: id)
        try keep(file, on: .containerFiles, below: container)
        var holder = try object(.containers, container)
        holder["last_active_at"] = .integer(now)
        try keep(holder, on: .containers)
        return file
    }
}
