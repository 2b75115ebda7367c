public import Chronology
public import Records
internal import SQLite

/// One run's entries in a ledger.
///
/// A run begins, hands over what it sees as it sees it, then what is absent, then what obliges to keep what it saw; and
/// finishes. Every call is on the disk before it returns, or nothing of it is.
public final class LedgerRun {
    let ledger: Ledger
    /// Its number; later runs have greater ones.
    let run: Int64
    let asOf: Int64
    private var sources: [String: Int64] = [:]
    private var documents: [Duty.Name: Int64] = [:]
    /// By source, kinds of which it was found out whether there are records that no stretch speaks for.
    var looseness: [Int64: [Kind: Bool]] = [:]
    /// By source and kind, the records that a list shows and that this run does not read.
    private(set) var unread: [Int64: [Kind: Set<Int64>]] = [:]

    /// Begins a run.
    ///
    /// - Parameter policies: the digest of its documents.
    public init(_ ledger: Ledger, asOf: Moment, policies: String) throws(LedgerError) {
        self.ledger = ledger
        self.asOf = asOf.microseconds
        run = try ledger.writing { () throws(SQLiteError) in
            var insert = try ledger.database.statement(
                "INSERT INTO runs (as_of, policies) VALUES (?1, ?2) RETURNING run")
            try insert.bind(asOf.microseconds, to: 1)
            try insert.bind(policies, to: 2)
            let number = try insert.step() ? insert.integer(0) : nil
            try insert.run()
            return number ?? 0
        }
    }

    /// A record that was seen, and the id of what it was listed below.
    public struct Sight: Sendable {
        /// The kind.
        public var kind: Kind
        /// The id.
        public var id: String
        /// The id of what the record stands below; nil at the top.
        public var container: String?

        /// A record that was seen.
        public init(kind: Kind, id: String, container: String?) {
            self.kind = kind
            self.id = id
            self.container = container
        }
    }

    /// Notes what a source has.
    public func saw(_ sights: [Sight], inSource source: String) throws(LedgerError) {
        try ledger.writing { () throws(SQLiteError) in
            let number = try number(ofSource: source)
            for kind in Set(sights.map(\.kind)) { looseness[number, default: [:]][kind] = true }
            var upsert = try ledger.database.statement(
                """
                INSERT INTO records (source, kind, id, container, first_run, run, first_seen, last_seen)
                VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6, ?6)
                ON CONFLICT (source, kind, id) DO UPDATE SET
                    container = excluded.container, run = excluded.run, gone = NULL, \(LedgerSchema.forgetsDeletion),
                    first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)
                """)
            try upsert.bind(number, to: 1)
            try upsert.bind(run, to: 5)
            try upsert.bind(asOf, to: 6)
            // Neighbours are mostly of one kind, and of one container.
            var last: Sight?
            for sight in sights {
                if sight.kind != last?.kind { try upsert.bind(sight.kind.name, to: 2) }
                try upsert.bind(sight.id, to: 3)
                if last == nil || sight.container != last?.container { try upsert.bind(sight.container, to: 4) }
                try upsert.run()
                last = sight
            }
        }
    }

    /// Notes that a list still shows these records, which are known and which this run does not read: they are there, and
    /// whatever else is known of them and of what is in them stays as it is.
    public func saw(unread ids: [String], _ kind: Kind, inSource source: String) throws(LedgerError) {
        try ledger.writing { () throws(SQLiteError) in
            let source = try number(ofSource: source)
            var update = try ledger.database.statement(
                """
                UPDATE records SET last_seen = max(last_seen, ?4)
                WHERE source = ?1 AND kind = ?2 AND id = ?3 AND gone IS NULL RETURNING record
                """)
            try update.bind(source, to: 1)
            try update.bind(kind.name, to: 2)
            try update.bind(asOf, to: 4)
            for id in ids {
                try update.bind(id, to: 3)
                guard try update.step(), let record = update.integer(0) else { continue }
                unread[source, default: [:]][kind, default: []].insert(record)
                try update.run()
            }
        }
    }

    /// What obliges to keep a record that this run saw.
    public struct Kept: Sendable {
        /// The kind.
        public var kind: Kind
        /// The id.
        public var id: String
        /// Until when.
        public var until: Moment

        /// A record that must be kept.
        public init(kind: Kind, id: String, until: Moment) {
            self.kind = kind
            self.id = id
            self.until = until
        }
    }

