import Chronology
import Foundation
import TestSupport
import Testing

/// Zones against slow and obvious models.
@Suite struct ZoneModelTests {
    static let names = [
        "Europe/Berlin", "America/St_Johns", "Africa/Casablanca", "Pacific/Apia", "America/New_York", "Asia/Kolkata",
        "Australia/Lord_Howe", "Antarctica/Troll", "Asia/Gaza",
    ]

    @Test(arguments: names)
    func `offsets agree with Foundation's`(name: String) throws {
        let zone = try Zone(name)
        let model = try #require(TimeZone(identifier: name))
        var generator = SplitMix64(seed: 1)
        for _ in 0..<3000 {
            // Later years may differ by the age of either database.
            let seconds = Int64.random(in: 0..<1_640_000_000, using: &generator)
            let expected = model.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
            let offset = zone.offsetSeconds(at: Instant(seconds: seconds))
            guard offset == expected else {
                Issue.record("\(name) at \(Instant(seconds: seconds)): \(offset), Foundation says \(expected)")
                return
            }
        }
    }

    /// Walks the zone's clocks minute by minute: the last minute that shows the wanted time, or else the first that
    /// shows a later one.
    private func slowMinute(_ zone: Zone, local wanted: Int64) -> Int64? {
        let span = stride(from: wanted - 48 * 60, through: wanted + 48 * 60, by: 1)
        let readings = span.map { minute in
            (minute: minute, local: minute + Int64(zone.offsetSeconds(at: Instant(seconds: minute * 60)) / 60))
        }
        return readings.last { $0.local == wanted }?.minute ?? readings.first { $0.local > wanted }?.minute
    }

    @Test(arguments: names)
    func `the day after is where a walk along the zone's clocks finds it`(name: String) throws {
        let zone = try Zone(name)
        let day = try Period("1d")
        var generator = SplitMix64(seed: 2)
        var skipped = 0
        var repeated = 0
        for start in try turns(of: zone) {
            let minute = start + Int64.random(in: -200...200, using: &generator)
            let offset = Int64(zone.offsetSeconds(at: Instant(seconds: minute * 60)) / 60)
            let wanted = minute + offset + 24 * 60
            let slow = try #require(slowMinute(zone, local: wanted))
            let quick = try #require(zone.adding(day, to: Moment(seconds: minute * 60)))
            guard quick == Moment(seconds: slow * 60) else {
                Issue.record("\(name): a day after \(Instant(seconds: minute * 60)) is \(quick)")
                return
            }
            let shown = slow + Int64(zone.offsetSeconds(at: Instant(seconds: slow * 60)) / 60)
            if shown != wanted { skipped += 1 }
            if slow - minute > 24 * 60 { repeated += 1 }
        }
        if name != "Asia/Kolkata" { #expect(skipped > 0 && repeated > 0) }
    }

    /// Minutes a day before each change of offset from 2005 to 2015, twice.
    private func turns(of zone: Zone) throws -> [Int64] {
        let first = try Instant(rfc3339: "2005-01-01T00:00:00Z").seconds / 60
        let last = try Instant(rfc3339: "2015-01-01T00:00:00Z").seconds / 60
        let minutes = stride(from: first, to: last, by: 30)
        let offsets = minutes.map { zone.offsetSeconds(at: Instant(seconds: $0 * 60)) }
        let turns = zip(minutes, zip(offsets, offsets.dropFirst())).filter { $0.1.0 != $0.1.1 }.map { $0.0 - 24 * 60 }
        return turns.flatMap { Array(repeating: $0, count: 2) }
    }
}
