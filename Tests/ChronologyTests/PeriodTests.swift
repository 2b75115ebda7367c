import Chronology
import Testing

@Suite struct PeriodTests {
    @Test(arguments: [
        ("P1Y6M", "P1Y6M"), ("P90D", "P90D"), ("PT24H", "PT24H"), ("P2W", "P14D"), ("P18M", "P18M"),
        ("P1Y2M3DT4H5M6S", "P1Y2M3DT4H5M6S"), ("P1W2D", "P9D"), ("PT90M", "PT1H30M"), ("PT0S", "P0D"), ("P0D", "P0D"),
        ("90d", "P90D"), ("6w", "P42D"), ("18mo", "P18M"), ("7y", "P7Y"), ("24h", "PT24H"), ("30min", "PT30M"),
        ("45s", "PT45S"), ("0d", "P0D"), ("007d", "P7D"), ("P9999Y", "P9999Y"), ("0000000000000000000000001d", "P1D"),
    ])
    func `ISO 8601 and the short form are read, and printed as ISO 8601`(text: String, printed: String) throws {
        let period = try Period(text)
        #expect(period.description == printed)
        #expect(try Period(printed) == period)
    }

    @Test(arguments: [
        "", "P", "PT", "P1", "P1YT", "1", "d", "90", "90 d", " 90d", "90d ", "P90d", "90D", "P1M1Y", "P1Y1Y", "PT1D",
        "P1H", "P1DT", "PT1S1H", "p90d", "1y6mo", "ninety days", "P1Y T1H", "90d\u{0}", "٩d", "P1DT1HT1M",
    ])
    func `what is no period is refused, and the forms that are accepted are named`(text: String) {
        let error = #expect(throws: ChronologyError.self) { try Period(text) }
        #expect(error?.code == .malformedPeriod)
        #expect(error?.description.contains("90d, 6w, 18mo, 7y, 24h, 30min or 45s") == true)
    }

    @Test(arguments: [
        ("1.5d", "fractions"), ("P0,5Y", "fractions"), ("-90d", "signs"), ("+1y", "signs"), ("P-1D", "signs"),
        ("30m", "minutes or months"),
    ])
    func `fractions, signs and the ambiguous m are refused by name`(text: String, word: String) {
        let error = #expect(throws: ChronologyError.self) { try Period(text) }
        #expect(error?.reason.contains(word) == true)
    }

    @Test(arguments: [
        "10000y", "P10000Y", "119989mo", "99999999d", "9223372036854775807d", "92233720368547758080000w",
        "PT99999999999999S", "P9223372036854775807YT9223372036854775807H",
    ])
    func `a period too long to count is refused and never traps`(text: String) {
        let error = #expect(throws: ChronologyError.self) { try Period(text) }
        #expect(error?.code == .periodTooLong)
    }

    @Test func `days are not hours and months are not days (case 11)`() throws {
        #expect(try Period("P1D") != Period("PT24H"))
        #expect(try Period("P1M") != Period("P30D"))
        #expect(try Period("2w") == Period("P14D"))
        #expect(Period(days: -1) == nil)
    }
}
