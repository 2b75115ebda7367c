import Chronology
import Testing

@Suite struct ZoneTests {
    @Test(arguments: [
        ("2026-01-31T10:00:00Z", "P1M", "2026-02-28T10:00:00Z"),
        ("2028-01-31T10:00:00Z", "P1M", "2028-02-29T10:00:00Z"),
        ("2026-01-30T10:00:00Z", "P1M", "2026-02-28T10:00:00Z"),
        ("2026-01-31T10:00:00Z", "P2M", "2026-03-31T10:00:00Z"),
        ("2024-02-29T00:00:00Z", "P1Y", "2025-02-28T00:00:00Z"),
        ("2024-02-29T00:00:00Z", "P4Y", "2028-02-29T00:00:00Z"),
        ("2026-01-31T10:00:00Z", "P1M1D", "2026-03-01T10:00:00Z"),
        ("2026-01-31T10:00:00Z", "P30D", "2026-03-02T10:00:00Z"),
        ("2026-11-30T23:59:59.999999Z", "P3M", "2027-02-28T23:59:59.999999Z"),
        ("1969-12-31T23:59:59.5Z", "PT1S", "1970-01-01T00:00:00.5Z"),
        ("2026-11-20T00:00:00Z", "P0D", "2026-11-20T00:00:00Z"),
    ])
    func `P1M from 31 January is the last of February, and months are never chained (case 11)`(
        start: String, period: String, end: String
    ) throws {
        #expect(try sum("UTC", start, period) == end)
    }

    @Test(arguments: [
        // A day has 23 hours in March and 25 in October; 24 hours are always 24.
        ("Europe/Berlin", "2026-03-28T12:00:00+01:00", "P1D", "2026-03-29T10:00:00Z"),
        ("Europe/Berlin", "2026-03-28T12:00:00+01:00", "PT24H", "2026-03-29T11:00:00Z"),
        ("Europe/Berlin", "2026-10-24T12:00:00+02:00", "P1D", "2026-10-25T11:00:00Z"),
        ("Europe/Berlin", "2026-10-24T12:00:00+02:00", "PT24H", "2026-10-25T10:00:00Z"),
        // 02:30 does not exist on 29 March: 03:00 is the first local time after it.
        ("Europe/Berlin", "2026-03-28T02:30:00+01:00", "P1D", "2026-03-29T01:00:00Z"),
        // 02:30 comes twice on 25 October: the later one, in winter time.
        ("Europe/Berlin", "2026-10-24T02:30:00+02:00", "P1D", "2026-10-25T01:30:00Z"),
        // The last of the repeated hour and the first after it.
        ("Europe/Berlin", "2026-10-24T02:59:59+02:00", "P1D", "2026-10-25T01:59:59Z"),
        ("Europe/Berlin", "2026-10-24T03:00:00+02:00", "P1D", "2026-10-25T02:00:00Z"),
        // Calendar parts land in the gap first, and exact time goes on from there.
        ("Europe/Berlin", "2026-03-28T02:30:00+01:00", "P1DT1H", "2026-03-29T02:00:00Z"),
        // Half-hour zone that changed at one minute past midnight until 2011.
        ("America/St_Johns", "2010-03-13T00:30:00-03:30", "P1D", "2010-03-14T03:31:00Z"),
        ("America/St_Johns", "2010-11-06T00:00:30-02:30", "P1D", "2010-11-07T03:30:30Z"),
        ("America/St_Johns", "2010-11-05T23:30:00-02:30", "P1D", "2010-11-07T03:00:00Z"),
        // Morocco leaves daylight saving for Ramadan: back on 15 February, forward on 22 March 2026.
        ("Africa/Casablanca", "2026-02-14T02:30:00+01:00", "P1D", "2026-02-15T02:30:00Z"),
        ("Africa/Casablanca", "2026-03-21T02:30:00Z", "P1D", "2026-03-22T02:00:00Z"),
        // Samoa had no 30 December 2011.
        ("Pacific/Apia", "2011-12-29T10:00:00-10:00", "P1D", "2011-12-30T10:00:00Z"),
        ("Pacific/Apia", "2011-12-29T10:00:00-10:00", "P2D", "2011-12-30T20:00:00Z"),
        ("Pacific/Apia", "2011-11-30T10:00:00-10:00", "P1M", "2011-12-30T10:00:00Z"),
        ("+05:30", "2026-01-31T23:00:00+05:30", "P1M", "2026-02-28T17:30:00Z"),
    ])
    func `days are the zone's days; a time that it skips becomes the next, one that it repeats the later (case 12)`(
        zone: String, start: String, period: String, end: String
    ) throws {
        #expect(try sum(zone, start, period) == end)
    }

    @Test func `a limit is reached to the second (case 13)`() throws {
        let start = Moment(try Instant(rfc3339: "2026-08-22T00:00:00Z"))
        let due = try #require(Zone.utc.adding(Period("90d"), to: start))
        let asOf = Moment(try Instant(rfc3339: "2026-11-20T00:00:00Z"))
        #expect(due == asOf)
        #expect(Moment(microseconds: asOf.microseconds - 1) < due)
    }

