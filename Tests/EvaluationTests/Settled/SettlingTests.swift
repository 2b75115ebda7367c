import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Evaluation

/// What must be read again, and when: a message, a run, an expiry, a use or a hold that changes a decision about what was
/// left out.
@Suite struct SettlingTests {
    /// The instant of the first scan, and days after it.
    private static let start: Int64 = 1_795_132_800
    private func day(_ days: Int64, _ seconds: Int64 = 0) -> Int64 {
        Self.start + days * SettledWorld.day + seconds
    }

    private func reading(_ at: Int64) -> RecordBatch.Reading { .microseconds(at * 1_000_000) }

    private func estate() -> Estate {
        var estate = Estate()
        estate.emptySources = ["live"]
        return estate
    }

    /// Scans as of the start, has something happen, scans again, and compares with a scan that reads everything.
    ///
    /// - Returns: the second scan.
    private func rescan(
        _ estate: Estate, _ policies: PolicySet, from first: Int64 = Self.start, at later: Int64,
        _ options: ScanOptions = ScanOptions(), _ happens: (inout Estate) -> Void = { _ in }
    ) -> RememberedScan.Outcome {
        var estate = estate
        var memory = RememberedScan(policies, options)
        _ = memory.scan(estate, asOf: Moment(seconds: first))
        let count = estate.items.count
        happens(&estate)
        let scanned = memory.scan(estate, asOf: Moment(seconds: later))
        let whole = RememberedScan.whole(estate, policies, asOf: Moment(seconds: later), options)
        let isUnchanged = estate.items.count == count
        #expect(scanned.result.words(withCounts: isUnchanged) == whole.words(withCounts: isUnchanged))
        return scanned
    }

    private func add(
        _ kind: Kind, _ id: String, _ at: Int64, expires: Int64? = nil, in container: String? = nil,
        uses: [(Kind, String)] = [], cites: [(Kind, String)] = [], to estate: inout Estate
    ) {
        estate.add(kind, id, reading: reading(at), in: container, uses: uses, cites: cites, source: "live")
        estate.items[estate.items.count - 1].expires = expires.map(reading)
    }

    @Test func `a thread is left out until its limit, and read when that is reached, to the second (case 13)`() {
        var estate = estate()
        add(.thread, "thread", day(-10), to: &estate)
        let policies = PolicySet(retention: [policy("threads", match([.thread]), atMost: "60d")])
        #expect(rescan(estate, policies, at: day(50, -1)).leftOut == ["thread"])
        let due = rescan(estate, policies, at: day(50))
        #expect(due.leftOut.isEmpty && due.result.lines == ["threads thread overdue"])
    }

    @Test func `activity makes nothing due: it is not looked for before the limit that was known`() {
        var estate = estate()
        add(.thread, "thread", day(-10), to: &estate)
        let policies = PolicySet(
            retention: [policy("threads", match([.thread]), clock: lastActivity, atMost: "60d")])
        let active = rescan(estate, policies, at: day(20)) { add(.message, "m", day(5), in: "thread", to: &$0) }
        #expect(active.leftOut == ["thread"] && active.result.lines.isEmpty)
        let later = rescan(estate, policies, at: day(50)) { add(.message, "m", day(5), in: "thread", to: &$0) }
        #expect(later.leftOut.isEmpty && later.result.lines.isEmpty)
    }

    @Test(arguments: [Kind.message, .run])
    func `a new part comes to a limit of its own before its thread does`(kind: Kind) {
        var estate = estate()
        add(.thread, "thread", day(-1), to: &estate)
        let policies = PolicySet(retention: [
            policy("threads", match([.thread]), atMost: "90d"), policy("parts", match([kind]), atMost: "15d"),
        ])
        // A service whose clock is behind stamps it as of before the scan that did not see it.
        let made = day(0, -SettledWorld.skew)
        let limit = made + 15 * SettledWorld.day
        let due = rescan(estate, policies, at: limit) { add(kind, "new", made, in: "thread", to: &$0) }
        #expect(due.leftOut.isEmpty && due.result.lines == ["parts new overdue"])
        let early = rescan(estate, policies, at: day(14)) { add(kind, "new", made, in: "thread", to: &$0) }
        #expect(early.leftOut == ["thread"])
    }

