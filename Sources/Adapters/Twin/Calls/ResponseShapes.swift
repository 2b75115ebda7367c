/// What a client can ask of a response, as far as the response repeats it.
///
/// - Source: OpenAI's OpenAPI document, `CreateResponse`.
extension Shape {
    static let responseParts: [Part] = [
        .needed("model", .text(most: 256)), .free("instructions", .text()), .free("metadata", .metadata),
        .free("temperature", .number(0...2)), .free("top_p", .number(0...1)), .free("background", .bool),
        .free("store", .bool), .free("parallel_tool_calls", .bool),
        .free("max_output_tokens", .integer(16...1_000_000_000)), .free("max_tool_calls", .integer(1...1_000_000)),
        .free("previous_response_id", .id), .free("truncation", .word(["auto", "disabled"])),
        .free("user", .text(most: 512)), .free("tools", .list(responseTool, most: 128)),
        .free(
            "tool_choice",
            .either([
                .word(["none", "auto", "required"]),
                .kinds([
                    "function": [.needed("name", .text(most: 128))], "file_search": [], "web_search_preview": [],
                    "code_interpreter": [],
                ]),
            ])),
        .free("text", .object([.free("format", responseFormat, usual: ["type": "text"])])),
        .free(
            "reasoning",
            .object([
                .free("effort", .word(["none", "minimal", "low", "medium", "high"]), usual: .null),
                .free("summary", .word(["auto", "concise", "detailed"]), usual: .null),
            ])),
    ]

    private static let responseTool = Shape.kinds([
        "function": [
            .needed("name", .text(most: 128)), .free("description", .text()),
            .free("parameters", .anyObject, usual: .null), .free("strict", .bool, usual: true),
        ],
        "file_search": [
            .needed("vector_store_ids", .list(.id, most: 100)), .free("max_num_results", .integer(1...50)),
        ],
        "code_interpreter": [
            .needed("container", .either([.id, .kinds(["auto": [.free("file_ids", .list(.id, most: 50))]])]))
        ],
        "web_search": [], "web_search_preview": [],
    ])

    private static let responseFormat = Shape.kinds([
        "text": [], "json_object": [],
        "json_schema": [
            .needed("name", .text(most: 64)), .needed("schema", .anyObject), .free("description", .text()),
            .free("strict", .bool, usual: false),
        ],
    ])
}
