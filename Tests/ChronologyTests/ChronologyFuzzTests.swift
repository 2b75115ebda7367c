import Chronology
import TestSupport
import Testing

/// Instants, days and periods come from exports, documents and the command line.
@Suite struct ChronologyFuzzTests {
    private static let seeds = [
        "2026-11-20T09:30:00.5+01:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:60.999999999-23:59", "2024-02-29",
        "P1Y6M", "PT24H", "P9999Y", "P1Y2M3W4DT5H6M7S", "90d", "6w", "18mo", "7y", "24h", "P1W",
    ]
    private static let fragments = [
        "-", "+", ":", ".", "T", "Z", "z", "t", "P", "Y", "M", "D", "0", "00", "9", "60", "99999999999999999999", "é",
        "٣",
        "\u{0}", " ", "mo", "d", "W", "1e3", ",5", "−", "２",
    ]

    @Test func `what is read is written so that it is read again, and all else is refused with its text`() throws {
        var read = 0
        let run = try Fuzzing("Chronology fuzz", rounds: 8_000, share: 0.1) { (seed) throws in
            var random = SplitMix64(seed: seed)
            let text = String(
                decoding: random.mutation(of: Self.seeds, with: Self.fragments, places: 0...3), as: UTF8.self)
            do throws(ChronologyError) {
                let instant = try Instant(rfc3339: text)
                #expect(try Instant(rfc3339: instant.rfc3339) == instant, "seed \(seed)")
                read += 1
            } catch {
                #expect(error.text == text && !error.hint.isEmpty, "seed \(seed)")
            }
            if let date = try? CivilDate(text) {
                #expect(date.description == text && date.daysSinceEpoch < 3_000_000, "seed \(seed)")
                read += 1
            }
            if let period = try? Period(text) {
                #expect(try Period(period.description) == period, "seed \(seed): \(text)")
                read += 1
            }
            // Of a zone that is unknown the nearest is looked for among all, which takes a while.
            if seed % 200 == 0 { _ = try? Zone(text) }
        }
        #expect(read > run.inputs / 5 && read < run.inputs)
        #expect(run.isWithinLimits, "seed \(run.slowestSeed): \(run.slowest)")
    }
}
