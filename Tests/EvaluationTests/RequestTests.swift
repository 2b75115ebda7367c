import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// What a privacy request may take, and what stops it.
@Suite struct RequestTests {
    private let young = "2026-11-01"

    private func request(_ result: ScanResult, _ ids: String...) -> ScanResult {
        result.deciding(request: ids.map(result.row))
    }

    private func thread() -> Estate {
        var estate = Estate()
        estate.add(.thread, "t", created: young)
        estate.add(.message, "m", created: young, in: "t")
        return estate
    }

    @Test func `a request asks by itself: what no policy finds due goes, and nothing beside it`() {
        var estate = thread()
        estate.add(.thread, "overdue", created: "2025-01-01")
        let result = scan(estate, [policy("p", match([.thread]), atMost: "90d")])
        let decided = request(result, "t")
        #expect(!result.mayGo("t") && result.mayGo("overdue"))
        #expect(decided.mayGo("t") && decided.goes(decided.row("m")))
        #expect(!decided.mayGo("overdue"))
        #expect(decided.requested == [result.row("t")])
        #expect(result.requested == nil)
    }

    @Test(arguments: [
        (RetentionPolicy.Basis.internal, true), (.statutory, false), (.claims, false),
    ])
    func `it overrides an internal reason, and no statute and no claim`(basis: RetentionPolicy.Basis, goes: Bool) {
        var keeping = policy("keeping", match([.thread]), atLeast: "7y")
        keeping.basis = basis
        let decided = request(scan(thread(), [keeping]), "t")
        #expect(decided.mayGo("t") == goes)
        #expect(decided.keepers(of: decided.row("t")).map(\.name) == (goes ? [] : ["keeping"]))
    }

    @Test func `a hold keeps what it is on and all that contains it; the rest goes (case 25)`() {
        var estate = thread()
        estate.add(.thread, "free", created: young)
        let result = scan(estate, holds: [hold("matter", match([.message], ids: ["m"]))])
        let decided = request(result, "t", "m", "free")
        #expect(!decided.mayGo("t") && !decided.mayGo("m") && decided.mayGo("free"))
        #expect(decided.obstacles(decided.row("t")).map(\.reason) == [.kept])
        #expect(decided.keepers(of: decided.row("t")).map(\.name) == ["matter"])
    }

    @Test func `neither an exception nor an undecided age stops it`() {
        var estate = Estate()
        estate.add(.thread, "excepted", created: "2025-01-01")
        estate.add(.thread, "undated", reading: .missing)
        let all = policy("p", match([.thread]), atMost: "30d")
        let result = scan(estate, [all], exceptions: [exception("e", ["p"], match(ids: ["excepted"]))])
        #expect(result.state("p", "excepted") == .excepted && result.state("p", "undated") == .undetermined)
        let decided = request(result, "excepted", "undated")
        #expect(decided.mayGo("excepted") && decided.mayGo("undated"))
    }

    @Test func `an error stops it, also that of an internal reason to keep`() {
        var estate = Estate()
        estate.add(.thread, "t", created: young)
        let failing = policy("p", match([.thread], where: "object.metadata.product == 'x'"), atLeast: "7d")
        let decided = request(scan(estate, [failing]), "t")
        #expect(!decided.mayGo("t"))
        #expect(decided.obstacles(decided.row("t")).map(\.state) == [.error])
    }

    @Test func `what a record that stays uses is in use, whatever its policy says of use`() {
        var estate = thread()
        estate.add(.file, "f", created: young)
        estate.add(.message, "other", created: young, in: "t", uses: [(.file, "f")])
        let lax = policy("p", match([.file]), atMost: "1d", whileUsed: .delete)
        let result = scan(estate, [lax])
        let alone = request(result, "f")
        #expect(!alone.mayGo("f") && alone.isInUse(alone.row("f")))
        #expect(alone.obstacles(alone.row("f")).map(\.state) == [.inUse])
        #expect(request(result, "f", "t").mayGo("f"))
    }

    @Test func `what was not read and could use a record stops it, though no policy speaks of use`() {
        var estate = Estate()
        estate.unread = KindSet([.thread, .message])
        estate.add(.file, "f", created: young)
        let decided = request(scan(estate), "f")
        #expect(!decided.mayGo("f"))
        #expect(decided.obstacles(decided.row("f")).map(\.reason) == [.unread])
    }
}