    /// Notes until when one document obliges to keep records of a source.
    public func oblige(
        _ kept: [Kept], inSource source: String, by origin: Duty.Origin, named name: String
    ) throws(LedgerError) {
        try ledger.writing { () throws(SQLiteError) in
            let source = try number(ofSource: source)
            let document = try number(of: Duty.Name(origin: origin, name: name))
            var upsert = try ledger.database.statement(
                """
                INSERT INTO duties (record, document, until, run) VALUES (?1, ?2, ?3, ?4)
                ON CONFLICT (record, document) DO UPDATE SET until = excluded.until, run = excluded.run
                """)
            try upsert.bind(document, to: 2)
            try upsert.bind(run, to: 4)
            var numbers = try numbers(ofSource: source)
            for record in kept {
                guard let number = try numbers.number(of: record.kind, record.id) else { continue }
                try upsert.bind(number, to: 1)
                try upsert.bind(record.until.isPoint ? record.until.microseconds : nil, to: 3)
                try upsert.run()
            }
        }
    }

    /// Ends the run: what it saw is kept by no more than it said, and by what runs as of later instants said. A hold that
    /// had not begun by then obliges all the same.
    public func finish() throws(LedgerError) {
        try ledger.writing { () throws(SQLiteError) in
            var forget = try ledger.database.statement(
                """
                DELETE FROM duties
                WHERE run <> ?1 AND (SELECT r.run FROM records r WHERE r.record = duties.record) = ?1
                    AND NOT EXISTS (SELECT 1 FROM runs w WHERE w.run = duties.run AND w.as_of > ?2)
                """)
            try forget.bind(run, to: 1)
            try forget.bind(asOf, to: 2)
            try forget.run()
            try forgetDutiesOfListed()
            var finish = try ledger.database.statement("UPDATE runs SET finished = as_of WHERE run = ?1")
            try finish.bind(run, to: 1)
            try finish.run()
        }
    }

    /// The ids of a kind that a source had when it was last looked at, in the order of first sight.
    public func knownIds(of kind: Kind, inSource source: String) throws(LedgerError) -> [String] {
        try ledger.ids(of: kind, inSource: source)
    }

    /// How many records of a kind a source had when it was last looked at that something obliges to keep.
    public func keptCount(of kind: Kind, inSource source: String) throws(LedgerError) -> Int {
        try ledger.keptCount(of: kind, inSource: source, asOf: Moment(microseconds: asOf))
    }

    /// How many records of each kind a source had once, and has no more.
    public func goneCounts(inSource source: String) throws(LedgerError) -> [Kind: Int] {
        try ledger.goneCounts(inSource: source)
    }

    /// The records of a source that are gone, that we did not delete, and that something still obliges to keep.
    ///
    /// - Parameter now: what the wall clock says.
    public func lost(inSource source: String, now: Moment) throws(LedgerError) -> [GoneRecord] {
        try ledger.lost(inSource: source, asOf: Moment(microseconds: asOf), now: now)
    }

    func numbers(ofSource source: Int64) throws(SQLiteError) -> RecordNumbers {
        try RecordNumbers(ledger.database, source: source, run: run, asOf: asOf)
    }

    /// Runs a statement whose `?1` is the source, `?2` a kind, `?3` this run and `?4` its instant.
    func statement(_ sql: String, source: String, kind: Kind) throws(SQLiteError) -> Statement {
        let statement = try ledger.database.statement(sql)
        try statement.bind(try number(ofSource: source), to: 1)
        try statement.bind(kind.name, to: 2)
        try statement.bind(run, to: 3)
        try statement.bind(asOf, to: 4)
        return statement
    }

    func writing<Result>(_ body: () throws(SQLiteError) -> Result) throws(LedgerError) -> Result {
        try ledger.writing(body)
    }

    func number(ofSource name: String) throws(SQLiteError) -> Int64 {
        if let known = sources[name] { return known }
        var insert = try ledger.database.statement("INSERT OR IGNORE INTO sources (name) VALUES (?1)")
        try insert.bind(name, to: 1)
        try insert.run()
        let number = try ledger.number(ofSource: name) ?? 0
        sources[name] = number
        return number
    }

    private func number(of document: Duty.Name) throws(SQLiteError) -> Int64 {
        if let known = documents[document] { return known }
        var insert = try ledger.database.statement("INSERT OR IGNORE INTO documents (origin, name) VALUES (?1, ?2)")
        try insert.bind(document.origin.rawValue, to: 1)
        try insert.bind(document.name, to: 2)
        try insert.run()
        var query = try ledger.database.statement("SELECT document FROM documents WHERE origin = ?1 AND name = ?2")
        try query.bind(document.origin.rawValue, to: 1)
        try query.bind(document.name, to: 2)
        let number = try query.step() ? query.integer(0) ?? 0 : 0
        documents[document] = number
        return number
    }
}

extension Duty {
    /// What names a document.
    struct Name: Hashable {
        let origin: Origin
        let name: String
    }
}
