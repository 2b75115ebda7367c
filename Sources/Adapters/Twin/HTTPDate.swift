internal import Chronology

/// A time as the header `Date` has it: `Fri, 20 Nov 2026 00:00:00 GMT`.
enum HTTPDate {
    private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The text; of a time that no calendar has that of the nearest one that it has.
    ///
    /// - Source: RFC 9110, section 5.6.7.
    static func text(_ instant: Instant) -> String {
        let seconds = min(max(instant.seconds, Instant.minimum.seconds), Instant.maximum.seconds)
        let text = Instant(seconds: seconds).rfc3339
        guard let date = try? CivilDate(String(text.prefix(10))) else { return "" }
        let day = text.dropFirst(8).prefix(2)
        return "\(days[date.dayOfWeek]), \(day) \(months[date.month - 1]) \(text.prefix(4)) "
            + "\(text.dropFirst(11).prefix(8)) GMT"
    }
}
