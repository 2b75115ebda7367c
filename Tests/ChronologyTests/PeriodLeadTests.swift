import Chronology
import TestSupport
import Testing

/// The most that one period reaches further than another, against a walk over every day of the calendar's 400 years.
@Suite struct PeriodLeadTests {
    private static let secondsPerDay: Int64 = 86_400

    private func slowLead(_ first: Period, over second: Period) throws -> Int64 {
        let start = try #require(CivilDate(year: 2000, month: 1, day: 1)).daysSinceEpoch
        return try (start..<start + 146_097).reduce(into: Int64.min) { most, day in
            let moment = Moment(seconds: Int64(day) * Self.secondsPerDay)
            let ends = try (
                #require(Zone.utc.adding(first, to: moment)), #require(Zone.utc.adding(second, to: moment))
            )
            most = max(most, (ends.0.microseconds - ends.1.microseconds) / 1_000_000)
        }
    }

    @Test(arguments: [
        ("P1M", "P30D", 1), ("P30D", "P1M", 2), ("P1M", "P31D", 0), ("P28D", "P1M", 0), ("P1Y", "P365D", 1),
        ("P1Y", "P12M", 0), ("P400Y", "P146097D", 0), ("P1D", "PT24H", 0), ("P7D", "P90D", -83),
    ])
    func `a period's lead over another is known to the day`(first: String, second: String, days: Int64) throws {
        #expect(try Period(first).mostSecondsAhead(of: Period(second)) == days * Self.secondsPerDay)
    }

    @Test func `leads are those of a walk over every day`() throws {
        var generator = SplitMix64(seed: 41)
        for _ in 0..<4 {
            func period() throws -> Period {
                let (years, months) = (
                    Int.random(in: 0...3, using: &generator), Int.random(in: 0...30, using: &generator)
                )
                let days = Int.random(in: 0...800, using: &generator)
                return try Period("P\(years)Y\(months)M\(days)DT\(Int.random(in: 0...50, using: &generator))H")
            }
            let (first, second) = try (period(), period())
            #expect(
                try first.mostSecondsAhead(of: second) == slowLead(first, over: second), "\(first) over \(second)")
        }
    }
}
