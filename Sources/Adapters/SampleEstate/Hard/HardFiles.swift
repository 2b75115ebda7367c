internal import Files
internal import Records

/// Case 79: what happens to files on their way.
extension HardCases {
    /// A second file of messages, with a byte order mark and the line ends of another system.
    func writeShard() throws(FileError) {
        let id = "thread_case79Shard"
        let place = add(.thread, thread(id, created: "\(days(300))", product: .sales))
        tell(79, "its messages are in a second file", .thread, id, at: place, [(.sales, .allowed)])
        let shard = try export.shard(named: HardCases.shardName)
        shard.put("\u{FEFF}")
        for order in 0..<3 {
            let name = "msg_case79Shard\(order)"
            shard.put(message(name, in: id, created: "\(days(20) + Int64(order))"))
            shard.put("\r")
            shard.endLine()
            count(.message)
            tell(79, "byte order mark, CRLF, second file", .message, name, at: (shard.name, shard.lines))
        }
    }

    func writeDuplicates() {
        let twin = "thread_case79Twin"
        for _ in 0..<2 {
            let line = thread(twin, created: "\(days(20))", product: .sales)
            tell(79, "twice the same", .thread, twin, at: add(.thread, line), [(.sales, .allowed)])
        }
        let clash = "thread_case79Clash"
        for created in [days(20), days(400)] {
            let line = thread(clash, created: "\(created)", product: .sales)
            // Whether it has a time of creation cannot be said, and `undated-records` asks just that.
            let pairs: Pairs = [(.sales, .undetermined), (.undated, .error)]
            tell(79, "twice, and they differ", .thread, clash, at: add(.thread, line), pairs)
        }
        let drifted = "thread_case79Drift"
        let line = thread(
            drifted, created: "\(days(20))", product: .sales,
            extra: #""colour":{"hue":[1,2.5e3,{"deep":[[],{}]}],"note":"\u0000\ud83d\ude00"},"title":null,"#)
        tell(79, "unknown fields", .thread, drifted, at: add(.thread, line), [(.sales, .allowed)])
        let bare = "thread_case79Bare"
        let nameless = thread(bare, created: "\(days(20))", product: .sales)
            .split(separator: #""object":"thread","#, maxSplits: 1).joined()
        tell(79, "no object field", .thread, bare, at: add(.thread, nameless), [(.sales, .allowed)])
    }

    /// Lines that hold no record, or not for certain; the last one is torn off.
    func writeDirtyLines() {
        let file = export[.chatCompletion]
        let kept = add(.chatCompletion, completion(#""chatcmpl-case79Fine""#, created: "\(days(2))"))
        tell(
            79, "a good line between bad ones", .chatCompletion, "chatcmpl-case79Fine", at: kept,
            [(.responses, .allowed)])
        let twice = completion(#""chatcmpl-case79Twice","created":\#(days(99))"#, created: "\(days(2))")
        tell(
            79, "duplicate key", .chatCompletion, "chatcmpl-case79Twice", at: add(.chatCompletion, twice),
            [(.responses, .undetermined)])
        let nested = String(repeating: "[", count: 3000) + String(repeating: "]", count: 3000)
        let lines: [(what: String, line: String)] = [
            ("unknown object", #"{"id":"vsess_case79","object":"voice.session","created_at":\#(days(2))}"#),
            ("malformed line", #"{"id":"chatcmpl-case79Broken","object":chat.completion}"#),
            ("not an object", #""chatcmpl-case79Text""#),
            ("no id", completion("null", created: "\(days(2))")),
            ("id is a number", completion("79", created: "\(days(2))")),
            ("nested too deep", #"{"id":"chatcmpl-case79Deep","object":"chat.completion","deep":\#(nested)}"#),
            ("raw control character", "{\"id\":\"chatcmpl-case79\u{1}\",\"object\":\"chat.completion\"}"),
            ("two objects on one line", "{} {}"),
        ]
        for (what, line) in lines {
            tell(79, what, .chatCompletion, nil, at: add(.chatCompletion, line, counts: false))
        }
        file.put(#"{"id":"chatcmpl-case79Torn","object":"chat.comple"#)
        tell(79, "torn line", .chatCompletion, nil, at: (file.name, file.lines + 1))
    }
}
