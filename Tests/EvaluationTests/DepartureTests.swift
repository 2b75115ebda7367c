import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

@Suite struct DepartureTests {
    private let threads = policy("threads", match([.thread]), atMost: "30d")
    private let files = policy("files", match([.file]), atMost: "30d")

    private var shared: Estate {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-01-01")
        estate.add(.thread, "old", created: "2026-01-01")
        estate.add(.message, "m", created: "2026-01-01", in: "old", uses: [(.file, "f")])
        return estate
    }

    @Test func `a file that only departing records use departs with them`() {
        let result = scan(shared, [threads, files])
        #expect(result.mayGo("old"))
        #expect(result.goes(result.row("m")))
        #expect(!result.mayGo("m"))
        #expect(result.state("files", "f") == .overdue)
        #expect(result.mayGo("f"))
    }

    @Test func `a file that one staying record uses is in use (case 19)`() {
        var estate = shared
        estate.add(.thread, "young", created: "2026-11-10")
        estate.add(.message, "n", created: "2026-11-10", in: "young", uses: [(.file, "f")])
        let result = scan(estate, [threads, files])
        #expect(result.state("files", "f") == .inUse)
        #expect(result.mayGo("old"))
        #expect(!result.mayGo("f"))
    }

    @Test(arguments: [RetentionPolicy.WhenDue.report, .review])
    func `only whenDue delete lets a record go, and only in force`(whenDue: RetentionPolicy.WhenDue) {
        #expect(!scan(shared, [policy("p", match([.thread]), atMost: "30d", whenDue: whenDue)]).mayGo("old"))
        #expect(!scan(shared, [policy("p", match([.thread]), atMost: "30d", mode: .observe)]).mayGo("old"))
    }

