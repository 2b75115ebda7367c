import Chronology
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

/// The bound by which the sweep passes over records, beside the sum that it stands for.
@Suite struct CertainLimitTests {
    private static let zones = [
        "UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Pacific/Kwajalein", "Australia/Lord_Howe",
    ]
    private static let day: Int64 = 86_400 * 1_000_000

    @Test
    func `a clock past the bound has its limit after the instant, and one a fortnight before has reached it`() throws {
        var random = SplitMix64(seed: 42)
        var counts = (exact: 0, calendar: 0, crossed: 0)
        for _ in 0..<1_500 {
            let zone = try Zone(Self.zones.randomElement(using: &random) ?? "UTC")
            let adder = PeriodAdder(try Self.anyPeriod(&random), in: zone)
            let asOf = Int64.random(in: 0...(95_000 * Self.day), using: &random)
            let span = adder.certainlyAfter(asOf)
            let isExact = adder.add(to: span.low + 1).map { $0 - asOf == 1 } ?? false
            counts.exact += isExact ? 1 : 0
            counts.calendar += adder.period.months != 0 || adder.period.years != 0 ? 1 : 0
            for _ in 0..<40 {
                let reach = Self.day << Int64.random(in: 0...8, using: &random)
                let distance = Int64.random(in: 1...reach, using: &random)
                let later = span.low + distance
                if later < span.high { #expect(try #require(adder.add(to: later)) > asOf, "\(adder.period) \(zone)") }
                let sooner = try #require(adder.add(to: span.low - 14 * Self.day - distance))
                #expect(sooner <= asOf, "\(adder.period) \(zone)")
                counts.crossed += sooner <= asOf ? 1 : 0
            }
        }
        print("certain limits: \(counts)")
        #expect(counts.exact > 200 && counts.calendar > 500 && counts.crossed == 60_000)
    }

    /// What stands a week before the bound is the first clock whose limit is not reached.
    @Test(arguments: [
        ("2027-02-28T00:00:00Z", "P1Y", "2026-02-28T00:00:00.000001Z"),
        ("2028-02-29T12:00:00Z", "P1Y", "2027-03-01T00:00:00Z"),
        ("2026-03-30T00:00:00Z", "P1M", "2026-03-01T00:00:00Z"),
    ])
    func `leap days and short months move the bound`(asOf: String, text: String, clock: String) {
        let adder = PeriodAdder(period(text), in: .utc)
        let low = adder.certainlyAfter(moment(asOf).microseconds).low
        #expect(low + 1 - 7 * Self.day == moment(clock).microseconds)
    }

    private static func anyPeriod(_ random: inout SplitMix64) throws -> Period {
        let text =
            switch Int.random(in: 0..<4, using: &random) {
            case 0: "P\(Int.random(in: 1...900, using: &random))D"
            case 1: "PT\(Int.random(in: 1...9_000, using: &random))H"
            case 2: "P\(Int.random(in: 1...40, using: &random))M"
            default:
                "P\(Int.random(in: 0...9, using: &random))Y\(Int.random(in: 0...11, using: &random))M\(Int.random(in: 1...40, using: &random))DT5H"
            }
        return try Period(text)
    }
}
