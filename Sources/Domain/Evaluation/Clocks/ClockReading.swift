/// What a policy's clock shows for one record.
enum ClockReading: Sendable, Hashable {
    case time(Ends)
    /// Its event has not happened.
    case notBegun
    /// Its expression failed, and how.
    case failed(Failure)
}

/// Why a pair of policy and record is an error.
enum Failure: UInt8, Sendable, Hashable {
    case noTimestamp, clockFailed, pastYear9999, undecidedMatch

    /// The reason, for people.
    var reason: String {
        switch self {
        case .noTimestamp: "the clock's expression gives no timestamp"
        case .clockFailed: "the clock's expression failed on it"
        case .pastYear9999: "its limit is past the year 9999"
        case .undecidedMatch: "whether the policy speaks of it cannot be decided"
        }
    }
}
