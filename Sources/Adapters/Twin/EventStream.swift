internal import HTTPServer

/// An answer that a client reads event by event.
///
/// - Source: HTML standard, server-sent events.
struct EventStream {
    private var bytes: [UInt8] = []

    /// Adds an event.
    mutating func add(_ name: String? = nil, _ data: JSON) {
        add(name, text: String(decoding: data.bytes, as: UTF8.self))
    }

    /// Adds an event whose data are no object; they hold no line break.
    mutating func add(_ name: String? = nil, text: String) {
        if let name { bytes += "event: \(name)\n".utf8 }
        bytes += "data: \(text)\n\n".utf8
    }

    var response: ServedResponse {
        ServedResponse(status: 200, headers: [("Content-Type", "text/event-stream; charset=utf-8")], body: bytes)
    }
}
