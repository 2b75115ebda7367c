import Records
import TestSupport
import Testing

@Suite struct SettledTallyTests {
    private static func random(_ random: inout SplitMix64) -> SettledTally {
        var tally = SettledTally()
        for kind in Kind.allCases where Bool.random(using: &random) {
            tally.kinds[kind] = .random(in: 1...9, using: &random)
        }
        for place in 0..<3 where Bool.random(using: &random) {
            var pairs = SettledTally.Pairs()
            pairs.matched = .random(in: 0...9, using: &random)
            pairs.kept = .random(in: 0...9, using: &random)
            pairs.allowed = .random(in: 0...9, using: &random)
            tally.policies[place] = pairs
        }
        for place in 0..<3 where Bool.random(using: &random) { tally.holds.insert(place) }
        for place in 0..<3 where Bool.random(using: &random) { tally.exceptions.insert(place) }
        tally.uncovered = .random(in: 0...2, using: &random)
        return tally
    }

    @Test func `a tally is read back from its line, and added as often as it is met`() {
        var random = SplitMix64(seed: 5)
        var sum = SettledTally()
        var slow = SettledTally()
        for _ in 0..<200 {
            let tally = Self.random(&random)
            #expect(SettledTally(tally.description) == tally, "\(tally)")
            let times = Int.random(in: 0...3, using: &random)
            for _ in 0..<times { slow.add(tally) }
            if times > 0 { sum.add(tally, times: times) }
        }
        #expect(sum == slow)
    }

    @Test(arguments: [
        "thread", "thread=", "thread=-1", "thread=+1", "p=1/2/3", "p0=1/2", "p0=1/2/3/4", "q0", "h", "hx",
        "u=1/2", "thread=99999999999999999999", "p0=a/b/c", "=", "=",
    ])
    func `what is no tally is none`(line: String) {
        #expect(SettledTally(line) == nil)
    }
}
