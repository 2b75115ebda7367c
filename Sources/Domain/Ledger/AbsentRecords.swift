internal import SQLite

/// What the ledger's records say of what a run did not see in any list, and what is noted of it.
struct AbsentRecords: ~Copyable {
    private let run: Int64
    private let unread: Set<Int64>
    private var look: Statement
    private var unlist: Statement
    private var add: Statement
    private var mark: Statement
    private var duties: Statement

    /// A record for which no stretch speaks.
    struct Loose {
        let record: Int64
        let id: String
        let container: String?
    }

    /// - Parameter unread: the records that a list shows and that the run does not read.
    init(_ table: StretchTable, run: Int64, asOf: Int64, unread: Set<Int64>) throws(SQLiteError) {
        let look = try table.statement(
            "SELECT record, run, listed, gone, container FROM records WHERE source = ?1 AND kind = ?2 AND id = ?3")
        let unlist = try table.database.statement("UPDATE records SET listed = 0 WHERE record = ?1")
        let add = try table.statement(
            """
            INSERT INTO records (source, kind, id, container, first_run, run, first_seen, last_seen, gone)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (source, kind, id) DO UPDATE SET
                gone = excluded.gone, container = excluded.container, listed = 0, run = max(run, excluded.run),
                first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
                WHERE gone IS NULL
            RETURNING record
            """)
        try add.bind(asOf, to: 9)
        let mark = try table.database.statement(
            "UPDATE records SET gone = ?2 WHERE record = ?1 AND gone IS NULL RETURNING record")
        try mark.bind(asOf, to: 2)
        let duties = try table.statement(
            """
            SELECT record FROM records WHERE source = ?1 AND kind = ?2 AND id = ?3 AND deleted IS NULL AND EXISTS (
                SELECT 1 FROM duties WHERE duties.record = records.record AND (until IS NULL OR until > ?4))
            """)
        try duties.bind(asOf, to: 4)
        self.run = run
        self.unread = unread
        self.look = look
        self.unlist = unlist
        self.add = add
        self.mark = mark
        self.duties = duties
    }

    /// Whether this run saw it by itself, read or not; from now on no stretch speaks for it.
    mutating func wasSeen(_ id: String) throws(SQLiteError) -> Bool {
        try look.bind(id, to: 3)
        defer { look.reset() }
        guard try look.step(), let record = look.integer(0), look.integer(3) == nil,
            look.integer(1) == run || unread.contains(record)
        else { return false }
        try unlist.bind(record, to: 1)
        try unlist.run()
        return true
    }

    /// The record of that id where no stretch speaks for it, it is there as far as is known, and this run did not see it.
    mutating func loose(_ id: String) throws(SQLiteError) -> Loose? {
        try look.bind(id, to: 3)
        defer { look.reset() }
        guard try look.step(), let record = look.integer(0), look.integer(1) != run, look.integer(2) == 0,
            look.integer(3) == nil
        else { return nil }
        return Loose(record: record, id: id, container: look.text(4))
    }

    /// Notes that what stood in a stretch is gone; false where that was known.
    mutating func markGone(_ id: String, as stretch: Stretch) throws(SQLiteError) -> Bool {
        try add.bind(id, to: 3)
        try add.bind(stretch.container, to: 4)
        let numbers = [stretch.firstRun, stretch.run, stretch.firstSeen, stretch.lastSeen]
        for (place, number) in numbers.enumerated() { try add.bind(number, to: Int32(5 + place)) }
        let isNew = try add.step()
        try add.run()
        return isNew
    }

    /// Notes that a record is gone; false where that was known.
    mutating func markGone(_ record: Int64) throws(SQLiteError) -> Bool {
        try mark.bind(record, to: 1)
        let isNew = try mark.step()
        try mark.run()
        return isNew
    }

    /// The record of that id, if something obliges to keep it and we did not delete it.
    mutating func obliged(_ id: String) throws(SQLiteError) -> Int64? {
        try duties.bind(id, to: 3)
        defer { duties.reset() }
        return try duties.step() ? duties.integer(0) : nil
    }
}
