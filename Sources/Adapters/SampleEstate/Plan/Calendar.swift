/// The generator's own arithmetic of days and years. It shares nothing with what it is there to test.
enum Calendar {
    static let day: Int64 = 86_400

    /// Midnight UTC of a day of the proleptic Gregorian calendar, in seconds since 1970.
    static func midnight(year: Int64, month: Int64, day: Int64) -> Int64 {
        // Years begin in March, so that the leap day is the last of its year.
        let shifted = month > 2 ? year : year - 1
        let months = (month + 9) % 12
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * months + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era * 146_097 + dayOfEra - 719_468) * Calendar.day
    }

    /// The year, month and day of an instant in UTC.
    static func date(of time: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let days = (time >= 0 ? time : time - (day - 1)) / day + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let dayOfEra = days - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let months = (5 * dayOfYear + 2) / 153
        let month = months < 10 ? months + 3 : months - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * months + 2) / 5 + 1)
    }

    /// The same day and time of day so many years on; 29 February becomes 28 where there is none.
    static func adding(years: Int64, to time: Int64) -> Int64 {
        let from = date(of: time)
        let year = from.year + years
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let target = from.month == 2 && from.day == 29 && !isLeap ? 28 : from.day
        let timeOfDay = time - midnight(year: from.year, month: from.month, day: from.day)
        return midnight(year: year, month: from.month, day: target) + timeOfDay
    }
}
