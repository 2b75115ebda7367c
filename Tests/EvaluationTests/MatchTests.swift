import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

@Suite struct MatchTests {
    private var estate: Estate {
        var estate = Estate()
        estate.add(.thread, "a", created: "2026-01-01", ["product": "support", "tenant": "A", "subject": "user:1"])
        estate.add(.thread, "b", created: "2026-06-01", ["product": "Support", "tenant": "B"], source: "azure-eu")
        estate.add(.conversation, "c", created: "2026-01-01", ["product": "sales", "regulated": "true"])
        estate.add(.message, "m", created: "2026-01-01", in: "a", ["product": "support"])
        return estate
    }

    private func matched(_ match: Match) -> [String] {
        let result = scan(estate, [policy("p", match, atMost: "1d", overdueAfter: "9y")])
        return result.findings.filter { $0.state != .error }.map { result.inventory.id($0.row) }.sorted()
    }

    @Test func `what is absent matches all`() { #expect(matched(match()) == ["a", "b", "c", "m"]) }

    @Test func `kinds, sources, metadata, subjects and ids are joined by and, entries of one list by or`() {
        #expect(matched(match([.thread, .conversation])) == ["a", "b", "c"])
        #expect(matched(match(sources: ["azure-*"])) == ["b"])
        #expect(matched(match([.thread], sources: ["exp?rt", "nothing"])) == ["a"])
        #expect(matched(match(nil, ["product": ["support", "sales"]])) == ["a", "c", "m"])
        #expect(matched(match(nil, ["product": ["sales"], "regulated": ["true"]])) == ["c"])
        #expect(matched(match(nil, ["product": ["support"], "regulated": ["true"]])).isEmpty)
        #expect(matched(match(subjects: ["user:1", "user:2"])) == ["a", "m"])
        #expect(matched(match(ids: ["a", "c", "zzz"])) == ["a", "c"])
    }

    @Test func `metadata is not inherited, but the subject is`() {
        #expect(matched(match([.message], ["tenant": ["A"]])).isEmpty)
        #expect(matched(match([.message], subjects: ["user:1"])) == ["m"])
    }

    @Test func `a rule of one tenant never reaches another's records (case 87)`() {
        #expect(matched(match(nil, ["tenant": ["A"]])) == ["a"])
        #expect(matched(match(nil, where: "has(object.tenant) && object.tenant == 'B'")) == ["b"])
    }

    @Test func `selectors take case and Unicode as they are written (case 88)`() {
        #expect(matched(match(nil, ["product": ["SUPPORT"]])).isEmpty)
        #expect(matched(match(sources: ["AZURE-*"])).isEmpty)
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", ["product": "caf\u{E9}"])
        let composed = scan(estate, [policy("p", match(nil, ["product": ["caf\u{E9}"]]), atMost: "1d")])
        let decomposed = scan(estate, [policy("p", match(nil, ["product": ["cafe\u{301}"]]), atMost: "1d")])
        #expect(composed.findings.count == 1)
        #expect(decomposed.findings.isEmpty)
    }

    @Test func `a span of creation is half-open`() {
        #expect(matched(match(created: ("2026-01-01", "2026-06-01"))) == ["a", "c", "m"])
        #expect(matched(match(created: ("2026-01-02", "2026-06-02"))) == ["b"])
    }

    @Test func `where a time could fall inside or outside of the span, the match is undecided`() {
        var estate = Estate()
        estate.add(.thread, "t", reading: .missing)
        let early = scan(estate, [policy("p", match(created: ("2026-01-01", "2026-06-01")), atMost: "1d")])
        #expect(early.state("p", "t") == .error)
        let after = scan(estate, [policy("p", match(created: ("2027-01-01", "2027-06-01")), atMost: "1d")])
        #expect(after.state("p", "t") == nil)
    }

    @Test func `what is false for certain decides, whatever else is unknown`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", ["tenant": "A"], undecided: ["product"])
        let undecided = ["product": ["support"]]
        let other = scan(estate, [policy("p", match([.file], undecided), atMost: "1d")])
        #expect(other.state("p", "t") == nil)
        let tenant = scan(estate, [policy("p", match(nil, ["product": ["support"], "tenant": ["B"]]), atMost: "1d")])
        #expect(tenant.state("p", "t") == nil)
        let condition = scan(estate, [policy("p", match(nil, undecided, where: "object.tenant == 'B'"), atMost: "1d")])
        #expect(condition.state("p", "t") == nil)
        let failing = scan(estate, [policy("p", match(nil, where: "object.metadata.product == 'x'"), atMost: "1d")])
        #expect(failing.state("p", "t") == .error)
    }

