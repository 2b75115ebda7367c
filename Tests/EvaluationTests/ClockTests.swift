import CEL
import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

@Suite struct ClockTests {
    private let ninety = policy("p", match([.thread]), clock: lastActivity, atMost: "90d")

    private func thread(_ created: String, messages: [(String, Role)] = []) -> Estate {
        var estate = Estate()
        estate.add(.thread, "t", created: created)
        for (index, (time, role)) in messages.enumerated() {
            estate.add(.message, "m\(index)", created: time, in: "t", role: role)
        }
        return estate
    }

    @Test
    func
        `a thread of 400 days with a message of yesterday is not due from its last activity, but is from its creation (case 1)`()
    {
        let estate = thread("2025-10-16", messages: [("2026-11-19", .user)])
        #expect(scan(estate, [ninety]).state("p", "t") == .allowed)
        #expect(scan(estate, [policy("p", match([.thread]), atMost: "90d")]).state("p", "t") == .overdue)
    }

    @Test(arguments: [Kind.message, .run])
    func `without its messages or runs a thread's last activity is undetermined, never its creation (case 2)`(
        unread: Kind
    ) {
        var old = thread("2025-10-16")
        old.unread = KindSet(unread)
        #expect(scan(old, [ninety]).state("p", "t") == .undetermined)
        var fresh = thread("2026-11-19")
        fresh.unread = KindSet(unread)
        #expect(scan(fresh, [ninety]).state("p", "t") == .allowed)
    }

    @Test func `the later of a stored and a derived time counts, and the drift is a problem (case 3)`() {
        var estate = Estate()
        estate.add(.conversation, "c", created: "2026-01-01", modified: "2026-02-01")
        estate.add(.item, "i", created: "2026-11-01", in: "c")
        let result = scan(estate, [policy("p", match([.conversation]), clock: lastActivity, atMost: "90d")])
        #expect(result.state("p", "c") == .allowed)
        #expect(result.inventory.problems.counts[.clockDrift] == 1)
    }

    @Test(arguments: [
        (Role.user, State.allowed), (.assistant, .allowed), (.system, .overdue), (.tool, .overdue),
        (.unknown, .undetermined),
    ])
    func `of messages only those of the roles that count are activity (case 4)`(role: Role, state: State) {
        let estate = thread("2025-10-16", messages: [("2026-11-19", role)])
        #expect(scan(estate, [ninety]).state("p", "t") == state)
    }

    @Test func `an edit moves the last modification and not the creation (case 5)`() {
        var estate = Estate()
        estate.add(.conversation, "c", created: "2026-08-12", modified: "2026-11-15")
        let created = policy("created", match([.conversation]), atMost: "90d")
        let modified = policy("modified", match([.conversation]), clock: .lastModified, atMost: "90d")
        let result = scan(estate, [created, modified])
        #expect(result.state("created", "c") == .overdue)
        #expect(result.state("modified", "c") == .allowed)
    }

    @Test func `13 digits of seconds are implausible, listed, and never decide (case 6)`() {
        var estate = Estate()
        estate.add(.thread, "t", reading: .microseconds(1_704_629_915_775_000_000))
        let result = scan(estate, [policy("p", atMost: "90d", onUndetermined: .report)])
        #expect(result.state("p", "t") == .undetermined)
        #expect(result.inventory.problems.counts[.implausibleTime] == 1)
        #expect(!result.mayGo("t"))
    }

    @Test(arguments: [RecordBatch.Reading.missing, .microseconds(0), .microseconds(-5), .unreadable])
    func `no time at all is never taken for an old one (case 7)`(reading: RecordBatch.Reading) {
        var estate = Estate()
        estate.add(.thread, "t", reading: reading)
        let result = scan(estate, [policy("p", atMost: "90d")])
        #expect(result.state("p", "t") == .undetermined)
        #expect(!result.mayGo("t"))
    }

    @Test(arguments: [("2026-11-20T00:05:00Z", State.allowed), ("2026-11-20T00:05:01Z", .undetermined)])
    func `a time beyond five minutes ahead is not believed (case 8)`(created: String, state: State) {
        var estate = Estate()
        estate.add(.thread, "t", created: created)
        #expect(scan(estate, [policy("p", atMost: "90d")]).state("p", "t") == state)
    }

    @Test(arguments: [
        ("2026-01-31", "1mo", "2026-02-28"), ("2026-01-30", "1mo", "2026-02-28"), ("2024-02-29", "1y", "2025-02-28"),
        ("2026-01-31", "30d", "2026-03-02"), ("2026-01-30T23:00:00Z", "1mo", "2026-02-28T23:00:00Z"),
        ("2026-01-31T01:00:00Z", "1mo", "2026-02-28T01:00:00Z"),
    ])
    func `months end with the month, and are not 30 days (case 11)`(created: String, atMost: String, deleteAt: String) {
        var estate = Estate()
        estate.add(.thread, "t", created: created)
        let limit = moment(deleteAt).microseconds
        for (offset, state) in [(-1, State.allowed), (0, .overdue), (1, .overdue)] {
            let now = Moment(microseconds: limit + Int64(offset) * 1_000_000)
            let result = scan(estate, [policy("p", atMost: atMost)], asOf: now)
            #expect(result.state("p", "t") == state, "\(offset)")
        }
    }

