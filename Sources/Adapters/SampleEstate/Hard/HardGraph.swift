internal import Records

/// Cases 19, 37 to 39, 50 and 51: sharing, orphans, owners, sizes.
extension HardCases {
    func writeSharing() {
        let shared = "file-case19"
        let place = add(.file, file(shared, created: days(40)))
        let threads = ["thread_case19First", "thread_case19Second"]
        for (order, id) in threads.enumerated() {
            add(.thread, thread(id, created: "\(days(45))", product: .support))
            add(.message, message("msg_case19No\(order)", in: id, created: "\(days(20))", files: [shared]))
        }
        tell(
            19, "two threads share it", .file, shared, at: place,
            [(.filesAbandoned, .inUse), (.filesInUse, .allowed)], isShared: true)

        let abandoned: Pairs = [(.filesAbandoned, .overdue), (.filesInUse, .allowed)]
        let allowed: Pairs = [(.filesAbandoned, .allowed), (.filesInUse, .allowed)]
        addFile(37, "Old", created: days(60), "nothing uses it", abandoned)
        addFile(37, "New", created: days(3), "nothing uses it yet", allowed)
        addFile(39, "First", created: days(10), bytes: 4711, name: "same.pdf", "the same bytes twice", allowed)
        addFile(39, "Second", created: days(9), bytes: 4711, name: "same.pdf", "the same bytes twice", allowed)
        addFile(38, "Shelved", created: days(60), "only an absent vector store holds it", abandoned)
        addFile(38, "Attached", created: days(60), "only a message of an absent thread uses it", abandoned)
        writeDangling()
    }

    private func writeDangling() {
        let shelf = add(
            .vectorStoreFile,
            #"{"id":"file-case38Shelved","object":"vector_store.file","usage_bytes":1024,"created_at":\#(days(60)),"#
                + #""vector_store_id":"vs_case38Absent","status":"completed","last_error":null,"attributes":{}}"#)
        tell(38, "its store is absent", .vectorStoreFile, "vs_case38Absent/file-case38Shelved", at: shelf)
        let stray = add(
            .message,
            message(
                "msg_case38Stray", in: "thread_case38Absent", created: "\(days(50))",
                files: ["file-case38Attached"]))
        tell(38, "its thread is absent", .message, "msg_case38Stray", at: stray)
        let id = "thread_case38"
        let place = add(.thread, thread(id, created: "\(days(30))", product: .sales))
        tell(38, "its message names an absent file", .thread, id, at: place, [(.sales, .allowed)])
        let message = add(
            .message,
            message("msg_case38Dangling", in: id, created: "\(days(20))", files: ["file-case38Absent"]))
        tell(38, "its file is absent", .message, "msg_case38Dangling", at: message)
        let response = add(
            .response,
            #"{"id":"resp_case38","object":"response","created_at":\#(days(2)),"status":"completed","#
                + #""completed_at":\#(days(2) + 9),"conversation":{"id":"conv_case38Absent"},"error":null,"#
                + #""incomplete_details":null,"instructions":null,"model":"gpt-5.4","output":[],"#
                + #""parallel_tool_calls":true,"previous_response_id":"resp_case38Absent","temperature":1.0,"#
                + #""tool_choice":"auto","tools":[],"top_p":1.0,"metadata":{}}"#)
        tell(
            38, "its conversation and its predecessor are absent", .response, "resp_case38", at: response,
            [(.responses, .allowed)])
    }

    func writeOwners() {
        addThread(
            50, "", created: "\(days(20))", product: .sales, metadata: #","owner":null,"subject":null"#,
            "its owner is null", [(.sales, .allowed), (.ownerTag, .denied)])
        let id = "conv_case50"
        let place = add(
            .conversation,
            #"{"id":"\#(id)","object":"conversation","created_at":\#(days(20)),"#
                + #""metadata":{"product":"sales","owner":null}}"#)
        tell(50, "its owner is null", .conversation, id, at: place, [(.sales, .allowed), (.ownerTag, .denied)])
    }

    func writeSizes() {
        addThread(
            51, "Empty", created: "\(days(20))", product: .sales, "no messages", [(.sales, .allowed)])
        let id = "thread_case51Large"
        let place = add(.thread, thread(id, created: "\(days(40))", product: .sales))
        tell(51, "one message of 2.3 MB", .thread, id, at: place, [(.sales, .allowed)])
        let text = String(repeating: "A long line of text, ", count: 110_000)
        let message = add(
            .message, message("msg_case51Large", in: id, created: "\(days(20))", text: text))
        tell(51, "2.3 MB", .message, "msg_case51Large", at: message)
    }

    private func addFile(
        _ number: Int, _ name: String, created: Int64, bytes: Int = 1024, name title: String = "notes.pdf",
        _ what: String, _ pairs: Pairs
    ) {
        let id = "file-case\(number)\(name)"
        tell(number, what, .file, id, at: add(.file, file(id, created: created, bytes: bytes, name: title)), pairs)
    }
}
