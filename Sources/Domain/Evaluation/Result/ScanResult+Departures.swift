public import Chronology
internal import Records

/// What a plan needs to know of a run: who goes, what holds together, and what stops the others.
extension ScanResult {
    /// The rows of all records that go, ascending: they may, or something that contains them may.
    public func departures() -> [Int] {
        var goes = marks.mayGo
        ContainmentFlow(facts: assessment.facts, isLayered: assessment.isLayered).down(&goes)
        return goes.rows
    }

    /// The rows of the records that directly contain a record.
    public func containers(of row: Int) -> [Int] { assessment.facts.relations.containers(of: row) }

    /// The rows of the records that a record directly contains.
    public func parts(of row: Int) -> [Int] { assessment.facts.relations.parts(of: row) }

    /// The rows of the records that a record directly uses.
    public func used(by row: Int) -> [Int] { assessment.facts.relations.used(by: row) }

    /// The rows of the records that directly use a record.
    public func users(of row: Int) -> [Int] { assessment.facts.relations.users(of: row) }

    /// When somebody last did something with a record, or with what it consists of; messages of users and assistants
    /// count.
    public func lastActivity(_ row: Int) -> Interval {
        assessment.facts.lastActivity(counts: RecordFacts.defaultCounts)[row].interval
    }

    /// Until when the record must exist at least: the late end of K; nil where nothing obliges.
    public func keepUntil(_ row: Int) -> Moment? {
        let end = assessment.keep(row).late
        return end == Ends.open ? nil : Moment(microseconds: end)
    }

    /// Whether something protects a record: an obligation, a matter, or a verdict that forbids its deletion. What is
    /// protected is not touched, not even where another record could go then.
    public func isProtected(_ row: Int) -> Bool {
        marks.isBlocked[row] || assessment.matters(row) != 0 || assessment.keep(row).late > assessment.rules.asOf
    }

    /// Whether a matter keeps a record: one of its own, of what needs it, or of what it contains.
    public func isHeld(_ row: Int) -> Bool { assessment.matters(row) != 0 }

    /// What stops the deletion of a record; empty where nothing does.
    public func obstacles(_ row: Int) -> [Explanation.Blocker] {
        Blockers(result: self, phrases: phrases(nil)).list(row)
    }
}
