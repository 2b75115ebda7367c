import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

@Suite struct ObligationTests {
    /// Two old threads that share a file through a message of each.
    private var shared: Estate {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-01-01")
        for number in 1...2 {
            estate.add(.thread, "t\(number)", created: "2026-01-01")
            estate.add(.message, "m\(number)", created: "2026-01-01", in: "t\(number)", uses: [(.file, "f")])
        }
        return estate
    }

    private let all = policy("p", atMost: "30d")

    @Test func `a file that a held thread uses is kept, and the other thread may go (case 19)`() {
        let result = scan(shared, [all], holds: [hold("m", match(ids: ["t1"]))])
        #expect(result.state("p", "f") == .held)
        #expect(result.state("p", "m1") == .held)
        #expect(result.state("p", "t2") == .overdue)
        #expect(result.mayGo("t2"))
        #expect(!result.mayGo("t1"))
        let because = result.finding("p", "f").map { result.because($0) } ?? ""
        #expect(because.contains("held by m on thread/t1, by way of message/m1"))
    }

    @Test func `a hold on a person covers their messages in the threads of others (case 20)`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", ["subject": "user:1"])
        estate.add(.message, "mine", created: "2026-01-01", in: "t", ["subject": "user:4711"])
        estate.add(.message, "theirs", created: "2026-01-01", in: "t")
        let result = scan(estate, [all], holds: [hold("m", match(subjects: ["user:4711"]))])
        #expect(result.state("p", "mine") == .held)
        #expect(result.state("p", "t") == .held)
        #expect(result.state("p", "theirs") == .overdue)
    }

    @Test func `a hold on one message keeps its thread from being deleted, but not the other messages`() {
        let result = scan(shared, [all], holds: [hold("m", match(ids: ["m1"]))])
        #expect(result.state("p", "t1") == .held)
        #expect(result.state("p", "f") == .held)
        #expect(result.state("p", "t2") == .overdue)
        #expect(
            result.finding("p", "t1").map { result.because($0) }?.contains("m on message/m1, which it contains") == true
        )
    }

    @Test func `of two matters one released leaves the record held (case 21)`() {
        let released = hold("one", match([.thread]), until: "2026-06-01")
        let live = hold("two", match([.thread]))
        let result = scan(shared, [all], holds: [released, live])
        #expect(result.state("p", "t1") == .held)
        #expect(result.finding("p", "t1").map { result.matters($0.matters) } == ["two"])
    }

    @Test func `a stale or missing register changes no decision and is told (case 23)`() {
        let register = HoldRegister(
            name: "holds", asOf: moment("2026-11-01"), freshUntil: moment("2026-11-08"), holds: [], location: place)
        let stale = scan(shared, [all], register: register)
        let missing = scan(shared, [all])
        #expect(stale.lines == missing.lines)
        #expect(stale.warnings.contains { $0.contains("stale") })
        #expect(missing.warnings.contains { $0.contains("no hold register") })
    }

    @Test func `a released hold stays in effect for its grace, as an instant without a matter (case 24)`() {
        let released = hold("m", match([.thread]), until: "2026-11-18", inEffectUntil: "2026-11-25")
        let result = scan(shared, [all], holds: [released])
        #expect(result.state("p", "t1") == .kept)
        #expect(result.finding("p", "t1")?.keepUntil == moment("2026-11-25"))
        #expect(!result.mayGo("t1"))
        let later = scan(shared, [all], holds: [released], asOf: moment("2026-11-25"))
        #expect(later.state("p", "t1") == .overdue)
        #expect(later.finding("p", "t1")?.dueAt == moment("2026-11-25"))
    }

    @Test func `a hold that has not begun obliges nothing`() {
        let result = scan(shared, [all], holds: [hold("m", match(), from: "2026-11-21")])
        #expect(result.state("p", "t1") == .overdue)
    }

    @Test func `an overlapping minimum keeps to the later end, in any order of policies (cases 26 and 27)`() {
        let rules = [
            policy("a", atLeast: "1y", atMost: "2y"), policy("b", atMost: "30d"), policy("c", atMost: "60d"),
            policy("d", match([.thread]), atLeast: "200d"),
        ]
        let expected = scan(shared, rules).lines
        for order in [[3, 2, 1, 0], [1, 3, 0, 2]] { #expect(scan(shared, order.map { rules[$0] }).lines == expected) }
        #expect(expected.contains("b t1 kept"))
        #expect(expected.contains("c t1 kept"))
    }

    @Test func `obligations flow down from what must stay, and K flows up, but not down again`() {
        let keep = policy("keep", match(ids: ["m1"]), atLeast: "5y")
        let result = scan(shared, [keep, all])
        #expect(result.state("p", "t1") == .kept)
        #expect(result.state("p", "f") == .kept)
        #expect(result.state("p", "t2") == .overdue)
        #expect(result.state("p", "m2") == .overdue)
    }

    @Test func `circular references end, and a sweep and a flood agree`() {
        var estate = Estate()
        estate.add(.thread, "a", created: "2026-01-01", uses: [(.thread, "b")])
        estate.add(.thread, "b", created: "2026-01-01", uses: [(.thread, "a")], contains: [(.thread, "c")])
        estate.add(.thread, "c", created: "2026-01-01", contains: [(.thread, "b")])
        estate.add(.thread, "d", created: "2026-01-01")
        let result = scan(estate, [all], holds: [hold("m", match(ids: ["a"]))])
        #expect(["a", "b", "c"].map { result.state("p", $0) } == [.held, .held, .held])
        #expect(result.state("p", "d") == .overdue)
        #expect(!result.assessment.isLayered)
    }

    @Test func `an undecided match applies a hold and an atLeast, and not an exception`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", undecided: ["product"])
        let support = match([.thread], ["product": ["support"]])
        #expect(scan(estate, [all], holds: [hold("m", support)]).state("p", "t") == .held)
        let keep = scan(estate, [policy("keep", support, atLeast: "5y"), all])
        #expect(keep.state("p", "t") == .kept)
        #expect(keep.state("keep", "t") == .error)
        #expect(scan(estate, [all], exceptions: [exception("e", ["p"], support)]).state("p", "t") == .overdue)
    }

    @Test func `the provider's own deadline before the end of an obligation is an early expiry (case 18)`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-11-01", expires: "2026-12-01")
        estate.add(.file, "later", created: "2026-11-01", expires: "2032-12-01")
        estate.add(.thread, "t", created: "2026-11-01")
        estate.add(.message, "m", created: "2026-11-01", in: "t", uses: [(.file, "f")])
        let keep = policy("keep", match([.thread]), atLeast: "5y")
        let result = scan(estate, [keep], holds: [hold("matter", match(ids: ["later"]))])
        #expect(result.lines == ["keep f early-expiry", "atLeast later early-expiry"])
        #expect(result.findings.allSatisfy { $0.severity == .critical && $0.isViolation })
        #expect(result.because(result.findings[0]).contains("kept until 2031-11-01T00:00:00Z by keep on thread/t"))
        #expect(result.findings[1].hold == 0)
        #expect(scan(estate, [policy("keep", match([.thread]), atLeast: "7d")]).findings.isEmpty)
    }

    @Test func `an early expiry is claimed only for what is certain`() {
        var estate = Estate()
        estate.add(.file, "f", reading: .missing, expires: "2026-12-01")
        let result = scan(estate, [policy("keep", match([.file]), atLeast: "1y")])
        #expect(result.findings.isEmpty)
    }
}
