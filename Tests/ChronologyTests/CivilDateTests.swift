import Chronology
import Testing

@Suite struct CivilDateTests {
    /// A calendar that can do one thing: go to the next day, by the rule that children learn.
    struct Almanac {
        var year: Int
        var month = 1
        var day = 1

        mutating func turn() {
            let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            day += 1
            if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(arguments: [(1, 420), (1560, 2420), (9980, 9999)])
    func `day numbers agree with an almanac that turns one page a day`(first: Int, last: Int) throws {
        var page = Almanac(year: first)
        var number = try #require(CivilDate(year: first, month: 1, day: 1)).daysSinceEpoch
        while page.year <= last {
            let date = CivilDate(year: page.year, month: page.month, day: page.day)
            guard let date, date.daysSinceEpoch == number else {
                Issue.record("\(page) should be day \(number)")
                return
            }
            let civil = Zone.utc.civil(at: Instant(seconds: Int64(number) * 86_400 + 86_399))
            guard civil.date == date, civil.hour == 23, civil.second == 59 else {
                Issue.record("day \(number) should be \(page)")
                return
            }
            page.turn()
            number += 1
        }
    }

    @Test(arguments: [
        ("1970-01-01", 0, 4, 1), ("1969-12-31", -1, 3, 365), ("2000-02-29", 11_016, 2, 60),
        ("2026-11-20", 20_777, 5, 324), ("0001-01-01", -719_162, 1, 1), ("9999-12-31", 2_932_896, 5, 365),
    ])
    func `known days have their number, weekday and place in the year`(
        text: String, number: Int, weekday: Int, dayOfYear: Int
    ) throws {
        let date = try CivilDate(text)
        #expect(date.daysSinceEpoch == number)
        #expect(date.dayOfWeek == weekday)
        #expect(date.dayOfYear == dayOfYear)
        #expect(date.description == text)
    }

    @Test(arguments: [
        "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "0000-01-01", "2026-1-1", "26-01-01",
        "2026-01-01 ", " 2026-01-01", "2026-01-01T00:00:00Z", "", "2026-01-٣١", "-001-01-01", "10000-01-01",
    ])
    func `what is no day of the calendar is refused, with the way to write one`(text: String) {
        let error = #expect(throws: ChronologyError.self) { try CivilDate(text) }
        #expect(error?.code == .malformedDate)
        #expect(error?.description.contains("2026-01-31") == true)
    }

    @Test func `a month later is the same day of the next month, or its last, as an almanac shows`() throws {
        var day = try CivilDate("2023-01-01")
        let end = try CivilDate("2029-01-01")
        let (month, one) = (try #require(Period(months: 1)), try #require(Period(days: 1)))
        var clamped = 0
        while day < end {
            let next = (year: day.month == 12 ? day.year + 1 : day.year, month: day.month % 12 + 1)
            var page = Almanac(year: day.year, month: day.month, day: day.day)
            while (page.year, page.month) != next { page.turn() }
            var last = page
            while page.month == next.month, page.day <= day.day {
                last = page
                page.turn()
            }
            if last.day < day.day { clamped += 1 }
            #expect(day.adding(month) == CivilDate(year: last.year, month: last.month, day: last.day))
            day = try #require(day.adding(one))
        }
        // Of six years: the 31st before five shorter months each, and 29 to 30 January, one of them less in two.
        #expect(clamped == 6 * 5 + 6 * 2 - 2)
    }

    @Test func `days know nothing of hours, and end with the year 9999`() throws {
        let day = try CivilDate("2026-01-31")
        #expect(day.adding(try #require(Period(seconds: 3600))) == nil)
        #expect(day.adding(.zero) == day)
        #expect(try CivilDate("9999-12-31").adding(try #require(Period(days: 1))) == nil)
        #expect(day.adding(try #require(Period(years: 9999))) == nil)
    }
}