    @Test func `what is in use keeps what holds it, along a chain`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-01-01")
        estate.add(.vectorStore, "v", created: "2026-01-01")
        estate.add(.vectorStoreFile, "v/f", created: "2026-01-01", in: "v", uses: [(.file, "f")])
        estate.add(.thread, "t", created: "2026-01-01", uses: [(.vectorStore, "v")])
        let rule = policy("p", match([.file, .vectorStore]), atMost: "30d")
        let staying = scan(estate, [rule])
        #expect(staying.state("p", "v") == .inUse)
        #expect(staying.state("p", "f") == .inUse)
        let going = scan(estate, [rule, threads])
        #expect(going.state("p", "v") == .overdue)
        #expect(going.state("p", "f") == .overdue)
        #expect(going.mayGo("f"))
    }

    @Test func `what stops a part stops its container: errors, exceptions, undetermined ages`() {
        var estate = shared
        estate.add(.message, "n", reading: .missing, in: "old")
        let messages = policy("messages", match([.message]), atMost: "30d")
        #expect(!scan(estate, [threads, messages]).mayGo("old"))
        let pilot = exception("pilot", ["messages"], match(ids: ["m"]))
        #expect(!scan(shared, [threads, messages], exceptions: [pilot]).mayGo("old"))
        let failing = policy("failing", match([.message], where: "object.metadata.owner == 'x'"), atMost: "30d")
        #expect(!scan(shared, [threads, failing]).mayGo("old"))
        #expect(scan(shared, [threads, messages]).mayGo("old"))
    }

    @Test func `an unread kind stops a deletion only where a document may protect through it`() {
        var estate = shared
        estate.unread = KindSet(.run)
        #expect(scan(estate, [threads]).mayGo("old"))
        #expect(!scan(estate, [threads], holds: [hold("m", match([.run]))]).mayGo("old"))
        #expect(scan(estate, [threads], holds: [hold("m", match([.run], sources: ["azure-*"]))]).mayGo("old"))
        #expect(!scan(estate, [threads, policy("keep", match([.run]), atLeast: "1d")]).mayGo("old"))
        let pilot = exception("pilot", ["threads"], match([.run]))
        #expect(!scan(estate, [threads], exceptions: [pilot]).mayGo("old"))
    }

    @Test func `an orphan is one only if every kind that could use it was read to its end (case 37)`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-01-01")
        #expect(scan(estate, [files]).mayGo("f"))
        estate.unread = KindSet(.message)
        let result = scan(estate, [files])
        #expect(result.state("files", "f") == .overdue)
        #expect(!result.mayGo("f"))
        #expect(scan(estate, [policy("files", match([.file]), atMost: "30d", whileUsed: .delete)]).mayGo("f"))
        estate.items[0].created = .microseconds(moment("2026-11-18").microseconds)
        #expect(scan(estate, [files]).state("files", "f") == .allowed)
    }

    @Test func `a kind that is over before anything depends on it keeps nothing by not being seen`() {
        let byActivity = policy("files", match([.file]), clock: lastActivity, atMost: "30d")
        let unused = policy("files", match([.file], where: "object.usedBy.size() == 0"), atMost: "30d")
        for rule in [files, byActivity, unused] {
            var estate = Estate()
            estate.add(.file, "f", created: "2026-01-01")
            estate.unread = KindSet(.upload)
            #expect(!scan(estate, [rule]).mayGo("f"))
            estate.endUnseen = KindSet(.upload)
            let result = scan(estate, [rule], holds: [hold("m", match())])
            #expect(result.state("files", "f") == .held, "a hold on all kinds reaches the file itself")
            #expect(scan(estate, [rule]).state("files", "f") == .overdue)
            #expect(scan(estate, [rule]).mayGo("f"))
            #expect(scan(estate, [rule], holds: [hold("m", match([.upload]))]).mayGo("f"))
            estate.unread = KindSet([.upload, .message])
            #expect(!scan(estate, [rule]).mayGo("f"))
        }
    }

    @Test func `a dangling row protects nothing and is listed (case 38)`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2026-01-01")
        estate.add(.vectorStoreFile, "gone/f", created: "2026-11-01", in: "gone", uses: [(.file, "f")])
        let result = scan(estate, [files], holds: [hold("m", match([.vectorStoreFile]))])
        #expect(result.state("files", "f") == .overdue)
        #expect(result.mayGo("f"))
        #expect(result.inventory.problems.counts[.danglingReference] == 1)
    }

    @Test func `the same bytes under two ids are two records, each by its own clock (case 39)`() {
        var estate = Estate()
        estate.add(.file, "one", created: "2026-01-01")
        estate.add(.file, "two", created: "2026-11-10")
        let result = scan(estate, [files])
        #expect(result.state("files", "one") == .overdue)
        #expect(result.state("files", "two") == .allowed)
    }

    @Test func `while a hold names a person, what does not say whose it is goes to review`() {
        var estate = shared
        estate.add(.thread, "theirs", created: "2026-01-01", ["subject": "user:2"])
        let person = hold("m", match([.thread], subjects: ["user:1"]))
        let result = scan(estate, [threads], holds: [person])
        #expect(result.state("threads", "old") == .overdue)
        #expect(!result.mayGo("old"))
        #expect(result.mayGo("theirs"))
        let byOwner = hold("m", match([.thread], where: "object.owner == 'x'"))
        #expect(!scan(estate, [policy("t", match([.thread]), atMost: "30d")], holds: [byOwner]).mayGo("old"))
        let ended = hold("m", match([.thread], subjects: ["user:1"]), until: "2026-02-01")
        #expect(scan(estate, [threads], holds: [ended]).mayGo("old"))
    }

    @Test(arguments: ["archived", "deleted", "expired"])
    func `archived and deleted rows still hold content and count like any other (case 85)`(status: String) {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01", status: status)
        #expect(scan(estate, [threads]).state("threads", "t") == .overdue)
    }

    @Test(arguments: [Kind.chatCompletion, .response])
    func `what an application stored where nothing may be stored is overdue at once (case 84)`(kind: Kind) {
        var estate = Estate()
        estate.add(kind, "stored", created: "2026-11-20")
        let result = scan(estate, [policy("nothing", match([kind]), atMost: "PT0S")])
        #expect(result.state("nothing", "stored") == .overdue)
        #expect(result.mayGo("stored"))
    }

    @Test func `in any graph the exact way and the sweeps agree`() {
        var estate = shared
        estate.add(.thread, "young", created: "2026-11-10", uses: [(.file, "g")])
        estate.add(.file, "g", created: "2026-01-01")
        estate.add(.vectorStore, "v", created: "2026-01-01")
        estate.add(.vectorStoreFile, "v/f", created: "2026-01-01", in: "v", uses: [(.file, "f")])
        let set = PolicySet(retention: [
            threads, files, policy("stores", match([.vectorStore]), atMost: "30d"),
            policy("keep", match(ids: ["young"]), atLeast: "5y"),
        ])
        let inventory = estate.inventory()
        let swept = Assessment(inventory, set, asOf: asOf)
        let flooded = Assessment(inventory, set, asOf: asOf, isLayered: false)
        #expect(swept.isLayered && !flooded.isLayered)
        #expect(swept.keepEnds == flooded.keepEnds)
        var first = PairSweep(swept)
        first.run()
        let marks = (swept.settle(first.marks), flooded.settle(first.marks))
        #expect(marks.0.mayGo == marks.1.mayGo)
        #expect(marks.0.isUsed == marks.1.isUsed)
    }

    @Test func `records that contain each other go together, or stay together`() {
        var estate = Estate()
        estate.add(.thread, "a", created: "2026-01-01", contains: [(.thread, "b")])
        estate.add(.thread, "b", created: "2026-11-10", uses: [(.file, "f")], contains: [(.thread, "a")])
        estate.add(.file, "f", created: "2026-01-01")
        let going = scan(estate, [threads, files])
        #expect(going.mayGo("a"))
        #expect(going.goes(going.row("b")))
        #expect(going.state("files", "f") == .overdue)
        let staying = scan(estate, [threads, files], exceptions: [exception("e", ["threads"], match(ids: ["a"]))])
        #expect(!staying.goes(staying.row("b")))
        #expect(staying.state("files", "f") == .inUse)
    }
}
