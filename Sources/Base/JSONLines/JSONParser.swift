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

    /// Begins a text of lines. False where one of them is broken in such a way that each must be parsed by itself.
    ///
    /// `bytes` must be followed by `padding` readable bytes, of which the first is 0.
    @unsafe
    mutating func beginLines(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let parser = unsafe raw, let start = bytes.baseAddress, bytes.count <= Self.keptCapacity else {
            return false
        }
        return unsafe csj_begin_lines(parser, start, bytes.count) == csj_ok
    }

    /// Parses the line that ends at this offset and calls back with its root.
    ///
    /// False, and nothing was called, where the line is not one document. It and all that follow it are then to be parsed
    /// by themselves.
    mutating func parseLine(to end: Int, _ body: (JSONValue) -> Void) -> Bool {
        guard let parser = unsafe raw else { return false }
        let document = unsafe csj_next_line(parser, end)
        guard let tape = unsafe document.tape, let strings = unsafe document.strings else { return false }
        unsafe body(JSONValue(tape: tape, strings: strings, index: 1))
        return true
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
