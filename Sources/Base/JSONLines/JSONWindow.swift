internal import Glibc

/// A record, or what is wrong where one should be.
@frozen
public enum JSONRecord {
    case value(JSONValue)
    case defect(JSONDefect)
}

/// A piece of one file, on the thread that parses it.
@safe
public struct JSONWindow: ~Copyable {
    /// The file's place in the list.
    public var file: Int { window.file }
    let window: Window
    var parser: JSONParser
    /// How many lines the window covers; known once it was walked.
    private(set) var lineCount = 0

    init(_ window: Window, _ parser: consuming JSONParser) {
        self.window = window
        self.parser = parser
    }

    /// Gives the parser back, for the next window.
    consuming func release() -> JSONParser { parser }

    /// Calls back for every record in its order, and for every defect.
    ///
    /// Lines are counted from 0, from where the consumer learns that the window begins. Blank lines are no records.
    public mutating func forEach(_ body: (_ line: Int, _ record: JSONRecord) -> Void) {
        for (line, defect) in window.defects { body(line, .defect(defect)) }
        if let cuts = window.cuts {
            for cut in cuts {
                let bytes = unsafe UnsafeBufferPointer(start: window.buffer.start + cut.start, count: cut.count)
                unsafe parse(bytes, cut.line, body)
            }
        } else {
            lineCount = forEachLine(body) + window.skippedLines
        }
        if let defect = window.trailing { body(lineCount, .defect(defect)) }
    }

    private mutating func forEachLine(_ body: (Int, JSONRecord) -> Void) -> Int {
        window.buffer.terminate()
        let bytes = unsafe window.buffer.bytes
        guard let base = bytes.baseAddress else { return 0 }
        // One broken line, and the rest go one by one: no line is read twice as a part of those before it.
        var areTogether = unsafe parser.beginLines(bytes)
        var line = 0
        var start = 0
        while start < bytes.count {
            let rest = unsafe UnsafeRawPointer(base + start)
            let found = unsafe memchr(rest, Int32(newline), bytes.count - start)
            let end =
                if let found = unsafe found { unsafe start + (UnsafeRawPointer(found) - rest) } else { bytes.count }
            if unsafe !isBlankLine(bytes, start, end) {
                areTogether = areTogether && parser.parseLine(to: end) { body(line, .value($0)) }
                if !areTogether {
                    unsafe parse(UnsafeBufferPointer(start: base + start, count: end - start), line, body)
                }
            }
            line += 1
            start = end + 1
        }
        return line
    }

    @unsafe
    private mutating func parse(
        _ bytes: UnsafeBufferPointer<UInt8>, _ line: Int, _ body: (Int, JSONRecord) -> Void
    ) {
        unsafe parser.parse(bytes) {
            body(line, .value($0))
        } failed: {
            body(line, .defect($0))
        }
    }
}

@unsafe
private func isBlankLine(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var index = start
    while index < end {
        guard unsafe isBlank(bytes[index]) else { return false }
        index += 1
    }
    return true
}
