internal import CSQLite
internal import Files

/// A file of SQLite, opened once.
///
/// A database belongs to one thread at a time, and blocks it. No file is trusted: one that is damaged or something else
/// is an error, its schema calls nothing that could do harm, no extension is loaded, and no statement runs for ever.
///
/// - Source: https://www.sqlite.org/security.html, "Untrusted SQLite Database Files".
@safe
public final class Database {
    /// What may be done with the file.
    public enum Access: Sendable {
        /// It must exist, and nothing of it changes.
        case reading
        /// It is made where it is absent, private to its owner. What was committed survives whatever ends the process
        /// or the machine.
        case writing
    }

    /// The path as the caller gave it.
    public let path: String
    let limits: DatabaseLimits
    let raw: OpaquePointer
    let watch = Watch()

    /// Opens the file.
    public init(path: String, access: Access, limits: DatabaseLimits = DatabaseLimits()) throws(SQLiteError) {
        self.path = path
        self.limits = limits
        try Database.check(path, access)
        // A name such as `file:x?mode=rwc` would be taken for more than a name.
        let name = path.utf8.first == UInt8(ascii: "/") ? path : "./\(path)"
        let flags = access == .reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE
        var opened: OpaquePointer?
        let result = unsafe sqlite3_open_v2(name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard result == SQLITE_OK, let raw = unsafe opened else {
            defer { unsafe sqlite3_close_v2(opened) }
            throw unsafe SQLiteError(path, result: result, of: opened, operation: "open")
        }
        unsafe self.raw = raw
        try prepare(access)
    }

    deinit {
        // What statements are left keep it open until they are gone.
        unsafe sqlite3_close_v2(raw)
    }

    private static func check(_ path: String, _ access: Access) throws(SQLiteError) {
        guard !path.utf8.contains(0), !path.isEmpty else {
            throw SQLiteError(path, .cannotOpen, operation: "open", reason: "its path is no path")
        }
        do throws(FileError) {
            if access == .writing { try Files.makePrivate(path) }
            // To open a pipe would be to wait for whoever writes to it.
            guard try Files.inspect(path) == .file else {
                throw FileError(path: path, operation: "open", reason: "it is no file")
            }
        } catch {
            throw SQLiteError(path, .cannotOpen, operation: error.operation, reason: error.reason)
        }
    }

    private func prepare(_ access: Access) throws(SQLiteError) {
        let settings: [(Int32, Int32)] = [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
            (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
        ]
        for (option, value) in settings { unsafe csqlite_set(raw, option, value) }
        let bounds: [(Int32, Int32)] = [
            (SQLITE_LIMIT_LENGTH, limits.valueBytes), (SQLITE_LIMIT_SQL_LENGTH, limits.statementBytes),
            (SQLITE_LIMIT_COLUMN, 200), (SQLITE_LIMIT_EXPR_DEPTH, 100), (SQLITE_LIMIT_COMPOUND_SELECT, 20),
            (SQLITE_LIMIT_VDBE_OP, 100_000), (SQLITE_LIMIT_FUNCTION_ARG, 20), (SQLITE_LIMIT_ATTACHED, 0),
            (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100), (SQLITE_LIMIT_VARIABLE_NUMBER, 100),
            (SQLITE_LIMIT_TRIGGER_DEPTH, 10), (SQLITE_LIMIT_WORKER_THREADS, 0),
        ]
        for (limit, value) in bounds { unsafe sqlite3_limit(raw, limit, value) }
        unsafe sqlite3_busy_timeout(raw, Int32(clamping: limits.patience.components.seconds * 1000))
        unsafe watch.guard(raw)
        // The file is looked at with the first statement and not before.
        try execute("PRAGMA cell_size_check = ON")
        try execute("PRAGMA mmap_size = 0")
        if access == .writing {
            guard try text("PRAGMA journal_mode = WAL") == "wal" else {
                throw SQLiteError(
                    path, .cannotOpen, operation: "open", reason: "its file system cannot keep a log beside it")
            }
            try execute("PRAGMA synchronous = FULL")
        }
        _ = try text("PRAGMA schema_version")
    }

    /// Runs one statement that has no rows, or whose rows nobody wants.
    public func execute(_ sql: String) throws(SQLiteError) {
        var statement = try statement(sql)
        while try statement.step() {}
    }

    /// The statement of a text, which must be one alone.
    public func statement(_ sql: String) throws(SQLiteError) -> Statement {
        try Statement(sql, on: self)
    }

    /// What the first column of a statement's first row holds as text; nil where there is none.
    public func text(_ sql: String) throws(SQLiteError) -> String? {
        var statement = try statement(sql)
        return try statement.step() ? statement.text(0) : nil
    }

    /// What the first column of a statement's first row holds as a number; nil where there is none.
    public func integer(_ sql: String) throws(SQLiteError) -> Int64? {
        var statement = try statement(sql)
        return try statement.step() ? statement.integer(0) : nil
    }

    /// Has all that the body writes come to be at once, or where it fails none of it.
    public func transaction<Result>(
        _ body: () throws(SQLiteError) -> Result
    ) throws(SQLiteError) -> Result {
        try execute("BEGIN IMMEDIATE")
        do throws(SQLiteError) {
            let result = try body()
            try execute("COMMIT")
            return result
        } catch {
            // Some failures have ended it already.
            if unsafe sqlite3_get_autocommit(raw) == 0 { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// The error of rows that contradict one another, in words of the caller's.
    ///
    /// - Parameter reason: what is wrong, without any value of a row.
    public func damage(_ reason: String) -> SQLiteError {
        SQLiteError(path, .damaged, operation: "read", reason: reason)
    }

    /// The error of what just failed.
    func failure(_ result: Int32, _ operation: String) -> SQLiteError {
        unsafe SQLiteError(path, result: result, of: raw, operation: operation)
    }
}
