internal import HTTPServer

/// Uploads: a file that comes in parts.
///
/// - Source: OpenAI's OpenAPI document, `/uploads`; an upload expires after an hour.
extension Service {
    static let uploadCalls = [
        Call("POST", "uploads", .uploads) { service, asked throws(Refused) in try service.createUpload(asked) },
        Call("POST", "uploads/*/parts", .uploads) { service, asked throws(Refused) in try service.addPart(asked) },
        Call("POST", "uploads/*/complete", .uploads) { service, asked throws(Refused) in
            try service.completeUpload(asked)
        },
        Call("POST", "uploads/*/cancel", .uploads) { service, asked throws(Refused) in
            var upload = try service.pendingUpload(asked.id)
            upload["status"] = "cancelled"
            return try service.add(upload, to: .uploads)
        },
    ]

    private mutating func createUpload(_ asked: Asked) throws(Refused) -> ServedResponse {
        let sent = try asked.take([
            .needed("filename", .text(most: 512)), .needed("purpose", .word(Self.purposes)),
            .needed("bytes", .integer(0...8_589_934_592)), .needed("mime_type", .text(most: 256)),
        ])
        let now = mint.tick()
        return try add(
            [
                "id": .string(mint.id("upload_")), "object": "upload", "bytes": sent["bytes"] ?? 0,
                "created_at": .integer(now), "filename": sent["filename"] ?? "", "purpose": sent["purpose"] ?? "",
                "status": "pending", "expires_at": .integer(now + 3600),
            ], to: .uploads)
    }

    private func pendingUpload(_ id: String) throws(Refused) -> JSON {
        let upload = try object(.uploads, id)
        guard upload["status"] == "pending" else {
            throw Refused(Refusals.unfitting("The upload \(id) is \(upload["status"]?.text ?? "") already."))
        }
        return upload
    }

    private mutating func addPart(_ asked: Asked) throws(Refused) -> ServedResponse {
        _ = try pendingUpload(asked.id)
        guard let data = asked.form?.file("data") else { throw Refused(Refusals.lacking("data")) }
        let id = mint.id("part_")
        try keep(data.content, of: id)
        return try add(
            [
                "id": .string(id), "object": "upload.part", "created_at": .integer(mint.tick()),
                "upload_id": .string(asked.id),
            ], to: .uploadParts, below: asked.id)
    }

    private mutating func completeUpload(_ asked: Asked) throws(Refused) -> ServedResponse {
        var upload = try pendingUpload(asked.id)
        let sent = try asked.take([.needed("part_ids", .ids)])
        var content: [UInt8] = []
        for part in sent["part_ids"]?.elements.compactMap(\.text) ?? [] {
            _ = try object(.uploadParts, part, below: asked.id)
            content += contents[part] ?? []
            guard content.count <= Self.mostBytes else { throw Refused(Refusals.full(Self.mostBytes)) }
        }
        guard upload["bytes"] == .integer(Int64(content.count)) else {
            throw Refused(
                Refusals.unfitting(
                    "Expected \(upload["bytes"]?.number ?? 0) bytes from the upload's parts, got \(content.count)."))
        }
        for part in stock.list(.uploadParts, below: asked.id) ?? [] { contents[part.id] = nil }
        upload["file"] = try makeFile(
            content, named: upload["filename"]?.text ?? "", for: upload["purpose"]?.text ?? "")
        upload["status"] = "completed"
        return try add(upload, to: .uploads)
    }
}
