import Chronology
import Testing

@testable import Disposition

/// The dates are worked out by hand from the texts of the laws and a calendar on the wall.
@Suite struct DueDateTests {
    private func day(_ text: String) throws -> CivilDate { try CivilDate(text) }

    private func holidays(_ days: String...) throws -> WorkingDays { WorkingDays(holidays: Set(try days.map(day))) }

    @Test(arguments: [
        ("2026-09-09", "2026-10-09", "2026-12-09"),
        // 3 October is a Saturday; 3 December is a Thursday.
        ("2026-09-03", "2026-10-05", "2026-12-03"),
        // February has no 31st, and its last is a Saturday; 30 April is a Thursday.
        ("2026-01-31", "2026-03-02", "2026-04-30"),
        ("2024-01-31", "2024-02-29", "2024-04-30"),
        ("2026-11-30", "2026-12-30", "2027-03-01"),
        // Never chained: two months from Monday, 1 February would be 1 April.
        ("2026-12-31", "2027-02-01", "2027-03-31"),
    ])
    func `a month ends with the day of the same number, or the month's last, and never on a weekend`(
        received: String, answer: String, extended: String
    ) throws {
        for regulation in [Regulation.gdpr, .ukGDPR] {
            let due = try #require(DueDates(regulation, received: try day(received), workingDays: .weekdays))
            #expect(due.answer.day == (try day(answer)))
            #expect(due.extended.day == (try day(extended)))
            #expect(due.confirm == nil)
        }
    }

    @Test func `holidays from a list move a day on like weekends`() throws {
        let british = try holidays("2026-12-25", "2026-12-28", "2027-01-01")
        let due = try #require(DueDates(.ukGDPR, received: try day("2026-11-25"), workingDays: british))
        #expect(due.answer.day == (try day("2026-12-29")))
        #expect(
            due.answer.rule == "1 month after 2026-11-25 is 2026-12-25, a holiday, so the next working day, 2026-12-29"
                + "; UK GDPR Articles 12(3) and 12A; Regulation (EEC, Euratom) No 1182/71, Article 3")
    }

    @Test func `the rule says where the month ran out of days`() throws {
        let due = try #require(DueDates(.gdpr, received: try day("2026-01-31"), workingDays: .weekdays))
        #expect(
            due.answer.rule == "1 month after 2026-01-31 is 2026-02-28 (the month has no day 31, so its last), a "
                + "Saturday, so the next working day, 2026-03-02; GDPR Article 12(3); "
                + "Regulation (EEC, Euratom) No 1182/71, Article 3")
    }

    @Test func `California counts calendar days to answer, and working days to confirm`() throws {
        let received = try day("2026-11-21")
        let due = try #require(DueDates(.ccpa, received: received, workingDays: .weekdays))
        #expect(due.confirm?.day == (try day("2026-12-04")))
        #expect(due.answer.day == (try day("2027-01-05")))
        #expect(due.extended.day == (try day("2027-02-19")))
        let thanksgiving = try holidays("2026-11-26", "2026-11-27")
        #expect(
            DueDates(.ccpa, received: received, workingDays: thanksgiving)?.confirm?.day == (try day("2026-12-08")))
        // 45 days after 1 October is Sunday, 15 November, and stays there.
        let sunday = try #require(DueDates(.ccpa, received: try day("2026-10-01"), workingDays: .weekdays))
        #expect(sunday.answer.day == (try day("2026-11-15")))
        #expect(sunday.answer.day.dayOfWeek == 0)
    }

    @Test(arguments: [
        (Regulation.gdpr, "2018-05-24", nil as String?), (.gdpr, "2018-05-25", "GDPR Article 12(3)"),
        (.ukGDPR, "2026-02-04", "UK GDPR Article 12(3)"), (.ukGDPR, "2026-02-05", "UK GDPR Articles 12(3) and 12A"),
        (.ccpa, "2019-12-31", nil), (.ccpa, "2020-01-01", "Civil Code § 1798.130(a)(2)(A)"),
        (.ccpa, "2020-08-14", "Civil Code § 1798.130(a)(2)(A); 11 CCR § 999.313"),
        (.ccpa, "2023-03-29", "Civil Code § 1798.130(a)(2)(A); 11 CCR § 7021"),
    ])
    func `the edition is the one that held on the day of receipt`(
        regulation: Regulation, received: String, source: String?
    ) throws {
        #expect(regulation.edition(on: try day(received))?.source == source)
        let due = DueDates(regulation, received: try day(received), workingDays: .weekdays)
        #expect((due == nil) == (source == nil))
    }

    @Test func `a shorter limit of one's own is the earlier day, and a longer one changes nothing`() throws {
        let received = try day("2026-09-03")
        let cautious = try #require(
            DueDates(.gdpr, received: received, workingDays: .weekdays, ownLimit: Period(days: 28)))
        #expect(cautious.answer.day == (try day("2026-10-01")))
        #expect(cautious.answer.rule.hasPrefix("P28D after 2026-09-03, as the request's own limit; the law's is later"))
        #expect(cautious.extended.day == (try day("2026-12-03")))
        let lax = DueDates(.gdpr, received: received, workingDays: .weekdays, ownLimit: Period(days: 60))
        #expect(lax == DueDates(.gdpr, received: received, workingDays: .weekdays))
    }

    @Test func `a day that no calendar has ends in no date, and in no trap`() throws {
        #expect(DueDates(.gdpr, received: try day("9999-12-31"), workingDays: .weekdays) == nil)
        #expect(DueDates(.ccpa, received: try day("9999-12-01"), workingDays: .weekdays) == nil)
    }
}

@Suite struct WorkingDaysTests {
    @Test func `holidays are read a day a line, with what they are behind a #`() throws {
        let text = "# England and Wales\r\n\r\n2026-12-25  # Christmas\n  2026-12-28\n"
        let days = try WorkingDays(Array(text.utf8), path: "holidays.txt")
        #expect(days.holidays == [try CivilDate("2026-12-25"), try CivilDate("2026-12-28")])
        #expect(days.rest(on: try CivilDate("2026-12-28")) == .holiday)
        #expect(days.rest(on: try CivilDate("2026-12-26")) == .saturday)
        #expect(days.rest(on: try CivilDate("2026-12-29")) == nil)
    }

    @Test func `every line that is no day is told with its place, and none is quoted`() throws {
        let text = "2026-12-25\n  2026-02-30 # no such day\nanna@example.org\n"
        let error = #expect(throws: RequestError.self) { try WorkingDays(Array(text.utf8), path: "h.txt") }
        #expect(
            error?.description == """
                h.txt:2:3: this is no day of the calendar; write one holiday a line, as 2026-12-25, and what it is behind a #
                h.txt:3:1: this is no day of the calendar; write one holiday a line, as 2026-12-25, and what it is behind a #
                """)
    }

    @Test func `a file that cannot be read is an error, not a year without holidays`() {
        #expect(throws: RequestError.self) { try WorkingDays(path: "/nowhere/holidays.txt") }
    }
}
