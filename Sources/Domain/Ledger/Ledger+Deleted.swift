public import Chronology
public import Records
internal import SQLite

extension Ledger {
    /// Notes that we deleted records of a source, so that nobody calls them lost. It is no run: nothing was seen.
    ///
    /// What the ledger knows nothing of is passed over. What was settled of them is so no more: nobody leaves unread what is
    /// not there.
    public func deleted(
        _ records: [(kind: Kind, id: String)], inSource source: String, at instant: Moment
    ) throws(LedgerError) {
        try writing { () throws(SQLiteError) in
            guard let source = try number(ofSource: source) else { return }
            // No run has this number.
            var numbers = try RecordNumbers(database, source: source, run: 0, asOf: instant.microseconds)
            var update = try database.statement("UPDATE records SET deleted = ?2 WHERE record = ?1 AND deleted IS NULL")
            try update.bind(instant.microseconds, to: 2)
            var unsettle = try database.statement("DELETE FROM settled WHERE record = ?1")
            var unmark = try database.statement("DELETE FROM marks WHERE record = ?1")
            for record in records {
                guard let number = try numbers.number(of: record.kind, record.id, isSeen: false) else { continue }
                try update.bind(number, to: 1)
                try update.run()
                try unsettle.bind(number, to: 1)
                try unsettle.run()
                try unmark.bind(number, to: 1)
                try unmark.run()
            }
        }
    }
}
