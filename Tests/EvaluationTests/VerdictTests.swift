import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

@Suite struct VerdictTests {
    private var estate: Estate {
        var estate = Estate()
        estate.add(.thread, "b", created: "2026-01-01", ["product": "support", "owner": "secret@example.com"])
        estate.add(.thread, "a", created: "2026-01-01")
        estate.add(.message, "m", created: "2026-11-01", in: "a")
        return estate
    }

    private let threads = policy("threads", match([.thread]), atMost: "90d", overdueAfter: "7d", severity: .high)

    private func source(
        atLeast: [(kind: Kind, count: Int)] = [], canaries: [String] = [], gaps: [Source.AcceptedGap] = []
    ) -> Source {
        Source(
            name: "export", type: "export", path: nil, fields: .init(), atLeast: atLeast, canaries: canaries,
            acceptedGaps: gaps, location: place)
    }

    @Test func `findings stand by policy, source, kind and id, whatever the order of anything`() {
        var shuffled = estate
        shuffled.items.reverse()
        let rules = [threads, policy("all", atMost: "10d")]
        let lines = scan(estate, rules).lines
        #expect(lines == ["all a overdue", "all b overdue", "all m overdue", "threads a overdue", "threads b overdue"])
        #expect(scan(shuffled, rules.reversed()).lines == lines)
    }

    @Test func `ids are sorted by their bytes far beyond a common beginning`() {
        var estate = Estate()
        let ids = ["thread_aaaaaaaaaaaaaaaaaaaaaaaa2", "thread_aaaaaaaaaaaaaaaaaaaaaaaa1", "thread_", "thread_b", "th"]
        for id in ids { estate.add(.thread, id, created: "2026-01-01") }
        let result = scan(estate, [threads])
        let order = result.findings.map { result.inventory.id($0.row) }
        #expect(order == ids.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test func `counts hold every pair, also what no finding names`() {
        let result = scan(estate, [threads, policy("messages", match([.message]), atMost: "90d")])
        #expect(result.summary.records == 3)
        #expect(result.summary[.overdue] == 2)
        #expect(result.summary[.allowed] == 1)
        #expect(result.summary.policies[0].matched == 2)
        #expect(result.summary.mayGo == 2)
    }

    @Test(arguments: [(Severity.low, Int32(1)), (.high, 1), (.critical, 0)])
    func `a violation fails from its severity on`(failOn: Severity, exitCode: Int32) {
        var options = ScanOptions()
        options.failOn = failOn
        #expect(scan(estate, [threads], options: options).exitCode == exitCode)
    }

    @Test func `what is only observed is reported and never fails, but an error makes the run incomplete`() {
        let observed = scan(estate, [policy("p", match([.thread]), atMost: "90d", mode: .observe)])
        #expect(observed.findings.count == 2)
        #expect(observed.exitCode == 0)
        let failing = match([.thread], where: "object.metadata.project == 'x'")
        #expect(scan(estate, [policy("p", failing, atMost: "90d", mode: .observe)]).exitCode == 3)
    }

    @Test func `observe obliges like any other`() {
        let keep = policy("keep", match([.thread]), atLeast: "5y", mode: .observe)
        #expect(scan(estate, [keep, threads]).state("threads", "a") == .kept)
    }

    @Test func `a rule that became stricter makes what is past due at once, within its tolerance (case 17)`() {
        let looser = policy("p", match([.thread]), atMost: "400d")
        let stricter = policy("p", match([.thread]), atMost: "320d", overdueAfter: "30d")
        #expect(scan(estate, [looser]).state("p", "a") == .allowed)
        #expect(scan(estate, [stricter]).state("p", "a") == .due)
    }

    @Test func `a policy, a hold or an exception that matches nothing is a warning (case 28)`() {
        let typo = policy("typo", match([.thread], ["product": ["suport"]]), atMost: "1d")
        let result = scan(
            estate, [typo, threads], holds: [hold("h", match(ids: ["nobody"]))],
            exceptions: [exception("e", ["threads"], match([.file]))])
        for name in ["policy typo", "hold h", "exception e"] {
            #expect(result.warnings.contains("\(name) matches nothing"))
        }
        #expect(!result.warnings.contains("policy threads matches nothing"))
    }