    @Test func `Friday night in Berlin is Friday by its calendar, and a bare day is the zone's (case 16)`() throws {
        let berlin = try Zone("Europe/Berlin")
        let received = try Instant(rfc3339: "2026-07-03T23:30:00Z")
        #expect(berlin.civil(at: received).date.description == "2026-07-04")
        #expect(Zone.utc.civil(at: received).date.description == "2026-07-03")
        let day = try CivilDate("2026-03-29")
        #expect(berlin.startOfDay(day).description == "2026-03-28T23:00:00Z")
        #expect(berlin.endOfDay(day).description == "2026-03-29T22:00:00Z")
        #expect(Zone.utc.endOfDay(try CivilDate("9999-12-31")) > .lastOfYear9999)
    }

    @Test func `a day that begins without midnight begins when its clocks do`() throws {
        let apia = try Zone("Pacific/Apia")
        #expect(apia.startOfDay(try CivilDate("2011-12-30")) == apia.startOfDay(try CivilDate("2011-12-31")))
        // Havana goes from 24:00 to 01:00.
        let havana = try Zone("America/Havana")
        #expect(havana.startOfDay(try CivilDate("2026-03-08")).description == "2026-03-08T05:00:00Z")
    }

    @Test(arguments: ["UTC", "Europe/Berlin", "+14:00", "-12:00"])
    func `past the year 9999 there is no moment, and the open ends stay open`(name: String) throws {
        let zone = try Zone(name)
        #expect(zone.adding(try Period("1d"), to: .lastOfYear9999) == nil)
        #expect(zone.adding(try Period("PT1S"), to: .lastOfYear9999) == nil)
        #expect(zone.adding(try Period("9999y"), to: Moment(seconds: 0)) == nil)
        #expect(zone.adding(try Period("1d"), to: Moment(microseconds: .max - 1)) == nil)
        #expect(zone.adding(try Period("1d"), to: .unbounded) == .unbounded)
        #expect(zone.adding(try Period("1d"), to: .beginning) == .beginning)
        let longest = try #require(
            Period(years: 9999, months: 9999 * 12, days: 9999 * 366, seconds: 9999 * 366 * 86_400))
        #expect(zone.adding(longest, to: Moment(microseconds: .max - 1)) == nil)
        #expect(try #require(zone.adding(longest, to: Moment(microseconds: .min + 1))) < Moment(.minimum))
    }

    @Test func `a rule that goes on for ever is followed for ever`() throws {
        let berlin = try Zone("Europe/Berlin")
        for year in [2037, 2100, 2499, 2500, 2501, 3000, 9998] {
            let summer = try Instant(rfc3339: "\(year)-07-01T00:00:00Z")
            let winter = try Instant(rfc3339: "\(year)-01-01T00:00:00Z")
            #expect(berlin.offsetSeconds(at: summer) == 7200 && berlin.offsetSeconds(at: winter) == 3600)
        }
        #expect(try sum("Europe/Berlin", "9996-03-30T02:30:00+01:00", "P1D") == "9996-03-31T01:00:00Z")
    }

    @Test(arguments: [
        ("Europe/Berln", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("America/New_Yrok", "America/New_York"),
    ])
    func `an unknown zone is an error that names the nearest, each time`(name: String, nearest: String) {
        for _ in 0..<3 {
            let error = #expect(throws: ChronologyError.self) { try Zone(name) }
            #expect(error?.code == .unknownZone(nearest: nearest))
            #expect(error?.description.contains(nearest) == true)
        }
    }

    @Test func `a thousand unknown zones are as unknown the second time`() {
        for _ in 0..<2 {
            for number in 0..<1_000 {
                let error = #expect(throws: ChronologyError.self) { try Zone("Europe/Nowhere-\(number)") }
                #expect(error?.code == .unknownZone(nearest: nil))
            }
        }
    }

    @Test(arguments: ["", "BST", "IST", "Etc/Unknown", "GMT+25:00", "+25:00", "Europe/Berlin\u{0}", "火星"])
    func `ICU's GMT for a name that it does not know is never taken`(name: String) {
        #expect(throws: ChronologyError.self) { try Zone(name) }
    }

    @Test func `zone data has a version`() {
        #expect(ZoneData.version.hasPrefix("20"))
    }

    @Test func `zones are looked up from many threads at once`() async throws {
        let names = ["Europe/Paris", "Asia/Tokyo", "America/Sao_Paulo", "Australia/Lord_Howe"]
        let noon = try Instant(rfc3339: "2026-07-01T12:00:00Z")
        try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<64 {
                group.addTask { try Zone(names[index % names.count]).offsetSeconds(at: noon) }
            }
            var offsets: [Int: Int] = [:]
            for try await offset in group { offsets[offset, default: 0] += 1 }
            #expect(offsets == [7200: 16, 32_400: 16, -10_800: 16, 37_800: 16])
        }
    }

    private func sum(_ zone: String, _ start: String, _ period: String) throws -> String? {
        let start = Moment(try Instant(rfc3339: start))
        return try Zone(zone).adding(Period(period), to: start)?.description
    }
}
