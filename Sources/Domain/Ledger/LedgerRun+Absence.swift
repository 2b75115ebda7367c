public import Records
internal import SQLite

extension LedgerRun {
    /// What the reading of one family of a source's surfaces says of records that it did not see.
    ///
    /// Families live and die together, and a credential of another account sees lists that are whole and hold nothing
    /// that is known. So absence is evidence only where something of the family that was known before was seen again.
    public struct Absence: Sendable {
        /// The kinds of the family.
        public var kinds: KindSet
        /// The kinds that one list holds, which was read to its end.
        public var listed: KindSet = []
        /// Kinds that stand below another, each with that one, where every list below what was seen was read to its
        /// end; from the top down.
        public var nested: [(kind: Kind, container: Kind)] = []
        /// Ids that the service was asked for, and does not have.
        public var answered: [(kind: Kind, id: String)] = []
        /// Whether a canary was seen, so that nothing else need be.
        public var isProven = false

        /// A family of which nothing is known to be absent.
        public init(kinds: KindSet) { self.kinds = kinds }
    }

    /// What came of it.
    public struct Judgement: Sendable, Equatable {
        /// How many records are gone now that were not before.
        public var gone = 0
        /// How many are absent, must be kept, and cannot be called gone, for nothing that was known was seen again.
        public var unproven = 0
    }

    /// Notes which records are gone.
    public func judge(_ absence: Absence, inSource source: String) throws(LedgerError) -> Judgement {
        try writing { () throws(SQLiteError) in
            let isKnown = try sawAgain(absence.kinds, source)
            let isProven = absence.isProven || isKnown
            var judgement = Judgement()
            try judge(absence.answered, source, isProven, &judgement)
            for kind in absence.listed.kinds {
                try judge("run <> ?3 AND gone IS NULL", kind, source, isProven, &judgement)
            }
            for (kind, container) in absence.nested {
                let isBelowWhatIsDecided = """
                    run <> ?3 AND gone IS NULL AND EXISTS (
                        SELECT 1 FROM records c WHERE c.source = ?1 AND c.kind = '\(container.name)'
                            AND c.id = records.container AND (c.run = ?3 OR c.gone IS NOT NULL))
                    """
                try judge(isBelowWhatIsDecided, kind, source, isProven, &judgement)
            }
            return judgement
        }
    }

    /// Whether something was seen in this run that was known before.
    private func sawAgain(_ kinds: KindSet, _ source: String) throws(SQLiteError) -> Bool {
        for kind in kinds.kinds {
            var query = try statement(
                """
                SELECT 1 FROM records WHERE source = ?1 AND kind = ?2 AND run = ?3 AND first_run < ?3 AND ?4 IS NOT NULL
                LIMIT 1
                """,
                source: source, kind: kind)
            if try query.step() { return true }
        }
        return false
    }

    private func judge(
        _ answered: [(kind: Kind, id: String)], _ source: String, _ isProven: Bool, _ judgement: inout Judgement
    ) throws(SQLiteError) {
        for (kind, ids) in Dictionary(grouping: answered, by: \.kind).sorted(by: { $0.key < $1.key }) {
            for (_, id) in ids {
                try judge("id = ?5 AND gone IS NULL AND run <> ?3", kind, source, isProven, &judgement, id: id)
            }
        }
    }

    private func judge(
        _ condition: String, _ kind: Kind, _ source: String, _ isProven: Bool, _ judgement: inout Judgement,
        id: String? = nil
    ) throws(SQLiteError) {
        let rows = "records WHERE source = ?1 AND kind = ?2 AND \(condition)"
        let sql =
            isProven
            ? "UPDATE records SET gone = ?4 WHERE record IN (SELECT record FROM \(rows)) RETURNING 1"
            : """
            SELECT 1 FROM \(rows) AND deleted IS NULL AND EXISTS (
                SELECT 1 FROM duties WHERE duties.record = records.record AND (until IS NULL OR until > ?4))
            """
        var statement = try statement(sql, source: source, kind: kind)
        if let id { try statement.bind(id, to: 5) }
        var count = 0
        while try statement.step() { count += 1 }
        if isProven { judgement.gone += count } else { judgement.unproven += count }
    }
}
