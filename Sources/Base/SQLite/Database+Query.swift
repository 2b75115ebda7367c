internal import CSQLite

extension Database {
    /// The one statement of a text that somebody else wrote, which may read tables and views and nothing else.
    ///
    /// - Throws: `refused` for anything but one SELECT: no pragma, no other file, no transaction, no write.
    public func query(_ sql: String) throws(SQLiteError) -> Statement {
        let gate = Gate()
        let context = unsafe Unmanaged.passUnretained(gate).toOpaque()
        unsafe sqlite3_set_authorizer(
            raw,
            { context, action, _, name, _, _ in
                guard let context = unsafe context else { return SQLITE_DENY }
                let name = unsafe name.map { unsafe String(cString: $0) } ?? ""
                let gate = unsafe Unmanaged<Gate>.fromOpaque(context).takeUnretainedValue()
                return gate.admits(action, name) ? SQLITE_OK : SQLITE_DENY
            }, context)
        defer {
            unsafe sqlite3_set_authorizer(raw, nil, nil)
            withExtendedLifetime(gate) {}
        }
        let refusal = SQLiteError(path, .refused, operation: "ask", reason: "the statement does more than read")
        do throws(SQLiteError) {
            let statement = try Statement(sql, on: self)
            guard statement.isReading, statement.columnCount > 0 else { throw refusal }
            return statement
        } catch {
            throw gate.hasRefused ? refusal : error
        }
    }
}

/// What a statement of somebody else may do.
private final class Gate {
    private(set) var hasRefused = false

    /// What reaches beyond the file, or only fills memory.
    private static let functions: Set<String> = [
        "load_extension", "fts3_tokenizer", "randomblob", "zeroblob", "sqlite_log",
    ]

    func admits(_ action: Int32, _ name: String) -> Bool {
        let isFine =
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: true
            case SQLITE_FUNCTION: !Gate.functions.contains(name.lowercased())
            default: false
            }
        if !isFine { hasRefused = true }
        return isFine
    }
}
