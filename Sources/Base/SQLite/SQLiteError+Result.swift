internal import CSQLite

extension SQLiteError {
    /// The error of a result code, in the words of the connection that gave it.
    init(_ path: String, result: Int32, of connection: OpaquePointer?, operation: String) {
        let code: Code =
            switch result & 0xFF {
            case SQLITE_CANTOPEN: .cannotOpen
            case SQLITE_NOTADB: .notADatabase
            case SQLITE_CORRUPT: .damaged
            case SQLITE_BUSY, SQLITE_LOCKED: .busy
            case SQLITE_READONLY, SQLITE_PERM: .readOnly
            case SQLITE_FULL: .full
            case SQLITE_IOERR: .unreadable
            case SQLITE_CONSTRAINT: .constraint
            case SQLITE_ERROR, SQLITE_RANGE, SQLITE_MISMATCH, SQLITE_SCHEMA: .badStatement
            case SQLITE_AUTH: .refused
            case SQLITE_INTERRUPT: .tooLong
            case SQLITE_TOOBIG: .tooLarge
            case SQLITE_NOMEM: .noMemory
            default: .other(result)
            }
        // The connection's own words say what is wrong with a statement; else they may be of another call.
        let words = unsafe code == .badStatement ? sqlite3_errmsg(connection) : sqlite3_errstr(result)
        let reason =
            switch code {
            case .tooLong: "it takes longer than it may"
            case .refused: "the statement does more than it may"
            default: unsafe words.map { unsafe String(cString: $0) } ?? "SQLite gives no reason"
            }
        self.init(path, code, operation: operation, reason: reason)
    }
}
