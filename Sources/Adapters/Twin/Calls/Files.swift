internal import HTTPServer

/// Files: uploaded as a form, and read back as they are.
///
/// - Source: OpenAI's OpenAPI document, `/files`.
extension Service {
    static let fileCalls = [
        Call("POST", "files", .files) { service, asked throws(Refused) in try service.uploadFile(asked) },
        Call("GET", "files/*/content", .files) { service, asked throws(Refused) in try service.content(asked) },
    ]

    /// What a client can call the purpose of a file.
    static let purposes = ["assistants", "batch", "fine-tune", "vision", "user_data"]

    private mutating func uploadFile(_ asked: Asked) throws(Refused) -> ServedResponse {
        guard let form = asked.form, let file = form.file("file") else { throw Refused(Refusals.lacking("file")) }
        guard let purpose = form.text("purpose") else { throw Refused(Refusals.lacking("purpose")) }
        _ = try Shape.word(Self.purposes).take(.string(purpose), at: "purpose")
        var life: Int64?
        if let text = form.text("expires_after[seconds]") {
            guard let seconds = Int64(text) else { throw Refused(Refusals.wrongInteger("expires_after[seconds]")) }
            _ = try Shape.integer(3600...2_592_000).take(.integer(seconds), at: "expires_after[seconds]")
            life = seconds
        } else if purpose == "batch" {
            // Thirty days, as the document says of this purpose alone.
            life = 2_592_000
        }
        return .json(try makeFile(file.content, named: file.filename ?? "", for: purpose, life: life))
    }

    /// Makes a file.
    ///
    /// - Parameter life: after how many seconds it expires; nil for never.
    mutating func makeFile(
        _ content: [UInt8], named name: String, for purpose: String, life: Int64? = nil
    ) throws(Refused) -> JSON {
        let id = mint.id("file-")
        let now = mint.tick()
        var file: JSON = [
            "id": .string(id), "object": "file", "bytes": .integer(Int64(content.count)), "created_at": .integer(now),
            "filename": .string(name), "purpose": .string(purpose), "status": "processed",
        ]
        if let life { file["expires_at"] = .integer(now + life) }
        try keep(content, of: id)
        try keep(file, on: .files)
        return file
    }

    private func content(_ asked: Asked) throws(Refused) -> ServedResponse {
        let file = try object(.files, asked.id)
        if file["purpose"]?.text == "assistants" { throw Refused(Refusals.undownloadable("assistants")) }
        return .content(contents[asked.id] ?? Self.filler(file["bytes"]?.number))
    }

    /// In the place of content that an estate does not hold: as long, up to a mebibyte.
    static func filler(_ bytes: Int64?) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "."), count: Int(min(max(bytes ?? 0, 0), 1 << 20)))
    }
}
