import Chronology
import Testing

@Suite struct MomentTests {
    @Test func `a moment is the last microsecond that is not after its instant`() throws {
        let after = Moment(try Instant(rfc3339: "1970-01-01T00:00:00.0000019Z"))
        #expect(after.microseconds == 1)
        let before = Moment(try Instant(rfc3339: "1969-12-31T23:59:59.9999999Z"))
        #expect(before.microseconds == -1)
        #expect(before.description == "1969-12-31T23:59:59.999999Z")
    }

    @Test func `the open ends are before and after everything and are no instants`() {
        #expect(Moment.beginning < Moment(.minimum) && Moment.lastOfYear9999 < .unbounded)
        #expect(Moment.beginning.instant == nil && Moment.unbounded.instant == nil)
        #expect(Moment.lastOfYear9999.description == "9999-12-31T23:59:59.999999Z")
        #expect(Moment.unbounded.description == "unbounded")
    }

    @Test(arguments: [Int64.min, Int64.min + 1, -1_000_001, -1, 0, 999_999, Int64.max - 1, Int64.max] as [Int64])
    func `no count of microseconds traps, and each comes back from its instant`(microseconds: Int64) {
        let moment = Moment(microseconds: microseconds)
        if let instant = moment.instant { #expect(Moment(instant) == moment) }
        #expect(!moment.description.isEmpty)
    }

    static let ends: [(seconds: Int64, moment: Moment)] = [
        (.max, .unbounded), (.min, .beginning), (1, Moment(microseconds: 1_000_000)),
    ]

    @Test(arguments: ends)
    func `seconds that cannot be counted in microseconds reach the open ends`(seconds: Int64, moment: Moment) {
        #expect(Moment(seconds: seconds) == moment)
        #expect(Moment(Instant(seconds: seconds)) == moment)
    }

    @Test func `a point is an interval of one moment`() {
        #expect(Interval(point: .lastOfYear9999).isPoint)
        #expect(!Interval.everything.isPoint)
    }
}
