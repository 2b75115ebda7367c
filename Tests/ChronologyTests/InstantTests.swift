import Chronology
import TestSupport
import Testing

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, 0, "1970-01-01T00:00:00Z"),
        ("2026-11-20T01:00:00+01:00", 1_795_132_800, 0, "2026-11-20T00:00:00Z"),
        ("2026-11-19T18:30:00-05:30", 1_795_132_800, 0, "2026-11-20T00:00:00Z"),
        ("2026-11-20t00:00:00z", 1_795_132_800, 0, "2026-11-20T00:00:00Z"),
        ("1969-12-31T23:59:59.25Z", -1, 250_000_000, "1969-12-31T23:59:59.25Z"),
        ("2026-11-20T00:00:00.000000001Z", 1_795_132_800, 1, "2026-11-20T00:00:00.000000001Z"),
        ("2026-11-20T00:00:00.1234567899Z", 1_795_132_800, 123_456_789, "2026-11-20T00:00:00.123456789Z"),
        ("0001-01-01T00:00:00Z", -62_135_596_800, 0, "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59.999999999Z", 253_402_300_799, 999_999_999, "9999-12-31T23:59:59.999999999Z"),
    ])
    func `RFC 3339 is read to the nanosecond and written in UTC`(
        text: String, seconds: Int64, nanoseconds: Int32, printed: String
    ) throws {
        let instant = try Instant(rfc3339: text)
        #expect(instant == Instant(seconds: seconds, nanoseconds: nanoseconds))
        #expect(instant.rfc3339 == printed)
    }

    @Test(arguments: [
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.5Z"),
        ("2017-01-01T00:59:60+01:00", "2017-01-01T00:00:00Z"),
    ])
    func `a leap second becomes the next second (case 14)`(text: String, printed: String) throws {
        #expect(try Instant(rfc3339: text).rfc3339 == printed)
    }

    @Test(arguments: [
        "2026-11-20T00:00:00", "2026-11-20", "2026-11-20 00:00:00Z", "2026-11-20T00:00Z", "2026-11-20T24:00:00Z",
        "2026-11-20T00:60:00Z", "2026-11-20T00:00:61Z", "2026-02-30T00:00:00Z", "2026-11-20T00:00:00.Z",
        "2026-11-20T00:00:00+0100", "2026-11-20T00:00:00+24:00", "2026-11-20T00:00:00Z ", "2026-11-20T00:00:00ZZ", "",
        "2026-11-20T00:00:00,5Z", "55987-01-01T00:00:00Z", "1795132800", "2026-11-20T00:00:00+01:00\u{0}",
    ])
    func `what is not RFC 3339 is refused, first of all a time without its offset (case 10)`(text: String) {
        let error = #expect(throws: ChronologyError.self) { try Instant(rfc3339: text) }
        #expect(error?.code == .malformedInstant)
    }

    @Test(arguments: ["0001-01-01T00:00:00+00:01", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-00:01"])
    func `an instant outside the years 1 to 9999 is refused (case 14)`(text: String) {
        let error = #expect(throws: ChronologyError.self) { try Instant(rfc3339: text) }
        #expect(error?.code == .instantOutOfRange)
    }

    @Test func `instants that no calendar reaches still print`() {
        #expect(Instant(seconds: 1_704_629_915_775).rfc3339 == "55987-07-28T21:56:15Z")
        #expect(Instant(seconds: .max, nanoseconds: .max).rfc3339.hasSuffix("Z"))
        #expect(Instant(seconds: .min, nanoseconds: .min).rfc3339.hasPrefix("-"))
    }

    @Test func `nanoseconds beyond a second are carried`() {
        #expect(Instant(seconds: 1, nanoseconds: -1) == Instant(seconds: 0, nanoseconds: 999_999_999))
        #expect(Instant(seconds: 1, nanoseconds: 2_000_000_001) == Instant(seconds: 3, nanoseconds: 1))
    }

    @Test func `what is printed is read back the same`() throws {
        var generator = SplitMix64(seed: 7)
        for _ in 0..<20_000 {
            let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator)
            let instant = Instant(seconds: seconds, nanoseconds: .random(in: 0...999_999_999, using: &generator))
            let again = try Instant(rfc3339: instant.rfc3339)
            guard again == instant else {
                Issue.record("\(instant) was read as \(again)")
                return
            }
        }
    }

    @Test func `bytes that were changed at random are read or refused, and never trap`() {
        var generator = SplitMix64(seed: 8)
        let original = Array("2026-11-20T09:30:00.123+01:00".utf8)
        for _ in 0..<20_000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            bytes.removeLast(.random(in: 0...bytes.count, using: &generator) / 4)
            guard let instant = try? Instant(rfc3339: String(decoding: bytes, as: UTF8.self)) else { continue }
            #expect(instant >= .minimum && instant <= .maximum)
        }
    }
}
