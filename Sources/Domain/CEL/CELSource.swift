/// The text of an expression, and where in it things are.
public struct CELSource: Sendable {
    /// A place in the text. Both count from 1; columns count Unicode code points.
    public struct Location: Hashable, Sendable, CustomStringConvertible {
        /// From 1.
        public let line: Int
        /// From 1, in code points.
        public let column: Int

        /// A place at that line and column.
        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }

        /// `line:column`.
        public var description: String { "\(line):\(column)" }
    }

    /// The expression as it was written.
    public let text: String

    /// The expression as it was written.
    public init(_ text: String) { self.text = text }

    /// The line and column of a UTF-8 offset; the end of the text where the offset lies beyond it.
    public func location(at offset: Int) -> Location {
        var line = 1
        var column = 1
        for byte in text.utf8.prefix(max(offset, 0)) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0b1100_0000 != 0b1000_0000 {
                column += 1
            }
        }
        return Location(line: line, column: column)
    }

    /// The part of the text within these UTF-8 offsets.
    public func excerpt(_ range: Range<Int>) -> String {
        let bytes = text.utf8
        let count = bytes.count
        let lower = min(max(range.lowerBound, 0), count)
        let upper = min(max(range.upperBound, lower), count)
        return String(decoding: bytes.dropFirst(lower).prefix(upper - lower), as: UTF8.self)
    }
}
