/// What a wall clock and a calendar show in some zone.
public struct CivilDateTime: Hashable, Sendable {
    /// The day.
    public let date: CivilDate
    /// 0 to 23.
    public let hour: Int
    /// 0 to 59.
    public let minute: Int
    /// 0 to 59.
    public let second: Int
    /// 0 to 999,999,999.
    public let nanosecond: Int

    /// What a clock shows that counts seconds from 1970 in its own zone.
    init(localSeconds: Int64, nanosecond: Int32) {
        let days = localSeconds.flooredQuotient(by: secondsPerDay)
        let ofDay = Int(localSeconds.flooredRemainder(by: secondsPerDay))
        date = CivilDate(daysSinceEpoch: Int(days))
        hour = ofDay / 3600
        minute = ofDay / 60 % 60
        second = ofDay % 60
        self.nanosecond = Int(nanosecond)
    }
}
