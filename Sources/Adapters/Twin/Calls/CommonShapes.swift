/// Shapes that several kinds of objects share.
///
/// - Source: OpenAI's OpenAPI document: 16 pairs of metadata, keys of 64 and values of 512 characters.
extension Shape {
    static let id = Shape.text(most: 512)
    static let metadata = Shape.map(.text(most: 512), most: 16)
    static let ids = Shape.list(.id, most: 10_000)

    /// Like metadata, with numbers and truth values.
    static let attributes = Shape.map(
        .either([.bool, .number(-1e15...1e15), .text(most: 512)]), most: 16)

    /// How files are cut into pieces for search; what is sent otherwise is the provider's own choice.
    static let chunking = Shape.kinds([
        "auto": [],
        "static": [
            .needed(
                "static",
                .object([
                    .needed("max_chunk_size_tokens", .integer(100...4096)),
                    .needed("chunk_overlap_tokens", .integer(0...4096)),
                ]))
        ],
    ])

    /// What an assistant and a thread give their tools.
    static let toolResources = Shape.object([
        .free("code_interpreter", .object([.free("file_ids", .list(.id, most: 20), usual: [])])),
        .free(
            "file_search",
            .object([
                .free("vector_store_ids", .list(.id, most: 1)),
                .free(
                    "vector_stores",
                    .list(
                        .object([
                            .free("file_ids", .ids, usual: []), .free("metadata", .metadata, usual: [:]),
                        ]), most: 1)),
            ])),
    ])
}
