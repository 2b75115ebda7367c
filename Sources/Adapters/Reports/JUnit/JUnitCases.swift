internal import XML

/// Adds cases to a suite, a batch at a time.
struct JUnitCases {
    /// A reader of JUnit files stumbles over very long texts.
    static let longestText = 8 << 10
    private static let batch = 1 << 15

    private var fragment = XMLFragment()

    /// Adds one case. The names and the message are UTF-8. `message` is one line; `detail`, if any, follows it in the text.
    mutating func add(
        classname: [UInt8], name: [UInt8], outcome: Outcome, type: String, message: [UInt8],
        detail: String = ""
    ) {
        fragment.breakLine()
        fragment.start("testcase")
        fragment.attribute("classname", classname.span)
        fragment.attribute("name", name.span)
        fragment.attribute("time", "0")
        switch outcome {
        case .passed: break
        case .failed: addChild("failure", type: type, message: message, detail: detail)
        case .errored: addChild("error", type: type, message: message, detail: detail)
        case .skipped:
            fragment.start("skipped")
            fragment.attribute("message", message.span)
            fragment.end()
        }
        fragment.end()
    }

    /// Hands the cases to the writer once there are enough of them.
    mutating func passOn(to writer: inout XMLWriter, _ sink: ReportSink) throws(ReportError) {
        guard fragment.count >= Self.batch else { return }
        try flush(to: &writer, sink)
    }

    /// Hands all cases to the writer.
    mutating func flush(to writer: inout XMLWriter, _ sink: ReportSink) throws(ReportError) {
        fragment.breakLine()
        try composing { () throws(XMLError) in try writer.add(fragment) }
        fragment.removeAll()
        if writer.pending >= ScanReport.drainAt { try writer.drain(sink) }
    }

    /// Viewers show the attribute or the text, seldom both: so the text begins with the message.
    private mutating func addChild(
        _ element: StaticString, type: String, message: [UInt8], detail: String
    ) {
        fragment.start(element)
        fragment.attribute("type", type)
        fragment.attribute("message", message.span)
        fragment.text(message.span)
        if !detail.isEmpty { fragment.text(detail) }
        fragment.end()
    }
}
