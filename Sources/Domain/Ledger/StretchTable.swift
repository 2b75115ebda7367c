internal import Crypto
internal import Records
internal import SQLite

/// The stretches of one kind of a source.
///
/// A stretch is found again by the digest of its ids: what a list still has costs one look, however long it is, and its
/// ids are not read. They stand apart, so that to note that they were seen writes none of them.
struct StretchTable {
    let database: Database
    let source: Int64
    let kind: Kind

    /// Whether there is any stretch.
    func isEmpty() throws(SQLiteError) -> Bool {
        var query = try statement("SELECT 1 FROM stretches WHERE source = ?1 AND kind = ?2 LIMIT 1")
        return try !query.step()
    }

    /// Whether this run saw any, and with `before` whether an earlier one had seen the same.
    func wereSeen(in run: Int64, before: Bool = false) throws(SQLiteError) -> Bool {
        var query = try statement(
            """
            SELECT 1 FROM stretches WHERE source = ?1 AND kind = ?2 AND run = ?3 AND (first_run < ?3 OR NOT ?4) LIMIT 1
            """)
        try query.bind(run, to: 3)
        try query.bind(before ? 1 : 0, to: 4)
        return try query.step()
    }

    /// Those that this run did not see.
    func unseen(in run: Int64) throws(SQLiteError) -> [Stretch] {
        var query = try statement(
            """
            SELECT stretch, container, count, first_run, run, first_seen, last_seen
            FROM stretches WHERE source = ?1 AND kind = ?2 AND run <> ?3 ORDER BY last_seen DESC, stretch
            """)
        try query.bind(run, to: 3)
        var stretches: [Stretch] = []
        while try query.step() {
            // More than a stretch can have would not add up.
            guard let number = query.integer(0), let count = query.integer(2).flatMap({ Int32(exactly: $0) }),
                count > 0,
                let firstRun = query.integer(3), let run = query.integer(4), let firstSeen = query.integer(5),
                let lastSeen = query.integer(6)
            else { throw damaged() }
            stretches.append(
                Stretch(
                    number: number, container: query.text(1), count: Int(count), firstRun: firstRun, run: run,
                    firstSeen: firstSeen, lastSeen: lastSeen))
        }
        return stretches
    }

    /// What the lists stand below of which this run saw a stretch.
    func containers(seenIn run: Int64) throws(SQLiteError) -> Set<String?> {
        var query = try statement(
            "SELECT DISTINCT container FROM stretches WHERE source = ?1 AND kind = ?2 AND run = ?3")
        try query.bind(run, to: 3)
        var containers: Set<String?> = []
        while try query.step() { containers.insert(query.text(0)) }
        return containers
    }

    /// Calls back with the ids of every stretch, or of those that one run saw, in the order of first sight.
    func forEach(seenIn run: Int64? = nil, _ body: (IdList) -> Void) throws(SQLiteError) {
        var query = try statement(
            """
            SELECT s.container, s.count, s.digest, i.ids
            FROM stretches s LEFT JOIN stretch_ids i ON i.stretch = s.stretch
            WHERE s.source = ?1 AND s.kind = ?2 AND (?3 IS NULL OR s.run = ?3) ORDER BY s.stretch
            """)
        try query.bind(run, to: 3)
        while try query.step() { body(try ids(query)) }
    }

    /// Those that this run did not see and that hold any of these ids.
    func holders(of sought: SoughtIds, unseenIn run: Int64) throws(SQLiteError) -> [Stretch] {
        var holders: Set<Int64> = []
        var query = try statement(
            """
            SELECT s.container, s.count, s.digest, i.ids, s.stretch
            FROM stretches s LEFT JOIN stretch_ids i ON i.stretch = s.stretch
            WHERE s.source = ?1 AND s.kind = ?2 AND s.run <> ?3
            """)
        try query.bind(run, to: 3)
        while try query.step() {
            var holdsAny = false
            try ids(query).forEach { holdsAny = holdsAny || sought.seeks($0) }
            if holdsAny, let number = query.integer(4) { holders.insert(number) }
        }
        return holders.isEmpty ? [] : try unseen(in: run).filter { holders.contains($0.number) }
    }

