internal import Records

extension BlockWriter {
    func writeVectorStore(_ place: Int) {
        let store = block.vectorStores[place]
        let file = export[.vectorStore]
        let count = Int64(store.files.count)
        file.put(#"{"id":"vs_"#, store.id)
        file.put(#"","object":"vector_store","created_at":"#)
        file.put(store.created)
        file.put(#","name":"Knowledge","usage_bytes":"#)
        file.put(store.files.reduce(0) { $0 + Int64(block.files[$1].size) })
        file.put(#","file_counts":{"in_progress":0,"completed":"#)
        file.put(count)
        file.put(#","failed":0,"cancelled":0,"total":"#)
        file.put(count)
        file.put(#"},"status":"completed""#)
        if store.expires {
            file.put(#","expires_after":{"anchor":"last_active_at","days":"#)
            file.put(VectorStorePlan.expiryDays)
            file.put(#"},"expires_at":"#)
            file.put(store.expiresAt)
        }
        file.put(#","last_active_at":"#)
        file.put(store.lastActive)
        file.put(#","metadata":{"tenant":"t"#)
        file.put(threeDigits: store.tenant)
        file.put(#""}}"#)
        file.endLine()
    }

    /// Which vector store holds which file.
    func writeShelves() {
        let file = export[.vectorStoreFile]
        for (store, shelved, created) in block.shelved {
            let shelf = block.vectorStores[store]
            let content = block.files[shelved]
            file.put(#"{"id":"file-"#, content.id)
            file.put(#"","object":"vector_store.file","usage_bytes":"#)
            file.put(Int64(content.size))
            file.put(#","created_at":"#)
            file.put(created)
            file.put(#","vector_store_id":"vs_"#, shelf.id)
            file.put(
                #"""
                ","status":"completed","last_error":null,"chunking_strategy":{"type":"static",\#
                "static":{"max_chunk_size_tokens":800,"chunk_overlap_tokens":400}},"attributes":{"tenant":"t
                """#
            )
            file.put(threeDigits: shelf.tenant)
            file.put(#""}}"#)
            file.endLine()
        }
    }

    func writeFile(_ place: Int) {
        let planned = block.files[place]
        let file = export[.file]
        file.put(#"{"id":"file-"#, planned.id)
        file.put(#"","object":"file","bytes":"#)
        file.put(Int64(planned.size))
        file.put(#","created_at":"#)
        file.put(planned.created)
        if planned.expires {
            file.put(#","expires_at":"#)
            file.put(planned.expiresAt)
        }
        file.put(#","filename":"upload-"#)
        file.put(Int64(planned.created % 100_000))
        file.put(
            planned.flaw == .failedFile
                ? #".pdf","purpose":"assistants","status":"error"}"#
                : #".pdf","purpose":"assistants","status":"processed"}"#)
        file.endLine()
    }
}
