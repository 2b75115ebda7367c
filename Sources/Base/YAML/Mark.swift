/// A place in a file: line and column from 1, columns counted in code points.
public struct Mark: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, from 1. Lines end with LF, CRLF or CR, as in editors.
    public let line: Int

    /// The column, from 1, in code points.
    public let column: Int

    /// The place at this line and column.
    public init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// The first place of a file.
    public static let start = Mark(line: 1, column: 1)

    /// `line:column`.
    public var description: String { "\(line):\(column)" }

    /// Earlier in the file.
    public static func < (left: Mark, right: Mark) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
