public import Chronology
public import Records
internal import SQLite

extension LedgerRun {
    /// What everything is worth that a ledger knows for scans that do not read everything again.
    public struct Basis: Sendable, Hashable {
        /// Under which documents and by which program it was found out: under others it means nothing.
        public var rules: String
        /// What was known beside the service of the records that are settled.
        public var registry: String
        /// The instant of the last run that read everything.
        public var full: Moment
        /// The instant of the last run.
        public var last: Moment
        /// Whether some decision needs all that could be left out.
        public var leans: Bool

        /// A basis of these parts.
        public init(rules: String, registry: String, full: Moment, last: Moment, leans: Bool) {
            self.rules = rules
            self.registry = registry
            self.full = full
            self.last = last
            self.leans = leans
        }
    }

    /// A container of which, with all that is in it, nothing can change a decision before an instant.
    public struct Settled: Sendable, Hashable {
        /// The id.
        public var id: String
        /// The instant.
        public var until: Moment
        /// What it counts for: a `SettledTally` as a line.
        public var tally: String
        /// The number of the run that read it; later runs have greater ones.
        public var run: Int64

        /// A container that this run found to be settled.
        public init(id: String, until: Moment, tally: String) {
            self.id = id
            self.until = until
            self.tally = tally
            run = 0
        }
    }

    /// When a settled container was active that uses or cites another record.
    public struct Mark: Sendable, Hashable {
        /// The container's id.
        public var container: String
        /// The other record's kind.
        public var kind: Kind
        /// Its id.
        public var id: String
        /// The instant.
        public var activity: Moment

        /// A container that was active at this instant.
        public init(container: String, kind: Kind, id: String, activity: Moment) {
            self.container = container
            self.kind = kind
            self.id = id
            self.activity = activity
        }
    }

    /// What is known of a source for scans that do not read everything; nil where everything must be read.
    public func basis(ofSource source: String) throws(LedgerError) -> Basis? {
        try ledger.reading { () throws(SQLiteError) in
            var query = try ledger.database.statement(
                "SELECT rules, registry, full, last, leans FROM bases WHERE source = ?1")
            try query.bind(try number(ofSource: source), to: 1)
            guard try query.step(), let rules = query.text(0), let registry = query.text(1),
                let full = query.integer(2), let last = query.integer(3)
            else { return nil }
            return Basis(
                rules: rules, registry: registry, full: Moment(microseconds: full), last: Moment(microseconds: last),
                leans: query.integer(4) != 0)
        }
    }

    /// The containers of a kind that are settled, whatever their instants, in the order of first sight.
    public func settled(_ kind: Kind, inSource source: String) throws(LedgerError) -> [Settled] {
        try ledger.reading { () throws(SQLiteError) in
            var query = try ledger.database.statement(
                """
                SELECT r.id, s.until, t.words, r.run
                FROM settled s JOIN records r ON r.record = s.record JOIN tallies t ON t.tally = s.tally
                WHERE r.source = ?1 AND r.kind = ?2 AND r.gone IS NULL ORDER BY s.record
                """)
            try query.bind(try number(ofSource: source), to: 1)
            try query.bind(kind.name, to: 2)
            var settled: [Settled] = []
            while try query.step() {
                guard let id = query.text(0), let until = query.integer(1), let tally = query.text(2) else { continue }
                var one = Settled(id: id, until: Moment(microseconds: until), tally: tally)
                one.run = query.integer(3) ?? 0
                settled.append(one)
            }
            return settled
        }
    }

    /// When the settled containers of a kind were active that use or cite other records.
    public func marks(_ kind: Kind, inSource source: String) throws(LedgerError) -> [Mark] {
        try ledger.reading { () throws(SQLiteError) in
            var query = try ledger.database.statement(
                """
                SELECT r.id, t.kind, t.id, m.activity
                FROM marks m JOIN records r ON r.record = m.record JOIN records t ON t.record = m.target
                WHERE r.source = ?1 AND r.kind = ?2 ORDER BY m.record, m.target
                """)
            try query.bind(try number(ofSource: source), to: 1)
            try query.bind(kind.name, to: 2)
            var marks: [Mark] = []
            while try query.step() {
                guard let container = query.text(0), let kind = query.text(1).flatMap({ Kind(named: $0) }),
                    let id = query.text(2), let activity = query.integer(3)
                else { continue }
                marks.append(
                    Mark(container: container, kind: kind, id: id, activity: Moment(microseconds: activity)))
            }
            return marks
        }
    }