    @Test func `a day is a day of the policy's zone and 24 hours are exact (case 12)`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-10-24T22:30:00Z")
        let now = moment("2026-10-25T22:30:00Z")
        let zoned = policy("zoned", atMost: "1d", zone: "Europe/Berlin")
        let exact = policy("exact", atMost: "24h", zone: "Europe/Berlin")
        let result = scan(estate, [zoned, exact], asOf: now)
        #expect(result.state("zoned", "t") == .allowed)
        #expect(result.state("exact", "t") == .overdue)
    }

    @Test func `past the year 9999 the pair is an error and an atLeast has no end (case 14)`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01")
        #expect(scan(estate, [policy("p", atMost: "9000y")]).state("p", "t") == .error)
        let kept = scan(estate, [policy("long", atLeast: "9000y"), policy("p", atMost: "30d")])
        #expect(kept.finding("p", "t")?.keepUntil == .unbounded)
    }

    @Test func `every time is read at one as-of, which may be any (case 15)`() {
        let estate = thread("2026-01-01")
        let rule = policy("p", atMost: "90d")
        #expect(scan(estate, [rule], asOf: moment("2026-04-01")).state("p", "t") == .overdue)
        #expect(scan(estate, [rule], asOf: moment("2026-03-31T23:59:59Z")).state("p", "t") == .allowed)
    }

    @Test func `a file is as active as what uses it, through messages, assistants and stores`() {
        var estate = Estate()
        estate.add(.file, "f1", created: "2025-01-01")
        estate.add(.file, "f2", created: "2025-01-01")
        estate.add(.file, "f3", created: "2025-01-01")
        estate.add(.thread, "t", created: "2025-01-01")
        estate.add(.message, "m", created: "2026-11-01", in: "t", uses: [(.file, "f1")])
        estate.add(.assistant, "a", created: "2025-01-01", uses: [(.file, "f2")])
        estate.add(.run, "r", created: "2026-11-02", in: "t", cites: [(.assistant, "a")])
        estate.add(.vectorStore, "v", created: "2025-01-01", activity: "2026-11-03")
        estate.add(.vectorStoreFile, "v/f3", created: "2025-01-01", in: "v", uses: [(.file, "f3")])
        let rule = policy("p", match([.file, .assistant]), clock: lastActivity, atMost: "1y", whileUsed: .delete)
        let result = scan(estate, [rule])
        #expect(result.decision("p", "f1")?.late.clock == moment("2026-11-01"))
        #expect(result.decision("p", "f2")?.late.clock == moment("2026-11-02"))
        #expect(result.decision("p", "f3")?.late.clock == moment("2026-11-03"))
        #expect(result.decision("p", "a")?.late.clock == moment("2026-11-02"))
    }

    @Test func `a clock whose event has not happened allows an atMost and keeps an atLeast without end`() {
        var estate = Estate()
        estate.add(.file, "f", created: "2020-01-01")
        let limit = policy("limit", match([.file]), clock: .expires, atMost: "1d")
        #expect(scan(estate, [limit]).state("limit", "f") == .allowed)
        let closed = RetentionPolicy.Clock.custom(expression("timestamp(object.metadata.closed_at)", .timestamp))
        let keep = policy("keep", match([.file]), clock: closed, atLeast: "1d")
        let result = scan(estate, [keep, policy("age", match([.file]), atMost: "1d")])
        #expect(result.state("age", "f") == .kept)
        #expect(result.finding("age", "f")?.keepUntil == .unbounded)
    }

    @Test func `a custom clock is a point where it can be read, and an error where it fails`() {
        var estate = Estate()
        estate.add(.file, "good", created: "2020-01-01", ["closed_at": "2026-11-10T00:00:00Z"])
        estate.add(.file, "bad", created: "2020-01-01", ["closed_at": "yesterday"])
        estate.add(.file, "future", created: "2020-01-01", ["closed_at": "2027-11-10T00:00:00Z"])
        let clock = RetentionPolicy.Clock.custom(expression("timestamp(object.metadata.closed_at)", .timestamp))
        let result = scan(estate, [policy("p", match([.file]), clock: clock, atLeast: "1d", atMost: "5d")])
        #expect(result.state("p", "good") == .overdue)
        #expect(result.state("p", "bad") == .error)
        #expect(result.state("p", "future") == .kept)
        #expect(result.explanation(for: result.row("bad")).keepUntil?.latest == .unbounded)
    }

    @Test func `a thread without messages has its own times (case 51)`() {
        #expect(scan(thread("2026-01-01"), [ninety]).state("p", "t") == .overdue)
    }
}