    /// The ids of one.
    func ids(of stretch: Stretch) throws(SQLiteError) -> IdList {
        var query = try database.statement(
            """
            SELECT s.container, s.count, s.digest, i.ids
            FROM stretches s LEFT JOIN stretch_ids i ON i.stretch = s.stretch WHERE s.stretch = ?1
            """)
        try query.bind(stretch.number, to: 1)
        guard try query.step() else { throw damaged() }
        return try ids(query)
    }

    /// Takes note of all that are met of what is looked for, among what this run saw.
    func meet(_ sought: inout SoughtIds, seenIn run: Int64) throws(SQLiteError) {
        guard sought.missing > 0 else { return }
        try forEach(seenIn: run) { ids in ids.forEach { sought.meet($0) } }
    }

    /// Puts what is left of a stretch in its place.
    func replace(_ stretch: Stretch, by left: IdList) throws(SQLiteError) {
        for table in ["stretch_ids", "stretches"] {
            var delete = try database.statement("DELETE FROM \(table) WHERE stretch = ?1")
            try delete.bind(stretch.number, to: 1)
            try delete.run()
        }
        guard left.count > 0 else { return }
        let digest = try digest(left.bytes, below: stretch.container)
        var insert = try insertion()
        try add(left.bytes, count: left.count, digest, like: stretch, &insert)
    }

    /// A statement that adds a stretch which is not there, and answers its number.
    func insertion() throws(SQLiteError) -> Statement {
        try statement(
            """
            INSERT INTO stretches (source, kind, digest, container, count, first_run, run, first_seen, last_seen)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (source, kind, digest) DO NOTHING RETURNING stretch
            """)
    }

    /// Adds a stretch, unless it is there.
    func add(
        _ ids: [UInt8], count: Int, _ digest: [UInt8], like stretch: Stretch, _ insert: inout Statement
    ) throws(SQLiteError) {
        try insert.bind(digest, to: 3)
        try insert.bind(stretch.container, to: 4)
        let numbers = [Int64(count), stretch.firstRun, stretch.run, stretch.firstSeen, stretch.lastSeen]
        for (place, number) in numbers.enumerated() { try insert.bind(number, to: Int32(5 + place)) }
        guard try insert.step(), let number = insert.integer(0) else { return }
        try insert.run()
        var store = try database.statement("INSERT INTO stretch_ids (stretch, ids) VALUES (?1, ?2)")
        try store.bind(number, to: 1)
        try store.bind(ids, to: 2)
        try store.run()
    }

    /// What a stretch is known by: its ids in their order, and what they stand below.
    func digest(_ ids: [UInt8], below container: String?) throws(SQLiteError) -> [UInt8] {
        do throws(CryptoError) {
            var digest = try SHA256()
            try digest.update(container.map { "\($0.utf8.count) \($0)" } ?? "-")
            try digest.update(ids)
            return try digest.finish().bytes
        } catch {
            throw database.damage("its lists cannot be compared: \(error)")
        }
    }

    private func ids(_ row: borrowing Statement) throws(SQLiteError) -> IdList {
        guard let count = row.integer(1).flatMap({ Int(exactly: $0) }), let digest = row.bytes(2),
            let bytes = row.bytes(3), let ids = IdList(bytes: bytes, count: count),
            try self.digest(bytes, below: row.text(0)) == digest
        else { throw damaged() }
        return ids
    }

    private func damaged() -> SQLiteError {
        database.damage("a part of its list of \(kind) ids is not what was written")
    }

    func statement(_ sql: String) throws(SQLiteError) -> Statement {
        let statement = try database.statement(sql)
        try statement.bind(source, to: 1)
        try statement.bind(kind.name, to: 2)
        return statement
    }
}