    /// Forgets what this run makes untrue: all of a source where other rules gave it, else what this run has read anew.
    ///
    /// What is noted from here on is true by itself; without a basis nobody believes it.
    public func unsettle(inSource source: String, rules: String) throws(LedgerError) {
        let isSame = try basis(ofSource: source)?.rules == rules
        try writing { () throws(SQLiteError) in
            let all = "SELECT record FROM records WHERE source = ?1"
            let some = isSame ? "\(all) AND (run = ?2 OR gone IS NOT NULL)" : "\(all) AND ?2 > 0"
            var changes = ["settled", "marks"].map { "DELETE FROM \($0) WHERE record IN (\(some))" }
            if !isSame { changes.append("DELETE FROM bases WHERE source = ?1 AND ?2 > 0") }
            for sql in changes {
                var change = try ledger.database.statement(sql)
                try change.bind(try number(ofSource: source), to: 1)
                try change.bind(run, to: 2)
                try change.run()
            }
        }
    }

    /// Notes containers of a kind that are settled.
    public func settle(_ settled: [Settled], _ kind: Kind, inSource source: String) throws(LedgerError) {
        try writing { () throws(SQLiteError) in
            var tally = try ledger.database.statement("INSERT OR IGNORE INTO tallies (words) VALUES (?1)")
            var insert = try ledger.database.statement(
                """
                INSERT OR REPLACE INTO settled (record, until, tally)
                SELECT r.record, ?4, t.tally FROM records r, tallies t
                WHERE r.source = ?1 AND r.kind = ?2 AND r.id = ?3 AND t.words = ?5
                """)
            try insert.bind(try number(ofSource: source), to: 1)
            try insert.bind(kind.name, to: 2)
            for one in settled {
                try tally.bind(one.tally, to: 1)
                try tally.run()
                try insert.bind(one.id, to: 3)
                try insert.bind(one.until.microseconds, to: 4)
                try insert.bind(one.tally, to: 5)
                try insert.run()
            }
        }
    }

    /// Notes when settled containers of a kind were active that use or cite other records of the source.
    public func mark(_ marks: [Mark], _ kind: Kind, inSource source: String) throws(LedgerError) {
        try writing { () throws(SQLiteError) in
            var insert = try ledger.database.statement(
                """
                INSERT INTO marks (record, target, activity)
                SELECT r.record, t.record, ?6 FROM records r, records t
                WHERE r.source = ?1 AND r.kind = ?2 AND r.id = ?3 AND t.source = ?1 AND t.kind = ?4 AND t.id = ?5
                ON CONFLICT (record, target) DO UPDATE SET activity = max(activity, excluded.activity)
                """)
            try insert.bind(try number(ofSource: source), to: 1)
            try insert.bind(kind.name, to: 2)
            var numbers = try numbers(ofSource: number(ofSource: source))
            for mark in marks {
                // The other may be known from a list alone.
                _ = try numbers.number(of: mark.kind, mark.id)
                try insert.bind(mark.container, to: 3)
                try insert.bind(mark.kind.name, to: 4)
                try insert.bind(mark.id, to: 5)
                try insert.bind(mark.activity.microseconds, to: 6)
                try insert.run()
            }
        }
    }

    /// Says what all that is noted of a source is worth. From here on it is believed.
    public func settle(on basis: Basis, inSource source: String) throws(LedgerError) {
        try writing { () throws(SQLiteError) in
            var insert = try ledger.database.statement(
                "INSERT OR REPLACE INTO bases (source, rules, registry, full, last, leans) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
            )
            try insert.bind(try number(ofSource: source), to: 1)
            try insert.bind(basis.rules, to: 2)
            try insert.bind(basis.registry, to: 3)
            try insert.bind(basis.full.microseconds, to: 4)
            try insert.bind(basis.last.microseconds, to: 5)
            try insert.bind(basis.leans ? 1 : 0, to: 6)
            try insert.run()
            // Nobody has these any more.
            try ledger.database.execute("DELETE FROM tallies WHERE tally NOT IN (SELECT tally FROM settled)")
        }
    }
}
