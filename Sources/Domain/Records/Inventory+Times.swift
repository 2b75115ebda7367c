public import Chronology

/// The times of a record as its source gave them. Clocks that follow from other records are the evaluation's.
extension Inventory {
    /// When the record was created.
    public func created(_ row: Int) -> Interval {
        let facts = columns.facts[row]
        if facts.isConflicted { return Interval.everything }
        return rules.interval(facts.created, at: Moment(microseconds: columns.created[row]))
    }

    /// What the source said of the record's creation; implausible where two records of the id differ.
    public func createdFact(_ row: Int) -> TimeFact {
        let facts = columns.facts[row]
        return facts.isConflicted ? .implausible : facts.created
    }

    /// The newest event of the record itself, or nil where its kind tells of none but its creation.
    public func ownActivity(_ row: Int) -> Interval? {
        let facts = columns.facts[row]
        if facts.isConflicted { return Interval.everything }
        let newest = Moment(microseconds: columns.activity[row])
        switch facts.activity {
        case .absent: return nil
        case .point: return Interval(point: newest)
        case .missing, .future: return Interval(earliest: newest, latest: max(newest, rules.asOf))
        case .implausible: return Interval(earliest: newest, latest: .unbounded)
        }
    }

    /// When the provider will remove the record, or nil where it will not.
    public func expires(_ row: Int) -> Interval? {
        guard let time = columns.expires[row] else { return nil }
        return columns.facts[row].isConflicted
            ? Interval.everything : rules.interval(time.fact, at: Moment(microseconds: time.moment))
    }

    /// When the record was last modified, or nil where its kind does not tell.
    public func modified(_ row: Int) -> Interval? {
        guard let time = columns.modified[row] else { return nil }
        return columns.facts[row].isConflicted
            ? Interval.everything : rules.interval(time.fact, at: Moment(microseconds: time.moment))
    }

    /// Calls with every row that the provider will remove by itself, ascending, and with when it will.
    public func forEachExpiring(_ body: (_ row: Int, _ expires: Interval) -> Void) {
        let times = columns.expires
        for place in times.rows.indices {
            let row = Int(times.rows[place])
            let isConflicted = columns.facts[row].isConflicted
            body(
                row,
                isConflicted
                    ? .everything : rules.interval(times.facts[place], at: Moment(microseconds: times.moments[place])))
        }
    }
}
