public import Chronology
public import Records
internal import SQLite

extension Ledger {
    /// The number of a source; nil where the ledger has seen nothing of it.
    func number(ofSource name: String) throws(SQLiteError) -> Int64? {
        var query = try database.statement("SELECT source FROM sources WHERE name = ?1")
        try query.bind(name, to: 1)
        return try query.step() ? query.integer(0) : nil
    }

    /// The ids of a kind that a source had when it was last looked at, each once: those that were asked for one by one,
    /// then those of lists, in the order of first sight.
    public func ids(of kind: Kind, inSource source: String) throws(LedgerError) -> [String] {
        try reading { () throws(SQLiteError) in
            guard let number = try number(ofSource: source) else { return [] }
            var query = try database.statement(
                """
                SELECT id FROM records
                WHERE source = ?1 AND kind = ?2 AND gone IS NULL \(hasStretches ? "AND listed = 0" : "") ORDER BY record
                """)
            try query.bind(number, to: 1)
            try query.bind(kind.name, to: 2)
            var ids: [String] = []
            while try query.step() { if let id = query.text(0) { ids.append(id) } }
            guard hasStretches else { return ids }
            let stretches = StretchTable(database: database, source: number, kind: kind)
            guard try !stretches.isEmpty() else { return ids }
            var known = StringTable()
            for id in ids { _ = known.code(id) }
            try stretches.forEach { stretch in
                stretch.forEach { id in
                    let count = known.count
                    guard known.code(id) == count else { return }
                    ids.append(id.text)
                }
            }
            return ids
        }
    }

    /// How many records of a kind a source had when it was last looked at that something obliges to keep, and that we did
    /// not delete.
    public func keptCount(of kind: Kind, inSource source: String, asOf: Moment) throws(LedgerError) -> Int {
        try reading { () throws(SQLiteError) in
            guard let number = try number(ofSource: source) else { return 0 }
            var query = try database.statement(
                """
                SELECT count(*) FROM records
                WHERE source = ?1 AND kind = ?2 AND gone IS NULL AND deleted IS NULL AND EXISTS (
                    SELECT 1 FROM duties WHERE duties.record = records.record AND (until IS NULL OR until > ?3))
                """)
            try query.bind(number, to: 1)
            try query.bind(kind.name, to: 2)
            try query.bind(asOf.microseconds, to: 3)
            return try query.step() ? query.integer(0).flatMap { Int(exactly: $0) } ?? 0 : 0
        }
    }

    /// How many records of each kind a source had once, and has no more.
    public func goneCounts(inSource source: String) throws(LedgerError) -> [Kind: Int] {
        try reading { () throws(SQLiteError) in
            guard let number = try number(ofSource: source) else { return [:] }
            var query = try database.statement(
                "SELECT kind, count(*) FROM records WHERE source = ?1 AND gone IS NOT NULL GROUP BY kind")
            try query.bind(number, to: 1)
            var counts: [Kind: Int] = [:]
            while try query.step() {
                guard let kind = query.text(0).flatMap({ Kind(named: $0) }) else { continue }
                counts[kind] = query.integer(1).flatMap { Int(exactly: $0) }
            }
            return counts
        }
    }

    /// The records of a source that are gone, that we did not delete, and that something still obliges to keep.
    ///
    /// What was there after an instant is not lost as of it; but nobody was there after now: a clock was ahead then.
    ///
    /// - Parameter now: what the wall clock says.
    public func lost(inSource source: String, asOf: Moment, now: Moment) throws(LedgerError) -> [GoneRecord] {
        try reading { () throws(SQLiteError) in
            guard let number = try number(ofSource: source) else { return [] }
            var query = try database.statement(
                """
                SELECT r.kind, r.id, r.last_seen, d.origin, d.name, o.until
                FROM records r JOIN duties o ON o.record = r.record JOIN documents d ON d.document = o.document
                WHERE r.source = ?1 AND r.gone IS NOT NULL AND r.deleted IS NULL
                    AND (r.last_seen <= ?2 OR r.last_seen > ?3) AND (o.until IS NULL OR o.until > ?2)
                ORDER BY r.kind, r.id, d.origin, d.name
                """)
            try query.bind(number, to: 1)
            try query.bind(asOf.microseconds, to: 2)
            try query.bind(now.microseconds, to: 3)
            var lost: [GoneRecord] = []
            while try query.step() {
                guard let kind = query.text(0).flatMap({ Kind(named: $0) }), let id = query.text(1),
                    let origin = query.text(3).flatMap({ Duty.Origin(rawValue: $0) }), let name = query.text(4)
                else { continue }
                let until = query.integer(5).map { Moment(microseconds: $0) } ?? .unbounded
                if lost.last.map({ $0.kind != kind || $0.id != id }) ?? true {
                    let seen = Moment(microseconds: query.integer(2) ?? asOf.microseconds)
                    lost.append(GoneRecord(source: source, kind: kind, id: id, lastSeen: seen, duties: []))
                }
                lost[lost.count - 1].duties.append(Duty(origin: origin, name: name, until: until))
            }
            return lost
        }
    }
}
