/// A piece of a file that one thread parses.
struct Window {
    /// A record that was found by its brackets.
    struct Cut {
        var start: Int
        var count: Int
        /// Counted from 0 at the file's beginning.
        var line: Int
    }

    let file: Int
    var buffer: WindowBuffer
    /// Nil where every line is a record.
    var cuts: [Cut]?
    /// What was found wrong while cutting. Lines count like those of the cuts, or from the window's beginning.
    var defects: [(line: Int, defect: JSONDefect)] = []
    /// What ended the file before its end. It belongs to the line after the last.
    var trailing: JSONDefect?
    /// Lines beyond those in the buffer.
    var skippedLines = 0
    var isLast = false
}
