internal import Records

/// Writes a planned block in the provider's wire shape.
///
/// - Source: OpenAI's OpenAPI document of 2026-08-21; field order as the service answers.
struct BlockWriter {
    let block: Block
    let export: Export
    let corpus: Corpus

    func write() {
        writeAssistant()
        for place in block.threads.indices { writeThread(place) }
        for place in block.conversations.indices { writeConversation(place) }
        for place in block.responses.indices { writeResponse(place) }
        for place in block.vectorStores.indices { writeVectorStore(place) }
        for place in block.files.indices { writeFile(place) }
        writeShelves()
    }

    /// `{"tenant":"t001","product":"support"` without its end.
    @inline(__always)
    func putMetadata(of dialogue: Dialogue, to file: ExportFile) {
        file.put(#"{"tenant":"t"#)
        file.put(threeDigits: dialogue.tenant)
        switch dialogue.product {
        case .support: file.put(#"","product":"support""#)
        case .sales: file.put(#"","product":"sales""#)
        case .other: file.put(#"","product":"internal""#)
        }
    }

    /// The metadata of a thread or conversation, whole.
    func putWholeMetadata(of dialogue: Dialogue, to file: ExportFile) {
        putMetadata(of: dialogue, to: file)
        if dialogue.flaw != .ownerless {
            file.put(#","owner":"team-"#)
            file.put(Int64(dialogue.owner))
            file.put("\"")
        }
        if dialogue.flaw == .address {
            file.put(#","email":"user"#)
            file.put(Int64(dialogue.subject))
            file.put(#"@example.org""#)
        }
        file.put(#","subject":"user:"#)
        file.put(Int64(dialogue.subject))
        file.put("\"")
        if dialogue.subject % 8 == 0 { file.put(#","tags":"priority,escalated""#) }
        if dialogue.isRegulated { file.put(#","regulated":"true""#) }
        if dialogue.isPilot { file.put(#","project":"pilot""#) }
        file.put("}")
    }

    func putNumberOrNull(_ name: StaticString, _ number: Int64?, to file: ExportFile) {
        file.put(name)
        if let number { file.put(number) } else { file.put("null") }
    }

    private func writeAssistant() {
        guard !block.assistants.isEmpty else { return }
        let file = export[.assistant]
        let assistant = block.assistant
        var dice = block.dice(.call, block.assistants.lowerBound)
        file.put(#"{"id":"asst_"#, assistant.id)
        file.put(#"","object":"assistant","created_at":"#)
        file.put(assistant.created)
        file.put(#","name":"Assistant "#)
        file.put(Int64(block.assistants.lowerBound + 1))
        file.put(#"","description":null,"model":"gpt-4o","instructions":""#)
        file.put(corpus, corpus.slice(&dice, length: 300))
        file.put(#"","tools":[{"type":"file_search"},{"type":"code_interpreter"}],"tool_resources":{"#)
        putToolResources(files: assistant.toolFiles, store: assistant.vectorStore, to: file)
        file.put(
            #"},"metadata":{"owner":"platform"},"top_p":1.0,"temperature":1.0,"response_format":"auto"}"#)
        file.endLine()
    }

    /// What stands between the braces of `tool_resources`.
    func putToolResources(files: [Int], store: Int?, to file: ExportFile) {
        if !files.isEmpty {
            file.put(#""code_interpreter":{"file_ids":["#)
            for (place, used) in files.enumerated() {
                if place > 0 { file.put(",") }
                file.put(#""file-"#, block.files[used].id)
                file.put("\"")
            }
            file.put("]}")
        }
        guard let store else { return }
        if !files.isEmpty { file.put(",") }
        file.put(#""file_search":{"vector_store_ids":["vs_"#, block.vectorStores[store].id)
        file.put(#""]}"#)
    }
}
