import Chronology
import Records
import TestSupport
import Testing

@testable import Policies

@Suite struct ReasonerPropertyTests {
    private struct Count {
        var yes = 0, no = 0, beyond = 0
        var all: Int { yes + no }
    }

    @Test func `answers agree with going through every record of a small world`() {
        let reasoner = Reasoner(asOf: asOf)
        var counts: [String: Count] = [:]
        for seed in 0..<600 {
            var dice = SplitMix64(seed: UInt64(seed))
            let dimensions = Array(Dimension.allCases.shuffled(using: &dice).prefix(dice.pick([1, 2, 2, 3])))
            let (first, second) = (RandomMatch(dimensions, &dice), RandomMatch(dimensions, &dice))
            let (left, right) = (first.reading(asOf: asOf), second.reading(asOf: asOf))
            let records = RandomMatch.records(dimensions)
            let now = RandomMatch.now
            let (leftMatch, rightMatch) = (first.match(asOf: now), second.match(asOf: now))
            let answers = records.map { ($0.answer(leftMatch, asOf: now), $0.answer(rightMatch, asOf: now)) }
            let questions: [(String, [Formula], (Bool?, Bool?) -> Bool)] = [
                ("satisfiable", [left.holds], { left, _ in left == true }),
                ("deniable", [left.fails], { left, _ in left == false }),
                ("overlapping", [left.holds, right.holds], { $0 == true && $1 == true }),
                ("not implied", [left.holds, right.holds.negation], { $0 == true && $1 != true }),
                ("undecidable", [left.holds.negation, left.fails.negation], { left, _ in left == nil }),
            ]
            for (name, formulas, isMet) in questions {
                let isThere = answers.contains { isMet($0.0, $0.1) }
                let what = "seed \(seed), \(name): \(first) and \(second)"
                switch reasoner.satisfy(formulas) {
                case .yes(let witness):
                    counts[name, default: Count()].yes += 1
                    if !isThere { counts[name, default: Count()].beyond += 1 }
                    let record = PlainRecord(texts: witness.texts, quantities: witness.quantities)
                    let instant = witness.now ?? now
                    let answer = (
                        record.answer(first.match(asOf: instant), asOf: instant),
                        record.answer(second.match(asOf: instant), asOf: instant)
                    )
                    #expect(isMet(answer.0, answer.1), "\(what): \(witness.yaml) is no witness at \(instant)")
                case .no:
                    counts[name, default: Count()].no += 1
                    #expect(!isThere, "\(what): there is a record")
                case .cannotSay: Issue.record("\(what): no answer")
                }
            }
        }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
            print("\(name): yes \(count.yes), no \(count.no), yes beyond the small world \(count.beyond)")
            #expect(count.all == 600)
            #expect(min(count.yes, count.no) >= 60, "\(name) is nearly always the same")
            #expect(count.beyond * 10 <= count.all, "\(name): the small world is too small")
        }
    }
}
