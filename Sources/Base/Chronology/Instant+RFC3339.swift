extension Instant: CustomStringConvertible {
    /// Parses RFC 3339, such as `2026-11-20T09:30:00.5+01:00`.
    ///
    /// The offset is required, for a time without one is not an instant. The second 60 is the one after 59, so a leap
    /// second becomes the next second. Digits beyond the nanosecond are dropped.
    public init(rfc3339 text: String) throws(ChronologyError) {
        guard let fields = Fields(text) else {
            throw ChronologyError(
                code: .malformedInstant, text: text, reason: "is not an RFC 3339 time",
                hint: "write it with its offset: 2026-11-20T00:00:00Z or 2026-11-20T01:00:00+01:00")
        }
        let instant = fields.instant
        guard instant >= .minimum, instant <= .maximum else {
            throw ChronologyError(
                code: .instantOutOfRange, text: text, reason: "is outside the years 1 to 9999 in UTC",
                hint: "leave an open end out instead")
        }
        self = instant
    }

    /// The instant in UTC, with as many digits of a fraction as it has: `2026-11-20T08:30:00.5Z`.
    public var rfc3339: String {
        var text: [UInt8] = []
        text.reserveCapacity(30)
        text.append(rfc3339: self)
        return String(decoding: text, as: UTF8.self)
    }

    /// The instant in UTC, as RFC 3339 writes it.
    public var description: String { rfc3339 }
}

extension [UInt8] {
    /// Appends the instant in UTC, as `Instant.rfc3339` has it.
    public mutating func append(rfc3339 instant: Instant) {
        let civil = CivilDateTime(localSeconds: instant.seconds, nanosecond: instant.nanoseconds)
        if (0...9999).contains(civil.date.year) {
            append(civil.date.year, digits: 4, before: "-")
            append(civil.date.month, digits: 2, before: "-")
            append(civil.date.day, digits: 2, before: "T")
        } else {
            append(contentsOf: "\(civil.date)T".utf8)
        }
        append(civil.hour, digits: 2, before: ":")
        append(civil.minute, digits: 2, before: ":")
        append(civil.second, digits: 2, before: instant.nanoseconds == 0 ? "Z" : ".")
        guard instant.nanoseconds != 0 else { return }
        append(Int(instant.nanoseconds), digits: 9, before: "0")
        while last == UInt8(ascii: "0") { removeLast() }
        append(UInt8(ascii: "Z"))
    }

    /// Appends the number with leading zeros, and a character after it.
    fileprivate mutating func append(_ number: Int, digits: Int, before end: Unicode.Scalar) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            divisor /= 10
        }
        append(UInt8(ascii: end))
    }
}

/// The fields of an RFC 3339 time, each within its range.
private struct Fields {
    var date: CivilDate
    var secondOfDay: Int64
    var nanoseconds: Int32
    var offset: Int64

    init?(_ text: String) {
        var scanner = Scanner(text)
        guard let year = scanner.digits(4), scanner.skip("-"), let month = scanner.digits(2), scanner.skip("-"),
            let day = scanner.digits(2), let date = CivilDate(year: year, month: month, day: day),
            scanner.skip("T") || scanner.skip("t"),
            let hour = scanner.digits(2), hour <= 23, scanner.skip(":"),
            let minute = scanner.digits(2), minute <= 59, scanner.skip(":"),
            let second = scanner.digits(2), second <= 60,
            let nanoseconds = Fields.fraction(&scanner), let offset = Fields.offset(&scanner), scanner.isAtEnd
        else { return nil }
        self.date = date
        secondOfDay = Int64(hour * 3600 + minute * 60 + second)
        self.nanoseconds = nanoseconds
        self.offset = offset
    }

    var instant: Instant {
        Instant(seconds: Int64(date.daysSinceEpoch) * secondsPerDay + secondOfDay - offset, nanoseconds: nanoseconds)
    }

    private static func fraction(_ scanner: inout Scanner) -> Int32? {
        guard scanner.skip(".") else { return 0 }
        let digits = scanner.digits().prefix(9)
        guard !digits.isEmpty else { return nil }
        let value = digits.reduce(Int32(0)) { $0 * 10 + Int32($1 - UInt8(ascii: "0")) }
        return (digits.count..<9).reduce(value) { scaled, _ in scaled * 10 }
    }

    private static func offset(_ scanner: inout Scanner) -> Int64? {
        if scanner.skip("Z") || scanner.skip("z") { return 0 }
        return scanner.offset().map(Int64.init)
    }
}

extension Scanner {
    /// `+05:30` in seconds east of Greenwich.
    mutating func offset() -> Int? {
        let sign = skip("+") ? 1 : skip("-") ? -1 : 0
        guard sign != 0, let hours = digits(2), hours <= 23, skip(":"), let minutes = digits(2), minutes <= 59
        else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}
