public import Files

/// Something that is wrong in a file about privacy requests: where, what, and what to do next.
///
/// It never quotes the file: what stands there may be whom it is about.
public struct RequestMistake: Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The line, from 1; 0 for the file as a whole.
    public let line: Int
    /// The column, from 1, in code points.
    public let column: Int
    /// What is wrong, without a full stop.
    public let message: String
    /// What to do next.
    public let hint: String

    init(_ path: String, line: Int, column: Int, _ message: String, hint: String) {
        (self.path, self.line, self.column, self.message, self.hint) = (path, line, column, message, hint)
    }

    /// `path:line:column: message; hint`.
    public var description: String {
        (line > 0 ? "\(path):\(line):\(column)" : path) + ": \(message); \(hint)"
    }
}

/// Why a privacy request cannot be taken in, kept or read.
public enum RequestError: Error, Sendable, CustomStringConvertible {
    /// A file cannot be read or written.
    case file(FileError)
    /// A file holds no request, or not the one that it should.
    case mistakes([RequestMistake])

    /// One line for each mistake.
    public var description: String {
        switch self {
        case .file(let error): error.description
        case .mistakes(let mistakes): mistakes.map(\.description).joined(separator: "\n")
        }
    }
}
