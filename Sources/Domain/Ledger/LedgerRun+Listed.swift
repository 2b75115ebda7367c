public import Records
internal import SQLite

extension LedgerRun {
    /// What a list has, or some of it, in the list's order.
    public struct Listing: Sendable {
        /// The kind of what is in the list.
        public var kind: Kind
        /// The id of what the list stands below; nil at the top.
        public var container: String?
        /// The ids.
        public var ids: IdList

        /// What a list has.
        public init(kind: Kind, container: String?, ids: IdList = IdList()) {
            self.kind = kind
            self.container = container
            self.ids = ids
        }
    }

    /// Notes what a source has, list by list. A list that is as it was costs next to nothing.
    ///
    /// A list that is handed over in one piece is recognised in one piece; what is handed over is kept whole or not at
    /// all.
    public func saw(_ listings: [Listing], inSource source: String) throws(LedgerError) {
        try writing { () throws(SQLiteError) in
            let source = try number(ofSource: source)
            var again = try ledger.database.statement(
                """
                UPDATE stretches SET run = ?4, first_seen = min(first_seen, ?5), last_seen = max(last_seen, ?5)
                WHERE source = ?1 AND kind = ?2 AND digest = ?3 RETURNING stretch
                """)
            try again.bind(source, to: 1)
            try again.bind(run, to: 4)
            try again.bind(asOf, to: 5)
            for listing in listings {
                let table = StretchTable(database: ledger.database, source: source, kind: listing.kind)
                try again.bind(listing.kind.name, to: 2)
                for piece in listing.ids.pieces() {
                    let ids = listing.ids.bytes(of: piece)
                    let digest = try table.digest(ids, below: listing.container)
                    try again.bind(digest, to: 3)
                    let isKnown = try again.step()
                    if isKnown {
                        try again.run()
                    } else {
                        try add(ids, count: piece.count, of: listing, digest, to: table)
                    }
                }
            }
        }
    }

    /// Adds a stretch that was not there before, or not as it is.
    private func add(
        _ ids: [UInt8], count: Int, of listing: Listing, _ digest: [UInt8], to table: StretchTable
    ) throws(SQLiteError) {
        let new = Stretch(
            number: 0, container: listing.container, count: count, firstRun: run, run: run, firstSeen: asOf,
            lastSeen: asOf)
        var insert = try table.insertion()
        try table.add(ids, count: count, digest, like: new, &insert)
        guard try isLoose(table), let ids = IdList(bytes: ids, count: count) else { return }
        // From now on the stretch speaks for what was a record by itself, or was gone.
        var update = try table.statement(
            """
            UPDATE records SET listed = 1, container = ?4, run = ?5, gone = NULL, \(LedgerSchema.forgetsDeletion),
                first_seen = min(first_seen, ?6), last_seen = max(last_seen, ?6)
            WHERE source = ?1 AND kind = ?2 AND id = ?3 AND (listed = 0 OR gone IS NOT NULL)
            """)
        try update.bind(listing.container, to: 4)
        try update.bind(run, to: 5)
        try update.bind(asOf, to: 6)
        try ids.forEach { (id) throws(SQLiteError) in
            try update.bind(id.text, to: 3)
            try update.run()
        }
    }

    /// Whether there are records of this kind that no stretch speaks for.
    private func isLoose(_ table: StretchTable) throws(SQLiteError) -> Bool {
        if let known = looseness[table.source]?[table.kind] { return known }
        var query = try table.statement(
            "SELECT 1 FROM records WHERE source = ?1 AND kind = ?2 AND (listed = 0 OR gone IS NOT NULL) LIMIT 1")
        let isLoose = try query.step()
        looseness[table.source, default: [:]][table.kind] = isLoose
        return isLoose
    }

    /// What this run saw in a list, and no longer said of, nothing obliges to keep.
    func forgetDutiesOfListed() throws(SQLiteError) {
        var last: Int64 = 0
        while true {
            var query = try ledger.database.statement(
                """
                SELECT r.record, r.source, r.kind, r.id FROM records r
                WHERE r.record > ?2 AND r.listed = 1 AND r.run <> ?1 AND r.gone IS NULL
                    AND EXISTS (SELECT 1 FROM duties d WHERE d.record = r.record AND d.run <> ?1)
                ORDER BY r.record LIMIT \(SoughtIds.most)
                """)
            try query.bind(run, to: 1)
            try query.bind(last, to: 2)
            var records: [Named] = []
            while try query.step() {
                guard let number = query.integer(0), let source = query.integer(1), let name = query.text(2),
                    let id = query.text(3)
                else { throw ledger.database.damage("a record has no name") }
                last = number
                guard let kind = Kind(named: name) else { continue }
                records.append(Named(number: number, source: source, kind: kind, id: id))
            }
            guard last > 0, !records.isEmpty else { return }
            try forgetDuties(ofSeen: records)
        }
    }

    private struct Named {
        let number: Int64
        let source: Int64
        let kind: Kind
        let id: String
    }

    private func forgetDuties(ofSeen records: [Named]) throws(SQLiteError) {
        var forget = try ledger.database.statement(
            """
            DELETE FROM duties WHERE record = ?1 AND run <> ?2
                AND NOT EXISTS (SELECT 1 FROM runs w WHERE w.run = duties.run AND w.as_of > ?3)
            """)
        try forget.bind(run, to: 2)
        try forget.bind(asOf, to: 3)
        for (source, records) in Dictionary(grouping: records, by: \.source) {
            for (kind, records) in Dictionary(grouping: records, by: \.kind) {
                var sought = SoughtIds()
                for record in records { sought.seek(record.id.utf8.span) }
                try StretchTable(database: ledger.database, source: source, kind: kind).meet(&sought, seenIn: run)
                for record in records where sought.hasMet(record.id.utf8.span) {
                    try forget.bind(record.number, to: 1)
                    try forget.run()
                }
            }
        }
    }
}

extension Span<UInt8> {
    /// The text of an id.
    var text: String { withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
}