    @Test func `a record of which no atMost speaks is uncovered, unless its container is covered (case 28)`() {
        var extended = estate
        extended.add(.file, "f", created: "2026-11-01")
        let result = scan(extended, [threads, policy("keep", match([.file]), atLeast: "1d")])
        #expect(result.summary[.uncovered] == 1)
        #expect(!result.lines.contains("coverage f uncovered"))
        var options = ScanOptions()
        options.requireCoverage = true
        let strict = scan(extended, [policy("p", match([.thread]), atMost: "9y")], options: options)
        #expect(strict.lines == ["coverage f uncovered"])
        #expect(strict.exitCode == 1)
    }

    @Test func `nothing seen is never clean (case 65)`() {
        let result = scan(Estate(), [threads])
        #expect(result.exitCode == 3)
        #expect(result.incomplete.contains { $0.message.contains("no record") })
    }

    @Test func `an expected minimum or a canary that was not seen makes the run incomplete (case 65)`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-11-01")
        let calm = policy("p", match([.file]), atMost: "90d")
        let few = scan(estate, [calm], sources: [source(atLeast: [(.file, 2)])])
        #expect(few.exitCode == 3)
        #expect(scan(estate, [calm], sources: [source(atLeast: [(.file, 1)], canaries: ["f"])]).exitCode == 0)
        #expect(scan(estate, [calm], sources: [source(canaries: ["file-canary"])]).exitCode == 3)
    }

    @Test func `an accepted gap excuses what it names until it ends`() {
        var estate = Estate()
        estate.unread = KindSet(.thread)
        estate.add(.file, "f", created: "2026-11-01")
        let gap = { (until: String) in
            Source.AcceptedGap(
                kinds: KindSet(.thread), reason: "retired", ticket: nil, until: moment(until), untilText: until)
        }
        let expected = [(kind: Kind.thread, count: 5)]
        #expect(scan(estate, [threads]).exitCode == 3)
        let live = scan(estate, [threads], sources: [source(atLeast: expected, gaps: [gap("2027-01-01")])])
        #expect(live.exitCode == 0)
        let ended = scan(estate, [threads], sources: [source(atLeast: expected, gaps: [gap("2026-11-20")])])
        #expect(ended.exitCode == 3)
        #expect(ended.warnings.contains { $0.contains("accepted gap") })
    }

    @Test func `lost lines make the run incomplete, and a violation outranks that (case 65)`() {
        var estate = estate
        estate.problems = [
            Problem(code: .malformedLine, source: "export", place: nil, message: "torn", losesData: true)
        ]
        let violated = scan(estate, [threads])
        #expect(violated.exitCode == 1)
        #expect(!violated.incomplete.isEmpty)
        #expect(scan(estate, [policy("p", atMost: "9y")]).exitCode == 3)
    }

    @Test func `two records of one id that differ have no certain time, and their metadata is undecided`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", ["product": "support"])
        estate.add(.thread, "t", created: "2026-11-01", ["product": "sales"])
        let result = scan(
            estate, [policy("age", atMost: "90d"), policy("product", match(nil, ["product": ["sales"]]), atMost: "9y")])
        #expect(result.state("age", "t") == .undetermined)
        #expect(result.state("product", "t") == .error)
        #expect(result.inventory.problems.counts[.duplicateId] == 2)
    }

    @Test func `an explanation names clocks, rules, what nearly matched, and the order of precedence`() {
        let near = policy("near", match([.thread], ["product": ["sales"]]), atMost: "1d")
        let keep = policy("keep", match(ids: ["a"]), atLeast: "5y")
        let result = scan(estate, [threads, near, keep])
        let explained = result.explanation(for: result.row("b"))
        #expect(explained.rules.first { $0.name == "near" }?.isNearMiss == true)
        #expect(explained.rules.first { $0.name == "near" }?.condition == "metadata.product")
        #expect(explained.mayGo)
        let kept = result.explanation(for: result.row("m")).text.joined(separator: "\n")
        #expect(kept.contains("kept until 2031-01-01T00:00:00Z by keep on thread/a, which contains it"))
        #expect(kept.contains("precedence: hold > statutory and claims atLeast > privacy request"))
        #expect(
            explained.text.joined(separator: "\n").contains(
                "overdue by threads (atMost): at most P90D after its creation"))
    }

    @Test func `no sentence shows a metadata value (case 81)`() {
        let secret = policy("p", match([.thread], where: "object.metadata.owner == 'secret@example.com'"), atMost: "1d")
        let result = scan(estate, [secret, threads])
        let texts =
            result.findings.map { result.because($0) } + result.explanation(for: result.row("b")).text
            + result.incomplete.map(\.message) + result.warnings
        #expect(texts.allSatisfy { !$0.contains("secret") })
    }
}
