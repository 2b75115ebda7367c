public import Chronology
internal import Files
internal import SQLite

/// What must outlive a run: which records were seen, until when they must be kept, and which are gone.
///
/// It is one file, private to its owner, and belongs to one thread. One run at a time writes to it. Whatever ends a run,
/// the file is whole afterwards, and holds all that the run had handed over in full.
public final class Ledger {
    /// The file, unless another is named.
    public static let usualPath = ".tenure/ledger.db"

    /// The path as the caller gave it.
    public let path: String
    let database: Database
    /// Whether the file has stretches; an earlier version's that is only read has none.
    private(set) var hasStretches = true
    /// Held for as long as the ledger is open; nil where it is only read.
    private let lock: FileLock?

    /// Opens a ledger to write to, and begins one where there is none.
    ///
    /// - Parameters:
    ///   - now: what those who come too late are told of the time at which this process took it.
    ///   - tool: the version of this program.
    public init(path: String = Ledger.usualPath, now: Instant, tool: String) throws(LedgerError) {
        self.path = path
        do throws(FileError) {
            let directory = Files.parent(of: path)
            if try Files.makePrivateDirectory(directory) {
                // It holds ids, which nobody should publish by mistake.
                var ignored = try AtomicFile(path: Files.path(directory, ".gitignore"), mode: 0o600)
                try ignored.write("*\n")
                try ignored.commit()
            }
            lock = try FileLock(path: path + ".lock", holder: "\(FileLock.thisProcess), since \(now.rfc3339),")
        } catch {
            guard error.code == 0 else { throw LedgerError(error, path: path) }
            throw LedgerError(
                .held, path: path, reason: "is in use: \(error.reason)",
                hint: "wait until that has ended, or name another with --ledger FILE")
        }
        do throws(SQLiteError) {
            database = try Database(path: path, access: .writing, limits: Ledger.limits)
            let application = try database.integer("PRAGMA application_id")
            let tables = try database.integer("SELECT count(*) FROM sqlite_schema")
            if application == 0, tables == 0 { try Ledger.begin(database, now, tool) }
        } catch {
            throw LedgerError(error)
        }
        try check()
        try bringUp()
    }

    /// Opens a ledger to read from, while others may write to it; nil where there is none.
    public init?(reading path: String) throws(LedgerError) {
        guard Files.kind(of: path) != nil else { return nil }
        self.path = path
        lock = nil
        do throws(SQLiteError) {
            database = try Database(path: path, access: .reading)
        } catch {
            throw LedgerError(error)
        }
        try check()
    }

    /// One statement may go over every record that was ever seen.
    private static let limits = DatabaseLimits(time: .seconds(600))

    private static func begin(_ database: Database, _ now: Instant, _ tool: String) throws(SQLiteError) {
        try database.transaction { () throws(SQLiteError) in
            for step in LedgerSchema.steps { for sql in step { try database.execute(sql) } }
            var genesis = try database.statement("INSERT INTO genesis VALUES (?1, ?2)")
            try genesis.bind(Moment(now).microseconds, to: 1)
            try genesis.bind(tool, to: 2)
            try genesis.run()
            try database.execute("PRAGMA application_id = \(LedgerSchema.application)")
            try database.execute("PRAGMA user_version = \(LedgerSchema.version)")
        }
    }

    /// Makes a file of an earlier version one of this version, all or nothing.
    private func bringUp() throws(LedgerError) {
        try writing { () throws(SQLiteError) in
            let version = Int(try database.integer("PRAGMA user_version") ?? 0)
            guard (1..<LedgerSchema.steps.count).contains(version) else { return }
            for step in LedgerSchema.steps[version...] { for sql in step { try database.execute(sql) } }
            try database.execute("PRAGMA user_version = \(LedgerSchema.version)")
        }
        hasStretches = true
    }

    private func check() throws(LedgerError) {
        let version = try reading { () throws(SQLiteError) -> Int64? in
            guard try database.integer("PRAGMA application_id") == LedgerSchema.application else { return nil }
            return try database.integer("PRAGMA user_version")
        }
        guard let version else {
            throw LedgerError(
                .foreign, path: path, reason: "is a database of another program",
                hint: "choose another place with --ledger FILE")
        }
        guard version <= LedgerSchema.version else {
            throw LedgerError(
                .foreign, path: path, reason: "was written by a later version of tenure",
                hint: "use that version, or choose another place with --ledger FILE")
        }
        hasStretches = version >= LedgerSchema.firstWithStretches
    }

    /// Does something with the file, and says what went wrong in the ledger's words.
    func reading<Result>(_ body: () throws(SQLiteError) -> Result) throws(LedgerError) -> Result {
        do throws(SQLiteError) { return try body() } catch { throw LedgerError(error) }
    }

    /// Writes to the file, all or nothing.
    func writing<Result>(_ body: () throws(SQLiteError) -> Result) throws(LedgerError) -> Result {
        do throws(SQLiteError) { return try database.transaction(body) } catch { throw LedgerError(error) }
    }
}
