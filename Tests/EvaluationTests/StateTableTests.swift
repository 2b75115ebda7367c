import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// Each row of the table of states, in its order.
@Suite struct StateTableTests {
    private func estate(_ created: String) -> Estate {
        var estate = Estate()
        estate.add(.thread, "t", created: created, ["project": "pilot", "product": "support"])
        return estate
    }

    @Test func `error: an expression that fails on the record is never a pass`() {
        let failing = policy("p", match(where: "object.metadata.owner == 'x'"), atMost: "90d")
        let result = scan(estate("2026-11-01"), [failing])
        #expect(result.state("p", "t") == .error)
        #expect(result.exitCode == 1)
        #expect(!result.incomplete.isEmpty)
    }

    @Test func `held: past its limit with a matter on it, which is named`() {
        let result = scan(
            estate("2026-01-01"), [policy("p", atMost: "90d")], holds: [hold("m", match([.thread]))])
        #expect(result.state("p", "t") == .held)
        let finding = result.finding("p", "t")
        #expect(finding.map { result.matters($0.matters) } == ["m"])
        #expect(finding?.keepUntil == .unbounded)
        #expect(result.summary.violations == 0)
        #expect(!result.mayGo("t"))
    }

    @Test func `kept: a matter is on it and its limit is not past`() {
        let result = scan(
            estate("2026-11-01"), [policy("p", atMost: "90d")], holds: [hold("m", match([.thread]))])
        #expect(result.state("p", "t") == .kept)
        #expect(result.findings.isEmpty)
    }

    @Test func `kept past max: an obligation outlasts the limit, and the path of what keeps it is told (case 26)`() {
        let result = scan(
            estate("2026-01-01"),
            [policy("long", match([.thread]), atLeast: "5y"), policy("p", atMost: "90d")])
        #expect(result.state("p", "t") == .kept)
        let finding = result.finding("p", "t")
        #expect(finding?.pastMax == true)
        #expect(finding.map { result.because($0) }?.contains("kept until 2031-01-01T00:00:00Z by long") == true)
        #expect(result.exitCode == 0)
    }

    @Test
    func `a class of records with a shorter limit of its own is overdue by it, and no class is guessed (case 31)`() {
        var estate = Estate()
        estate.add(.thread, "minor", created: "2026-10-01", ["product": "minor"])
        estate.add(.thread, "unclassed", created: "2026-10-01", [:])
        let rules = [
            policy("everyone", atMost: "90d"),
            policy("minors", match([.thread], ["product": ["minor"]]), atMost: "30d"),
        ]
        let result = scan(estate, rules)
        #expect(result.state("minors", "minor") == .overdue)
        #expect(result.state("everyone", "minor") == .allowed)
        #expect(result.state("minors", "unclassed") == nil)
        #expect(result.summary.violations == 1)
    }

    @Test func `allowed: the limit is not reached`() {
        let result = scan(estate("2026-11-01"), [policy("p", atMost: "90d")])
        #expect(result.state("p", "t") == .allowed)
        #expect(result.summary[.allowed] == 1)
    }

    @Test func `excepted: a live exception names the policy and matches the record`() {
        let pilot = exception("pilot", ["p"], match([.thread], ["project": ["pilot"]]))
        let result = scan(estate("2026-01-01"), [policy("p", atMost: "90d")], exceptions: [pilot])
        #expect(result.state("p", "t") == .excepted)
        #expect(result.finding("p", "t").map { result.because($0) }?.contains("pilot until 2027-03-31") == true)
        #expect(!result.mayGo("t"))
    }

    @Test func `excepted: not by an exception that has ended, nor one for another policy`() {
        let ended = exception("ended", ["p"], match([.thread]), expiresAt: "2026-11-20")
        let other = exception("other", ["q"], match([.thread]))
        let result = scan(estate("2026-01-01"), [policy("p", atMost: "90d")], exceptions: [ended, other])
        #expect(result.state("p", "t") == .overdue)
    }

    @Test func `in-use: something that stays uses it, and whileUsed is keep`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-01-01")
        estate.add(.thread, "t", created: "2026-11-01")
        estate.add(.message, "m", created: "2026-11-01", in: "t", uses: [(.file, "f")])
        let keep = scan(estate, [policy("p", match([.file]), atMost: "30d")])
        #expect(keep.state("p", "f") == .inUse)
        #expect(keep.finding("p", "f").map { keep.because($0) }?.contains("message/m, which stays") == true)
        let delete = scan(estate, [policy("p", match([.file]), atMost: "30d", whileUsed: .delete)])
        #expect(delete.state("p", "f") == .overdue)
    }

    @Test(arguments: [
        ("2026-08-23T00:00:00Z", State.allowed), ("2026-08-22T00:00:00Z", .due), ("2026-08-15T00:00:01Z", .due),
        ("2026-08-15T00:00:00Z", .overdue), ("2026-08-22T00:00:01Z", .allowed),
    ])
    func `an instant equal to the limit has reached it, to the second (case 13)`(created: String, state: State) {
        let result = scan(estate(created), [policy("p", atMost: "90d", overdueAfter: "7d")])
        #expect(result.state("p", "t") == state)
    }

    @Test func `overdue is a violation and due is not`() {
        let due = scan(estate("2026-08-20"), [policy("p", atMost: "90d", overdueAfter: "7d")])
        #expect(due.exitCode == 0)
        #expect(due.mayGo("t"))
        let overdue = scan(estate("2026-08-01"), [policy("p", atMost: "90d", overdueAfter: "7d")])
        #expect(overdue.exitCode == 1)
        #expect(overdue.finding("p", "t")?.overdueAt == moment("2026-11-06"))
    }

    @Test func `undetermined: the readings count differently, and it is never deleted (case 7)`() {
        var estate = Estate()
        estate.add(.thread, "t", reading: .missing)
        let result = scan(estate, [policy("p", atMost: "90d")])
        #expect(result.state("p", "t") == .undetermined)
        #expect(result.exitCode == 1)
        #expect(!result.mayGo("t"))
        #expect(result.incomplete.count == 1)
        let reported = scan(estate, [policy("p", atMost: "90d", onUndetermined: .report)])
        #expect(reported.exitCode == 0)
        #expect(reported.findings.count == 1)
    }

    @Test func `undetermined between due and overdue`() {
        var estate = Estate()
        estate.unread = KindSet(.message)
        estate.add(.thread, "t", created: "2026-01-01")
        let result = scan(estate, [policy("p", clock: lastActivity, atMost: "0d", overdueAfter: "7d")])
        let decision = result.decision("p", "t")
        #expect(decision?.early.state == .overdue)
        #expect(decision?.late.state == .due)
        #expect(decision?.state == .undetermined)
    }

    @Test func `held beside kept is held, and both count alike`() {
        var estate = Estate()
        estate.add(.thread, "t", reading: .missing)
        let result = scan(estate, [policy("p", atMost: "90d")], holds: [hold("m", match())])
        let decision = result.decision("p", "t")
        #expect(decision?.early.state == .held)
        #expect(decision?.late.state == .kept)
        #expect(decision?.state == .held)
    }

    @Test func `an exception never covers what is undetermined`() {
        var estate = Estate()
        estate.add(.thread, "t", reading: .missing)
        let result = scan(
            estate, [policy("p", atMost: "90d")], exceptions: [exception("e", ["p"], match())])
        #expect(result.state("p", "t") == .undetermined)
    }
}
