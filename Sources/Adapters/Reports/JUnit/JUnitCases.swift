internal import XML

/// Adds cases to a suite, a batch at a time.
struct JUnitCases {
    private static let batch = 1 << 15

    private var fragment = XMLFragment()

    /// How the cases of one class begin.
    static func beginning(classname: String) -> XMLFragment {
        var fragment = XMLFragment()
        fragment.breakLine()
        fragment.start("testcase")
        fragment.attribute("classname", classname)
        return fragment
    }

    /// Adds one case. `message` is one line; `detail`, if any, follows it in the text.
    mutating func add(
        beginning: XMLFragment, name: XMLEscaped, outcome: Outcome, type: XMLEscaped = .init(),
        message: XMLEscaped = .init(), detail: XMLEscaped = .init()
    ) {
        fragment.add(beginning)
        fragment.attribute("name", name)
        fragment.attribute("time", "0")
        switch outcome {
        case .passed: break
        case .failed: addChild("failure", type: type, message: message, detail: detail)
        case .errored: addChild("error", type: type, message: message, detail: detail)
        case .skipped:
            fragment.start("skipped")
            fragment.attribute("message", message)
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
        try composing { () throws(XMLError) in try writer.add(fragment) }
        fragment.removeAll()
        if writer.pending >= ScanReport.drainAt { try writer.drain(sink) }
    }

    /// Viewers show the attribute or the text, seldom both: so the text begins with the message.
    private mutating func addChild(
        _ element: StaticString, type: XMLEscaped, message: XMLEscaped, detail: XMLEscaped
    ) {
        fragment.start(element)
        fragment.attribute("type", type)
        fragment.attribute("message", message)
        fragment.text(message)
        fragment.text(detail)
        fragment.end()
    }
}
