import Chronology
import TestSupport
import Testing

@testable import Reports

@Suite struct MomentTextTests {
    @Test func `moments print as Chronology prints them`() {
        var moments = MomentText()
        var random = SplitMix64(seed: 2)
        let day: Int64 = 86_400_000_000
        var all = [Int64]()
        for _ in 0..<2_000 {
            all.append(.random(in: -60_000_000_000_000_000...250_000_000_000_000_000, using: &random))
        }
        for number in Int64(-3)...3 { all += [number * day, number * day - 1, number * day + 1_000_000] }
        all += all.map { $0 / 1_000_000 * 1_000_000 }
        all += [.min + 1, .max - 1]
        for microseconds in all {
            var bytes: [UInt8] = []
            moments.append(Moment(microseconds: microseconds), to: &bytes)
            #expect(String(decoding: bytes, as: UTF8.self) == Moment(microseconds: microseconds).description)
        }
    }

    @Test(arguments: [Moment.beginning, .unbounded])
    func `an open end is unbounded`(moment: Moment) {
        var moments = MomentText()
        var bytes: [UInt8] = []
        moments.append(moment, to: &bytes)
        #expect(bytes == Array("unbounded".utf8))
    }
}