    @Test func `a kept or pinned record is spared only where the policy says so (case 29)`() {
        let pinned = match([.thread], where: "!has(object.metadata.project)")
        var estate = Estate()
        estate.add(.thread, "pinned", created: "2026-01-01", ["project": "pin"])
        estate.add(.thread, "plain", created: "2026-01-01")
        let result = scan(estate, [policy("p", pinned, atMost: "1d"), policy("bound", atMost: "300d")])
        #expect(result.state("p", "pinned") == nil)
        #expect(result.state("bound", "pinned") == .overdue)
        #expect(result.state("p", "plain") == .overdue)
    }

    @Test func `records without an owner are a class that a rule can name (case 50)`() {
        var estate = Estate()
        estate.add(.thread, "orphan", created: "2026-01-01")
        estate.add(.thread, "owned", created: "2026-01-01", ["owner": "x"])
        let result = scan(estate, [policy("p", match([.thread], where: "!has(object.owner)"), atMost: "30d")])
        #expect(result.lines == ["p orphan overdue"])
    }

    @Test func `expressions see related records, and fail where their kind was not read to its end`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-01-01")
        estate.add(.thread, "t", created: "2026-01-01", ["tenant": "A"])
        estate.add(.message, "m", created: "2026-01-01", in: "t", uses: [(.file, "f")])
        let used = policy(
            "p", match([.file], where: "object.usedBy.exists(u, u.container.tenant == 'A')"), atMost: "1d")
        #expect(scan(estate, [used]).state("p", "f") == .inUse)
        estate.unread = KindSet(.batch)
        #expect(scan(estate, [used]).state("p", "f") == .error)
    }

    @Test func `a default gives way to another policy in force with an atMost, and keeps its atLeast`() {
        let usual = policy("usual", match([.thread]), atLeast: "5y", atMost: "6y", isDefault: true)
        let other = policy("other", match(ids: ["a"]), atMost: "30d")
        let result = scan(estate, [usual, other])
        #expect(result.state("usual", "a") == nil)
        #expect(result.state("other", "a") == .kept)
        #expect(result.state("usual", "b") == .kept)
        let observed = policy("other", match(ids: ["a"]), atMost: "30d", mode: .observe)
        #expect(scan(estate, [usual, observed]).state("usual", "a") == .kept)
    }

    @Test func `a default gives way where another may match, and two defaults both apply`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", undecided: ["product"])
        let usual = policy("usual", atMost: "30d", isDefault: true)
        let maybe = policy("maybe", match(nil, ["product": ["support"]]), atMost: "30d")
        let result = scan(estate, [usual, maybe])
        #expect(result.state("usual", "t") == nil)
        #expect(result.state("maybe", "t") == .error)
        let both = scan(estate, [usual, policy("second", atMost: "40d", isDefault: true)])
        #expect(both.lines == ["second t overdue", "usual t overdue"])
    }

    @Test func `thousands of subjects cost a table and not a search, and answers stay right`() {
        var estate = Estate()
        for index in 0..<3000 {
            estate.add(
                .thread, "t\(index)", created: "2026-01-01", ["subject": "user:\(index)", "tenant": "t\(index % 7)"])
        }
        let subjects = (0..<3000).filter { $0 % 2 == 0 }.map { "user:\($0)" }
        let result = scan(
            estate, [policy("p", match([.thread], ["tenant": ["t3", "t5"]], subjects: subjects), atMost: "30d")])
        let expected = (0..<3000).filter { $0 % 2 == 0 && [3, 5].contains($0 % 7) }.count
        #expect(result.findings.count == expected)
    }
}