    @Test func `a new step in a run that was there comes to its limit, too`() {
        var estate = estate()
        add(.thread, "thread", day(-1), to: &estate)
        add(.run, "run", day(-1), in: "thread", to: &estate)
        let policies = PolicySet(retention: [
            policy("threads", match([.thread]), atMost: "90d"), policy("steps", match([.runStep]), atMost: "15d"),
        ])
        let due = rescan(estate, policies, at: day(16)) { add(.runStep, "new", day(1), in: "run", to: &$0) }
        #expect(due.result.lines == ["steps new overdue"])
    }

    @Test func `a hold that begins or ends is looked at when it does (cases 16, 24)`() {
        var estate = estate()
        add(.thread, "thread", day(-10), to: &estate)
        let rule = policy("threads", match([.thread]), atMost: "300d")
        // The start is 2026-11-20.
        let later = PolicySet(
            retention: [rule], holds: [hold("matter", match([.thread]), from: "2026-12-01")])
        #expect(rescan(estate, later, at: day(11, -1)).leftOut == ["thread"])
        #expect(rescan(estate, later, at: day(11)).leftOut.isEmpty)
        let ending = PolicySet(
            retention: [rule],
            holds: [hold("matter", match([.thread]), until: "2026-12-01", inEffectUntil: "2026-12-08")])
        #expect(rescan(estate, ending, at: day(11, -1)).leftOut == ["thread"])
        #expect(rescan(estate, ending, at: day(11)).leftOut.isEmpty)
        #expect(rescan(estate, ending, at: day(18)).leftOut.isEmpty)
    }

    @Test func `an obligation that ends is looked at when it does`() {
        var estate = estate()
        add(.thread, "thread", day(-10), to: &estate)
        let policies = PolicySet(
            retention: [policy("threads", match([.thread]), atLeast: "30d", atMost: "300d")])
        #expect(rescan(estate, policies, at: day(20, -1)).leftOut == ["thread"])
        #expect(rescan(estate, policies, at: day(20)).leftOut.isEmpty)
    }

    @Test func `a use in a thread that was left out may oblige to keep what is about to expire (case 6)`() {
        var estate = estate()
        add(.file, "file", day(-45), expires: day(40), to: &estate)
        add(.thread, "thread", day(-45), to: &estate)
        let policies = PolicySet(
            retention: [policy("threads", match([.thread]), clock: lastActivity, atLeast: "40d", atMost: "90d")])
        let used = rescan(estate, policies, at: day(6)) {
            add(.message, "new", day(5), in: "thread", uses: [(.file, "file")], to: &$0)
        }
        #expect(used.leftOut.isEmpty && used.result.lines == ["threads file early-expiry"])
    }

    @Test func `a use in a thread that was left out keeps a file that is past its limit (case 19)`() {
        var estate = estate()
        add(.file, "file", day(-95), to: &estate)
        add(.thread, "thread", day(-10), to: &estate)
        let policies = PolicySet(retention: [
            policy("threads", match([.thread]), atMost: "90d"), policy("files", match([.file]), atMost: "100d"),
        ])
        let used = rescan(estate, policies, at: day(10)) {
            add(.message, "new", day(5), in: "thread", uses: [(.file, "file")], to: &$0)
        }
        #expect(used.result.lines == ["files file in-use"])
        #expect(rescan(estate, policies, at: day(10)).result.lines == ["files file overdue"])
    }

    @Test func `a thread that is kept and uses something is read each time, for that is kept with it`() {
        var estate = estate()
        add(.file, "file", day(-10), to: &estate)
        add(.thread, "using", day(-10), uses: [(.file, "file")], to: &estate)
        add(.thread, "alone", day(-10), to: &estate)
        let policies = PolicySet(retention: [
            policy("threads", match([.thread]), atLeast: "40d", atMost: "90d"),
            policy("files", match([.file]), atMost: "400d"),
        ])
        let scanned = rescan(estate, policies, at: day(5))
        #expect(scanned.leftOut == ["alone"])
        #expect(scanned.result.state("files", "file") == .kept)
    }

