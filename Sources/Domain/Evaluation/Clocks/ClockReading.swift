/// What a policy's clock shows for one record.
enum ClockReading: Sendable, Hashable {
    case time(Ends)
    /// Its event has not happened.
    case notBegun
    /// Its expression failed, and why.
    case failed(String)
}
