/// Lines in wire shape, a piece of them as dirty as wanted.
extension HardCases {
    func thread(
        _ id: String, created: String?, product: Product, metadata: String = "", extra: String = ""
    ) -> String {
        let time = created.map { #""created_at":\#($0),"# } ?? ""
        let line =
            switch product {
            case .support: "support"
            case .sales: "sales"
            case .other: "internal"
            }
        return #"{"id":"\#(id)","object":"thread",\#(time)\#(extra)"metadata":{"tenant":"t000","product":"\#(line)""#
            + metadata + #"},"tool_resources":{}}"#
    }

    func message(
        _ id: String, in thread: String, role: String = "user", created: String, files: [String] = [],
        text: String = "A question", extra: String = ""
    ) -> String {
        let attachments = files.map { #"{"file_id":"\#($0)","tools":[{"type":"file_search"}]}"# }
        return #"{"id":"\#(id)","object":"thread.message","created_at":\#(created),\#(extra)"assistant_id":null,"#
            + #""thread_id":"\#(thread)","run_id":null,"status":"completed","incomplete_details":null,"#
            + #""completed_at":null,"incomplete_at":null,"role":"\#(role)","#
            + #""content":[{"type":"text","text":{"value":"\#(text)","annotations":[]}}],"#
            + #""attachments":[\#(attachments.joined(separator: ","))],"metadata":{}}"#
    }

    func file(_ id: String, created: Int64, bytes: Int = 1024, name: String = "notes.pdf") -> String {
        #"{"id":"\#(id)","object":"file","bytes":\#(bytes),"created_at":\#(created),"filename":"\#(name)","#
            + #""purpose":"assistants","status":"processed"}"#
    }

    func completion(_ id: String, created: String) -> String {
        #"{"object":"chat.completion","id":\#(id),"model":"gpt-5.4","created":\#(created),"metadata":{},"#
            + #""choices":[{"index":0,"message":{"content":"Yes.","role":"assistant"},"finish_reason":"stop"}]}"#
    }
}