    /// Who uses the file in a thread that is left out: the newest of two messages, or the thread by its tools.
    @Test(arguments: [false, true])
    func `what uses a file in a thread that is left out makes the file as young as it was known to be`(byTools: Bool) {
        var estate = estate()
        add(.file, "file", day(-90), to: &estate)
        add(.thread, "thread", day(-80), uses: byTools ? [(.file, "file")] : [], to: &estate)
        let used: [(Kind, String)] = byTools ? [] : [(.file, "file")]
        add(.message, "new", day(-10), in: "thread", uses: used, to: &estate)
        add(.message, "old", day(-70), in: "thread", uses: used, to: &estate)
        let policies = PolicySet(retention: [
            policy("threads", match([.thread]), clock: lastActivity, atMost: "300d"),
            policy("files", match([.file]), clock: lastActivity, atMost: "100d"),
        ])
        let scanned = rescan(estate, policies, at: day(40))
        // By its own time it would be due, and everything would have to be read to find out that it is not.
        #expect(scanned.leftOut == ["thread"] && !scanned.leans)
        #expect(scanned.result.state("files", "file") == .allowed)
        #expect(rescan(estate, policies, at: day(90)).result.lines == ["files file in-use"])
    }

    @Test func `a run in a thread that is left out makes its assistant as young as it was known to be`() {
        var estate = estate()
        add(.assistant, "assistant", day(-90), to: &estate)
        add(.thread, "thread", day(-80), to: &estate)
        add(.run, "run", day(-10), in: "thread", cites: [(.assistant, "assistant")], to: &estate)
        let policies = PolicySet(retention: [
            policy("threads", match([.thread]), clock: lastActivity, atMost: "300d"),
            policy("assistants", match([.assistant]), clock: lastActivity, atMost: "100d"),
        ])
        let scanned = rescan(estate, policies, at: day(40))
        #expect(scanned.leftOut == ["thread"] && !scanned.leans && scanned.result.lines.isEmpty)
        // A new run makes it younger: past the limit that was known all is read.
        let active = rescan(estate, policies, at: day(91)) {
            add(.run, "new", day(30), in: "thread", cites: [(.assistant, "assistant")], to: &$0)
        }
        #expect(active.leans && active.result.lines.isEmpty)
    }

    @Test func `a thread with something to report is read each time`() {
        var estate = estate()
        add(.thread, "old", day(-100), to: &estate)
        add(.thread, "young", day(-1), to: &estate)
        let policies = PolicySet(retention: [policy("threads", match([.thread]), atMost: "60d")])
        #expect(rescan(estate, policies, at: day(5)).leftOut == ["young"])
    }

    @Test func `a thread of which no policy speaks is read each time where that is a violation`() {
        var estate = estate()
        add(.thread, "spoken of", day(-1), to: &estate)
        add(.thread, "not", day(-1), to: &estate)
        let policies = PolicySet(retention: [policy("threads", match([.thread], ids: ["spoken of"]), atMost: "60d")])
        #expect(rescan(estate, policies, at: day(5)).leftOut == ["spoken of", "not"])
        var options = ScanOptions()
        options.requireCoverage = true
        let scanned = rescan(estate, policies, at: day(5), options)
        #expect(scanned.leftOut == ["spoken of"] && scanned.result.lines == ["coverage not uncovered"])
    }

    @Test func `a thread that will be removed is read each time`() {
        var estate = estate()
        add(.thread, "thread", day(-1), expires: day(9), to: &estate)
        let policies = PolicySet(retention: [policy("threads", match([.thread]), atMost: "60d")])
        #expect(rescan(estate, policies, at: day(5)).leftOut.isEmpty)
    }

    @Test func `activity may bring a limit nearer where months are short (case 11)`() {
        func seconds(_ text: String) -> Int64 { moment(text).microseconds / 1_000_000 }
        var estate = estate()
        add(.thread, "thread", seconds("2027-01-29T23:00:00Z"), to: &estate)
        let policies = PolicySet(
            retention: [policy("threads", match([.thread]), clock: lastActivity, atMost: "1mo")])
        // A month later than the 29th at eleven is the 28th at eleven, and than the 30th at one the 28th at one.
        let active = rescan(
            estate, policies, from: seconds("2027-01-29T23:30:00Z"), at: seconds("2027-02-28T02:00:00Z")
        ) { add(.message, "new", seconds("2027-01-30T01:00:00Z"), in: "thread", to: &$0) }
        #expect(active.leftOut.isEmpty && active.result.lines == ["threads thread overdue"])
    }

