/// What a policy must find in a record.
enum State: Int, CaseIterable {
    case error, overdue, denied, undetermined, due, excepted, inUse, keptPastMax, kept, allowed

    var name: String {
        switch self {
        case .error: "error"
        case .overdue: "overdue"
        case .denied: "denied"
        case .undetermined: "undetermined"
        case .due: "due"
        case .excepted: "excepted"
        case .inUse: "in-use"
        case .keptPastMax: "kept-past-max"
        case .kept: "kept"
        case .allowed: "allowed"
        }
    }

    /// Whether a report names it.
    var isNotable: Bool { self != .kept && self != .allowed }

    /// Whether its time has come.
    var isDue: Bool { self == .due || self == .overdue }

    /// The state under a rule whose clock stands at one instant.
    ///
    /// - Parameter kept: the instant before which the record must exist; `Int64.min` where nothing obliges.
    static func of(
        _ rule: Rule, clock: Int64, kept: Int64, asOf: Int64, excepted: Bool = false, inUse: Bool = false
    ) -> State {
        let deleteAt = clock + rule.keep
        if asOf < kept { return asOf < deleteAt ? .kept : .keptPastMax }
        if asOf < deleteAt { return .allowed }
        if excepted { return .excepted }
        if inUse { return .inUse }
        return asOf < max(deleteAt, kept) + rule.tolerance ? .due : .overdue
    }
}
