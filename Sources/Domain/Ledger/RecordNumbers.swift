internal import Records
internal import SQLite

/// Finds the records of a source in the ledger by their names, and makes one of what is known from a list alone.
struct RecordNumbers: ~Copyable {
    private let database: Database
    private let source: Int64
    private let run: Int64
    private var query: Statement
    private var insert: Statement
    private var update: Statement
    /// By kind, whether lists of it are known.
    private var isListed: [Kind: Bool] = [:]

    /// - Parameters:
    ///   - run: the run that sees records, and `asOf` its instant.
    init(_ database: Database, source: Int64, run: Int64, asOf: Int64) throws(SQLiteError) {
        let query = try database.statement(
            "SELECT record, run FROM records WHERE source = ?1 AND kind = ?2 AND id = ?3")
        let insert = try database.statement(
            """
            INSERT INTO records (source, kind, id, first_run, run, first_seen, last_seen, listed)
            VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?5, 1) RETURNING record
            """)
        let update = try database.statement(
            "UPDATE records SET run = ?2, last_seen = max(last_seen, ?3) WHERE record = ?1")
        try query.bind(source, to: 1)
        try insert.bind(source, to: 1)
        try insert.bind(asOf, to: 5)
        try update.bind(run, to: 2)
        try update.bind(asOf, to: 3)
        self.database = database
        self.source = source
        self.run = run
        self.query = query
        self.insert = insert
        self.update = update
    }

    /// The number of a record; nil where nothing is known of it.
    ///
    /// - Parameter isSeen: whether this run saw it.
    mutating func number(of kind: Kind, _ id: String, isSeen: Bool = true) throws(SQLiteError) -> Int64? {
        try query.bind(kind.name, to: 2)
        try query.bind(id, to: 3)
        query.reset()
        if try query.step(), let number = query.integer(0) {
            let last = query.integer(1)
            query.reset()
            guard isSeen, last != run else { return number }
            try update.bind(number, to: 1)
            try update.run()
            return number
        }
        guard try isListed(kind), id.utf8.count <= IdList.longestId else { return nil }
        try insert.bind(kind.name, to: 2)
        try insert.bind(id, to: 3)
        try insert.bind(isSeen ? run : 0, to: 4)
        let number = try insert.step() ? insert.integer(0) : nil
        try insert.run()
        return number
    }

    private mutating func isListed(_ kind: Kind) throws(SQLiteError) -> Bool {
        if let known = isListed[kind] { return known }
        let table = StretchTable(database: database, source: source, kind: kind)
        let isListed = try !table.isEmpty()
        self.isListed[kind] = isListed
        return isListed
    }
}