    /// Everything goes after two years, and conversations stay for one, with what they use.
    private static let listed = PolicySet(retention: [
        policy("threads", match([.thread]), atMost: "2y"),
        policy("conversations", match([.conversation, .response]), atLeast: "1y", atMost: "2y"),
    ])

    @Test(arguments: [[], [Kind.thread], [.conversation], [.response], [.thread, .conversation, .response]])
    func `what a service lists of threads may be left out, and of conversations and responses nothing is`(
        kinds: [Kind]
    ) {
        var estate = estate()
        for kind in [Kind.thread, .conversation] { add(kind, kind.name, day(-10), to: &estate) }
        estate.add(.response, "response", reading: reading(day(-10)), status: "completed", source: "live")
        let inventory = estate.inventory { builder in
            for kind in kinds { builder.currentCoverage[kind].isListable = true }
        }
        let result = Evaluator(policies: Self.listed, asOf: asOf, options: ScanOptions()).evaluate(inventory)
        let left = Set(result.settling(source: 0).settled.map { inventory.id($0.row) })
        let isListed = !KindSet(kinds).intersection([.init(.conversation), .init(.response)]).isEmpty
        #expect(left == (isListed ? ["thread"] : ["thread", "conversation", "response"]))
    }

    @Test(arguments: [false, true])
    func `what conversations use needs nothing to be read that would be left out where all of them are read`(
        areListed: Bool
    ) {
        var estate = estate()
        for kind in [Kind.thread, .conversation] { add(kind, kind.name, day(-10), to: &estate) }
        // An obligation may come to it from a conversation, and from no thread.
        add(.file, "file", day(-10), expires: day(100), to: &estate)
        let inventory = estate.inventory { builder in
            for kind in [Kind.thread, .conversation, .response] {
                builder.currentCoverage[kind].isListable = areListed
            }
            builder.currentCoverage.rereading = Rereading(full: asOf, reason: nil)
            builder.currentCoverage.rereading?.settled[.thread] = 1
        }
        let result = Evaluator(policies: Self.listed, asOf: asOf, options: ScanOptions()).evaluate(inventory)
        #expect(result.settling(source: 0).leans == !areListed)
        #expect(result.sourcesLeaningOnUnread == (areListed ? [] : ["live"]))
    }

    private static let documents: [(String, PolicySet, Bool)] = [
        ("ages alone", PolicySet(retention: [policy("p", match([.thread]), clock: lastActivity, atMost: "1d")]), false),
        (
            "a condition on threads that asks for nothing else",
            PolicySet(retention: [policy("p", match([.thread], where: "has(object.metadata.product)"), atMost: "1d")]),
            false
        ),
        (
            "a condition on what is in threads",
            PolicySet(retention: [policy("p", match([.message], where: "has(object.metadata.product)"), atMost: "1d")]),
            true
        ),
        (
            "the time of day",
            PolicySet(retention: [policy("p", match([.thread], where: "age(object.created) > days(9)"), atMost: "1d")]),
            true
        ),
        (
            "what is in a thread",
            PolicySet(retention: [policy("p", match([.thread], where: "size(object.contains) > 3"), atMost: "1d")]),
            true
        ),
        (
            "what uses a file",
            PolicySet(retention: [policy("p", match([.file], where: "size(object.usedBy) > 3"), atMost: "1d")]), true
        ),
        (
            "a clock that activity can set back",
            PolicySet(retention: [policy("p", match([.thread]), clock: .expires, atMost: "1d")]), true
        ),
        (
            "a hold that asks for the last activity",
            PolicySet(
                retention: [policy("p", match([.thread]), atMost: "1d")],
                holds: [hold("h", match([.thread], where: "has(object.lastActivity)"))]), true
        ),
        (
            "an exception that asks for the time of day",
            PolicySet(
                retention: [policy("p", match([.thread]), atMost: "1d")],
                exceptions: [exception("e", ["p"], match([.thread], where: "now > timestamp('2026-01-01T00:00:00Z')"))]),
            true
        ),
    ]

    @Test(arguments: documents)
    func `documents whose answer activity could change leave nothing out`(
        what: String, policies: PolicySet, isObstacle: Bool
    ) {
        #expect((ScanResult.obstacleToSettling(policies, source: "live") != nil) == isObstacle, "\(what)")
    }
}
