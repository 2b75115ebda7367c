internal import CLibXML

/// Writes one XML 1.0 document in UTF-8, as a stream.
///
/// What is written gathers in a buffer; whoever owns the writer drains it from time to time (`drain`), so that a
/// document of any length needs no memory of its own. Characters that XML 1.0 forbids are written as U+FFFD.
/// Elements that do not nest are a mistake of the caller and stop the program.
///
/// libxml2's `xmlTextWriter` and its output buffer live as long as this value, and are used by one thread at a time.
@safe public struct XMLWriter: ~Copyable {
    private let writer: xmlTextWriterPtr
    private let output: Output
    private var open = 0
    private var acceptsAttributes = false

    /// Begins a document, with the XML declaration.
    public init() throws(XMLError) {
        let output = Output()
        let context = unsafe Unmanaged.passUnretained(output).toOpaque()
        guard
            let buffer = unsafe xmlOutputBufferCreateIO(
                { context, bytes, count in
                    guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
                    let output = unsafe Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
                    unsafe output.append(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
                    return count
                }, { _ in 0 }, context, nil)
        else { throw XMLError(message: "no memory for an XML buffer") }
        guard let writer = unsafe xmlNewTextWriter(buffer) else {
            unsafe xmlOutputBufferClose(buffer)
            throw XMLError(message: "no memory for an XML writer")
        }
        guard unsafe xmlTextWriterStartDocument(writer, nil, "UTF-8", nil) >= 0 else {
            unsafe xmlFreeTextWriter(writer)
            throw XMLError(message: "libxml2 could not begin the document")
        }
        unsafe self.writer = unsafe writer
        self.output = output
    }

    deinit {
        unsafe xmlFreeTextWriter(writer)
    }

    /// Opens an element inside the innermost open one.
    public mutating func start(_ name: StaticString) throws(XMLError) {
        try check(unsafe xmlTextWriterStartElement(writer, name.utf8Start), "open <\(name)>")
        open += 1
        acceptsAttributes = true
    }

    /// Gives the element that was just opened an attribute.
    public mutating func attribute(_ name: StaticString, _ value: String) throws(XMLError) {
        precondition(acceptsAttributes, "an attribute belongs right behind the opening of its element")
        let value = XMLCharacters.legal(value)
        try check(unsafe xmlTextWriterWriteAttribute(writer, name.utf8Start, value), "write \(name)=")
    }

    /// Adds text to the innermost open element.
    public mutating func text(_ text: String) throws(XMLError) {
        precondition(open > 0, "text belongs inside an element")
        acceptsAttributes = false
        try check(unsafe xmlTextWriterWriteString(writer, XMLCharacters.legal(text)), "write text")
    }

    /// Adds the elements of a fragment to the innermost open element.
    public mutating func add(_ fragment: XMLFragment) throws(XMLError) {
        precondition(open > 0, "a fragment belongs inside an element")
        precondition(fragment.isComplete, "a fragment closes all that it opens")
        acceptsAttributes = false
        guard let count = Int32(exactly: fragment.bytes.count) else {
            throw XMLError(message: "a fragment of more than 2 GB")
        }
        let result = unsafe fragment.bytes.withUnsafeBufferPointer { bytes in
            unsafe xmlTextWriterWriteRawLen(writer, bytes.baseAddress, count)
        }
        try check(result, "write elements")
    }

    /// Closes the innermost open element.
    public mutating func end() throws(XMLError) {
        precondition(open > 0, "no element is open")
        try check(unsafe xmlTextWriterEndElement(writer), "close an element")
        open -= 1
        acceptsAttributes = false
    }

    /// Ends the document: all that is left goes to the buffer. Nothing may be written after it.
    public mutating func finish() throws(XMLError) {
        precondition(open == 0, "an element was left open")
        try check(unsafe xmlTextWriterEndDocument(writer), "end the document")
        try check(unsafe xmlTextWriterFlush(writer), "flush the document")
    }

    /// How many bytes wait to be drained.
    public var pending: Int { output.bytes.count }

    /// Hands over what was written since the last call, and forgets it, even when `body` throws.
    public mutating func drain<Failure: Error>(_ body: ([UInt8]) throws(Failure) -> Void) throws(Failure) {
        defer { output.clear() }
        try body(output.bytes)
    }

    private func check(_ result: Int32, _ action: @autoclosure () -> String) throws(XMLError) {
        guard result < 0 else { return }
        throw XMLError(message: "libxml2 could not \(action())")
    }
}

/// What the document's bytes gather in. One writer's callback fills it, on the thread that uses the writer.
private final class Output {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(1 << 17) }

    func append(_ more: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: more) }

    func clear() { bytes.removeAll(keepingCapacity: true) }
}
