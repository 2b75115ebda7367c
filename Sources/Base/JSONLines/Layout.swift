/// How the records of a file are laid out.
enum Layout: Equatable {
    /// One document a line: each line stands for itself, so that a broken one costs only itself.
    case lines
    /// Arrays, list envelopes or documents that span lines: boundaries are found by brackets.
    case structure

    /// Judges by the beginning of a file.
    ///
    /// - Parameter isWhole: whether there is no more than this.
    @unsafe
    static func detect(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Layout {
        guard let start = unsafe firstSignificant(bytes, 0) else { return .lines }
        switch unsafe bytes[start] {
        case UInt8(ascii: "["): return .structure
        case UInt8(ascii: "{"): break
        default: return .lines
        }
        let first = unsafe Outline(bytes, from: start)
        guard first.end < bytes.count || isWhole else { return .structure }
        if first.isComplete || first.inString { return .lines }
        // The first line is not a document. Either it begins one that spans lines, or it is torn.
        guard let next = unsafe firstSignificant(bytes, first.end) else { return isWhole ? .lines : .structure }
        guard unsafe bytes[next] == UInt8(ascii: "{"), first.last != UInt8(ascii: ":") else { return .structure }
        guard first.innermost == UInt8(ascii: "["),
            first.last == UInt8(ascii: "[") || first.last == UInt8(ascii: ",")
        else { return .lines }
        // An array's elements, one a line, or a line torn within an array and a whole line after it?
        let second = unsafe Outline(bytes, from: next)
        guard second.isComplete, second.last == UInt8(ascii: "}") else { return .structure }
        guard let third = unsafe firstSignificant(bytes, second.end) else { return isWhole ? .lines : .structure }
        return unsafe bytes[third] == UInt8(ascii: "{") ? .lines : .structure
    }

    @unsafe
    private static func firstSignificant(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int) -> Int? {
        var index = from
        while index < bytes.count {
            if unsafe !isBlank(bytes[index]) { return index }
            index += 1
        }
        return nil
    }
}

/// What the brackets of one line say.
private struct Outline {
    private var depth = 0
    private(set) var inString = false
    private(set) var innermost: UInt8 = 0
    /// The last byte that is not blank.
    private(set) var last: UInt8 = 0
    /// Where the line ends.
    private(set) var end: Int

    var isComplete: Bool { depth == 0 && !inString }

    @unsafe
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) {
        var open: [UInt8] = []
        var escaped = false
        end = start
        while end < bytes.count, unsafe bytes[end] != newline {
            let byte = unsafe bytes[end]
            end += 1
            if !isBlank(byte) { last = byte }
            if inString {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    inString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): inString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(byte)
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            default: break
            }
        }
        depth = open.count
        innermost = open.last ?? 0
    }
}

let newline = UInt8(ascii: "\n")

@inline(__always)
func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == newline || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\t")
}
