/// A time that lies too far in the future to be believed at the as-of instant, and will be believed at a later one.
///
/// It costs 24 bytes, and only estates with wrong clocks have any.
struct LaterTime: Sendable {
    /// Which clock of the record it is.
    enum Field: UInt8, Sendable {
        case created, activity, modified
    }

    let field: Field
    let microseconds: Int64
    var row: UInt32 = 0
    /// What the record's activity comes to without such times.
    var settledActivity = TimeFact.absent
}

extension Columns {
    /// Reads once more the times that were not believed, by the rules of a later instant.
    mutating func read(_ times: [LaterTime], by rules: TimeRules) {
        for time in times where time.field == .activity { facts[Int(time.row)].activity = time.settledActivity }
        for time in times {
            let row = Int(time.row)
            let fact = rules.fact(microseconds: time.microseconds)
            switch time.field {
            case .created:
                facts[row].created = fact
                if fact == .point { created[row] = time.microseconds }
            case .activity:
                facts[row].activity = facts[row].activity.joined(with: fact)
                if fact == .point { activity[row] = max(activity[row], time.microseconds) }
            case .modified:
                if fact == .point { modified.set(row, moment: time.microseconds, fact: fact) }
            }
        }
    }
}
