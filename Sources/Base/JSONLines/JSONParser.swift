internal import CSimdJSON

/// simdjson's DOM parser: validates the whole of a document, skipped values too.
///
/// One owner, one thread. A document lives until the next is parsed. The on-demand interface would be a third faster,
/// and would accept anything at all in the values that nobody asks for.
@safe
struct JSONParser: ~Copyable {
    /// Documents beyond this size make the parser give its memory back: it holds up to 14 bytes for each of theirs.
    private static let keptCapacity = 1 << 22

    private var raw: OpaquePointer?

    /// How many bytes must be readable behind a document.
    static var padding: Int { csj_padding }

    init() { unsafe raw = csj_new() }

    deinit { unsafe csj_free(raw) }

    /// Parses one document and calls back with its root, or says what is wrong with it.
    ///
    /// `bytes` must be followed by `padding` readable bytes.
    @unsafe
    mutating func parse<Result>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ body: (JSONValue) throws -> Result, failed: (JSONDefect) throws -> Result
    ) rethrows -> Result {
        guard let parser = unsafe raw, let start = bytes.baseAddress else { return try failed(.memory) }
        defer { if bytes.count > Self.keptCapacity { shrink() } }
        let document = unsafe csj_parse(parser, start, bytes.count)
        guard let tape = unsafe document.tape, let strings = unsafe document.strings else {
            return try failed(JSONDefect(unsafe document.error))
        }
        return try body(unsafe JSONValue(tape: tape, strings: strings, index: 1))
    }

    private mutating func shrink() {
        unsafe csj_free(raw)
        unsafe raw = csj_new()
    }
}

extension JSONDefect {
    init(_ code: Int32) {
        self =
            switch Int(code) {
            case Int(csj_number): .number
            case Int(csj_string): .string
            case Int(csj_utf8): .encoding
            case Int(csj_depth): .depth
            case Int(csj_size): .tooLong
            case Int(csj_memory): .memory
            default: .structure
            }
    }
}
