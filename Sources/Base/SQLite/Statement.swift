internal import CSQLite

/// One statement, ready to run: its parameters are numbered as its text numbers them (`?1`), its columns from 0.
///
/// It keeps its database open, and belongs to the same thread.
@safe
public struct Statement: ~Copyable {
    private let database: Database
    private let raw: OpaquePointer
    /// When it began to run; nil before its first row.
    private var start: ContinuousClock.Instant?

    /// How many columns its rows have.
    public let columnCount: Int

    init(_ sql: String, on database: Database) throws(SQLiteError) {
        self.database = database
        var prepared: OpaquePointer?
        var isAlone: Int32 = 1
        let result = unsafe csqlite_prepare(database.raw, sql, &prepared, &isAlone)
        guard result == SQLITE_OK else { throw database.failure(result, "ask") }
        guard let raw = unsafe prepared else {
            throw SQLiteError(database.path, .badStatement, operation: "ask", reason: "the statement is empty")
        }
        guard isAlone == 1, !sql.utf8.contains(0) else {
            unsafe sqlite3_finalize(raw)
            throw SQLiteError(
                database.path, .refused, operation: "ask", reason: "there is more than one statement")
        }
        unsafe self.raw = raw
        columnCount = unsafe Int(sqlite3_column_count(raw))
    }

    deinit { unsafe sqlite3_finalize(raw) }

    /// Whether it leaves the file as it is.
    var isReading: Bool { unsafe sqlite3_stmt_readonly(raw) != 0 }

    /// Gives a parameter a number, or nothing.
    public func bind(_ value: Int64?, to parameter: Int32) throws(SQLiteError) {
        let result =
            if let value {
                unsafe sqlite3_bind_int64(raw, parameter, value)
            } else {
                unsafe sqlite3_bind_null(raw, parameter)
            }
        try check(result)
    }

    /// Gives a parameter a text, or nothing.
    public func bind(_ value: String?, to parameter: Int32) throws(SQLiteError) {
        guard var value else { return try bind(Int64?.none, to: parameter) }
        try check(
            value.withUTF8 { bytes in
                guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
                guard let start = bytes.baseAddress else {
                    return unsafe csqlite_bind_text(raw, parameter, "", 0)
                }
                return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { text in
                    unsafe csqlite_bind_text(raw, parameter, text, count)
                }
            })
    }

    /// Gives a parameter bytes, or nothing.
    public func bind(_ value: [UInt8]?, to parameter: Int32) throws(SQLiteError) {
        guard let value else { return try bind(Int64?.none, to: parameter) }
        guard let count = Int32(exactly: value.count) else { return try check(SQLITE_TOOBIG) }
        // No address would be no value.
        try check(
            value.isEmpty
                ? unsafe csqlite_bind_blob(raw, parameter, "", 0)
                : unsafe csqlite_bind_blob(raw, parameter, value, count))
    }

    /// Goes to the next row; false behind the last. Before the first it takes what the parameters are.
    public mutating func step() throws(SQLiteError) -> Bool {
        let begin = start ?? ContinuousClock.now
        start = begin
        let end = begin + database.limits.time
        database.watch.end = end
        defer { database.watch.end = nil }
        let result = unsafe sqlite3_step(raw)
        switch result {
        case SQLITE_ROW where ContinuousClock.now < end: return true
        case SQLITE_DONE:
            reset()
            return false
        default:
            let error = database.failure(result == SQLITE_ROW ? SQLITE_INTERRUPT : result, isReading ? "read" : "write")
            reset()
            throw error
        }
    }

    /// Runs a statement for what it does, and makes it ready to run again.
    public mutating func run() throws(SQLiteError) {
        while try step() {}
    }

    /// Makes it ready to run from the beginning. The parameters stay what they are.
    public mutating func reset() {
        start = nil
        unsafe sqlite3_reset(raw)
    }

    /// The column's name.
    public func name(_ column: Int) -> String {
        guard let column = Int32(exactly: column), let name = unsafe sqlite3_column_name(raw, column) else { return "" }
        return unsafe String(cString: name)
    }

    /// The number of a column in this row; nil where it holds anything else.
    public func integer(_ column: Int) -> Int64? {
        guard let column = place(column), unsafe sqlite3_column_type(raw, column) == SQLITE_INTEGER else { return nil }
        return unsafe sqlite3_column_int64(raw, column)
    }

    /// The text of a column in this row; nil where it holds anything else, or text that is not UTF-8.
    public func text(_ column: Int) -> String? {
        guard let column = place(column), unsafe sqlite3_column_type(raw, column) == SQLITE_TEXT,
            let start = unsafe sqlite3_column_text(raw, column)
        else { return nil }
        let count = unsafe Int(sqlite3_column_bytes(raw, column))
        return unsafe String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The bytes of a column in this row, of a blob or a text; nil where it holds anything else.
    public func bytes(_ column: Int) -> [UInt8]? {
        guard let column = place(column) else { return nil }
        let type = unsafe sqlite3_column_type(raw, column)
        guard type == SQLITE_BLOB || type == SQLITE_TEXT else { return nil }
        guard let start = unsafe sqlite3_column_blob(raw, column) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(raw, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    /// What a column holds in this row.
    public func value(_ column: Int) -> SQLiteValue {
        guard let place = place(column) else { return .null }
        switch unsafe sqlite3_column_type(raw, place) {
        case SQLITE_INTEGER: return .integer(unsafe sqlite3_column_int64(raw, place))
        case SQLITE_FLOAT: return .real(unsafe sqlite3_column_double(raw, place))
        case SQLITE_TEXT: return text(column).map { .text($0) } ?? .bytes(bytes(column) ?? [])
        case SQLITE_BLOB: return .bytes(bytes(column) ?? [])
        default: return .null
        }
    }

    private func place(_ column: Int) -> Int32? {
        // Outside of a row, SQLite itself answers that there is nothing.
        column >= 0 && column < columnCount ? Int32(column) : nil
    }

    private func check(_ result: Int32) throws(SQLiteError) {
        guard result == SQLITE_OK else { throw database.failure(result, "ask") }
    }
}
