import Chronology
import Evaluation
import Testing

@Suite struct ForecastInstantsTests {
    private func days(_ start: String, _ end: String, _ step: String) throws -> [String] {
        let instant = { (day: String) in try Instant(rfc3339: "\(day)T00:00:00Z") }
        return try ForecastInstants(from: instant(start), until: instant(end), step: Period(step)).all.map {
            String($0.rfc3339.prefix(10))
        }
    }

    @Test func `months are counted from the beginning, so that a short one shifts nothing`() throws {
        #expect(
            try days("2026-01-31", "2026-05-31", "P1M")
                == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"])
    }

    @Test func `the end is always an instant, and the beginning may be it`() throws {
        #expect(try days("2026-01-01", "2026-01-10", "7d") == ["2026-01-01", "2026-01-08", "2026-01-10"])
        #expect(try days("2026-01-01", "2026-01-01", "7d") == ["2026-01-01"])
        #expect(try days("2026-01-01", "2026-01-03", "9000y") == ["2026-01-01", "2026-01-03"])
        #expect(try days("9998-01-01", "9999-12-31", "P1Y") == ["9998-01-01", "9999-01-01", "9999-12-31"])
    }

    @Test func `as many instants as are allowed are given, and one more is refused`() throws {
        #expect(try days("2026-01-01", "2028-09-26", "P1D").count == ForecastInstants.most)
        #expect(throws: ForecastInstants.Failure.tooMany) { try days("2026-01-01", "2028-09-27", "P1D") }
        #expect(throws: ForecastInstants.Failure.tooMany) { try days("2026-01-01", "9999-01-01", "PT1S") }
    }

    @Test func `an end before the beginning and a step without length are refused`() {
        #expect(throws: ForecastInstants.Failure.endsBeforeItBegins) { try days("2026-01-02", "2026-01-01", "P1D") }
        #expect(throws: ForecastInstants.Failure.emptyStep) { try days("2026-01-01", "2026-01-02", "P0D") }
    }
}
