/// What stands in the way of a database: where, what, why, and what to do next.
///
/// It holds no value of any row, and nothing of a statement but what SQLite quotes of its syntax.
public struct SQLiteError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What stands in the way.
    public enum Code: Equatable, Sendable {
        /// There is no such file, or it cannot be opened.
        case cannotOpen
        /// The file is something else than a database.
        case notADatabase
        /// The file is a database whose pages contradict each other.
        case damaged
        /// Another process has it.
        case busy
        /// It may not be written.
        case readOnly
        /// The disk is full, or another limit of the system is reached.
        case full
        /// The disk failed.
        case unreadable
        /// The rows contradict a rule of their table.
        case constraint
        /// The statement is wrong: its syntax, or what it names.
        case badStatement
        /// The statement does more than it may.
        case refused
        /// The statement took longer than it may.
        case tooLong
        /// A value, a statement or a schema is larger than it may be.
        case tooLarge
        /// Memory ran out.
        case noMemory
        /// Anything else; SQLite's own number follows.
        case other(Int32)
    }

    /// The path as the caller gave it.
    public let path: String
    /// What stands in the way.
    public let code: Code
    /// What was attempted, in the imperative: `open`, `read`, `write`.
    public let operation: String
    /// Why, in SQLite's words or ours.
    public let reason: String

    /// Creates an error with a reason of our own.
    init(_ path: String, _ code: Code, operation: String, reason: String) {
        self.path = path
        self.code = code
        self.operation = operation
        self.reason = reason
    }

    /// What to do next.
    public var hint: String {
        switch code {
        case .cannotOpen: "check the path and the permissions, of the directory too"
        case .notADatabase: "name a file that SQLite wrote"
        case .damaged: "restore it from a copy"
        case .busy: "try again when the other process has ended"
        case .readOnly: "check the permissions of the file and of its directory"
        case .full: "free some space, or choose another place"
        case .unreadable: "check the disk"
        case .constraint: "restore it from a copy, or begin a new one"
        case .badStatement: "check the statement against the tables of this file"
        case .refused: "write one SELECT"
        case .tooLong: "ask for less, or give the tables an index"
        case .tooLarge: "ask for less"
        case .noMemory: "free some memory"
        case .other: "check the file with: sqlite3 FILE 'PRAGMA integrity_check'"
        }
    }

    /// One line: `PATH: cannot read: database disk image is malformed (restore it from a copy)`.
    public var description: String { "\(path): cannot \(operation): \(reason) (\(hint))" }
}
