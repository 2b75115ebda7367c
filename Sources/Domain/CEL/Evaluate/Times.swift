internal import Chronology

/// Times and lengths of time.
enum Times {
    static let tooLong = CELResult.failure(CELError(.outOfRange, "the duration does not fit in 64 bits of nanoseconds"))
    private static let outside = CELResult.failure(CELError(.outOfRange, "the time is outside the years 1 to 9999"))
    private static let billion: Int64 = 1_000_000_000

    static func timestamp(seconds: Int64) -> CELResult {
        guard seconds >= Instant.minimum.seconds, seconds <= Instant.maximum.seconds else { return outside }
        return .success(.timestamp(Instant(seconds: seconds)))
    }

    static func moved(_ time: Instant, by length: CELDuration) -> CELResult {
        moved(time, seconds: length.nanoseconds / billion, nanoseconds: length.nanoseconds % billion)
    }

    static func moved(_ time: Instant, back length: CELDuration) -> CELResult {
        moved(time, seconds: -(length.nanoseconds / billion), nanoseconds: -(length.nanoseconds % billion))
    }

    private static func moved(_ time: Instant, seconds: Int64, nanoseconds: Int64) -> CELResult {
        let (sum, overflow) = time.seconds.addingReportingOverflow(seconds)
        guard !overflow else { return outside }
        let moved = Instant(seconds: sum, nanoseconds: time.nanoseconds + Int32(nanoseconds))
        return moved < .minimum || moved > .maximum ? outside : .success(.timestamp(moved))
    }

    static func difference(_ left: Instant, _ right: Instant) -> CELResult {
        let (seconds, first) = left.seconds.subtractingReportingOverflow(right.seconds)
        let (whole, second) = seconds.multipliedReportingOverflow(by: billion)
        let (sum, third) = whole.addingReportingOverflow(Int64(left.nanoseconds) - Int64(right.nanoseconds))
        return first || second || third ? tooLong : .success(.duration(CELDuration(nanoseconds: sum)))
    }

    /// A part of a time in a zone, or of a duration in all: the minutes of two hours are 120.
    static func part(_ part: TimePart, of value: CELValue, in zone: ClockZone?) -> CELResult {
        switch value {
        case .timestamp(let time): return .success(.int(Int64(calendarPart(part, of: time, in: zone ?? .utc))))
        case .duration(let length) where zone == nil:
            guard let number = durationPart(part, of: length) else { return .mismatch(part.rawValue, value) }
            return .success(.int(number))
        default: return .mismatch(part.rawValue, value)
        }
    }

    private static func calendarPart(_ part: TimePart, of time: Instant, in zone: ClockZone) -> Int {
        let local = zone.zone.civil(at: time)
        switch part {
        case .getFullYear: return local.date.year
        case .getMonth: return local.date.month - 1
        case .getDate: return local.date.day
        case .getDayOfMonth: return local.date.day - 1
        case .getDayOfWeek:
            // 1970-01-01 was a Thursday, the fourth day after Sunday.
            let day = (local.date.daysSinceEpoch + 4) % 7
            return day < 0 ? day + 7 : day
        case .getDayOfYear:
            let newYear = CivilDate(year: local.date.year, month: 1, day: 1)?.daysSinceEpoch
            return newYear.map { local.date.daysSinceEpoch - $0 } ?? 0
        case .getHours: return local.hour
        case .getMinutes: return local.minute
        case .getSeconds: return local.second
        case .getMilliseconds: return local.nanosecond / 1_000_000
        }
    }

    private static func durationPart(_ part: TimePart, of length: CELDuration) -> Int64? {
        switch part {
        case .getHours: length.nanoseconds / (3600 * billion)
        case .getMinutes: length.nanoseconds / (60 * billion)
        case .getSeconds: length.nanoseconds / billion
        case .getMilliseconds: length.nanoseconds % billion / 1_000_000
        default: nil
        }
    }
}
