import CEL
import Chronology
import Policies
import Records
import RuleSupport
import Testing

@testable import Evaluation

/// Expressions over the records that contain, use and are used by a record.
@Suite struct RelatedRecordTests {
    /// Two threads of two tenants whose messages use one file, and a file that only one of them uses.
    private var estate: Estate {
        var estate = Estate()
        estate.add(.thread, "t1", created: "2026-01-01", ["tenant": "A"])
        estate.add(.thread, "t2", created: "2026-01-01", ["tenant": "B"])
        estate.add(.file, "shared", created: "2026-01-01")
        estate.add(.file, "own", created: "2026-01-01")
        estate.add(.message, "m3", created: "2026-03-01", in: "t1", role: .assistant)
        estate.add(.message, "m1", created: "2026-01-01", in: "t1", uses: [(.file, "shared"), (.file, "own")])
        estate.add(.message, "m2", created: "2026-02-01", in: "t2", uses: [(.file, "shared")])
        estate.add(.run, "r1", created: "2026-01-02", in: "t1", status: "completed")
        return estate
    }

    /// What the condition says of the record: nil for an error.
    private func holds(_ condition: String, of id: String, in estate: Estate? = nil) -> Bool? {
        let result = scan(estate ?? self.estate, [policy("p", match(ids: [id], where: condition), atMost: "1d")])
        guard let state = result.state("p", id) else { return false }
        return state == .error ? nil : true
    }

    @Test(arguments: [
        ("object.usedBy.size() == 2 && object.usedBy.exists(u, u.container.tenant == 'B')", "shared"),
        ("object.usedBy.exists_one(u, u.tenant == 'B')", "shared"),
        ("!object.usedBy.all(u, u.tenant == object.usedBy[0].tenant)", "shared"),
        ("object.usedBy.all(u, u.tenant == object.usedBy[0].tenant)", "own"),
        ("object.usedBy.map(u, u.id) == ['m1', 'm2']", "shared"),
        ("object.contains.map(c, c.id) == ['m1', 'm3', 'r1']", "t1"),
        ("object.contains.filter(c, c.kind == 'message' && c.role == 'assistant').size() == 1", "t1"),
        ("object.contains.filter(c, c.kind == 'run')[0].status == 'completed'", "t1"),
        ("object.contains[0].uses.map(f, f.id) == ['own', 'shared']", "t1"),
        ("object.uses.all(f, object in f.usedBy)", "m1"),
        ("object.container == object.container.contains[0].container && object != object.container", "m1"),
        ("!has(object.container) && size(object.uses) == 0 && object.contains.size() == 0", "own"),
        ("object.container.contains.exists(c, age(c.created) < age(object.created))", "m1"),
        ("(object.uses + object.uses).size() == 4 && object.uses == object.uses + []", "m1"),
    ])
    func `related records are lists and records like any other`(condition: String, id: String) {
        #expect(holds(condition, of: id) == true, "\(condition)")
        #expect(holds("!(\(condition))", of: id) == false, "\(condition)")
    }

    @Test func `related records come in the order of reports, in whatever order they were read`() {
        var estate = estate
        for index in (0..<50).map({ $0 * 37 % 50 }) {
            estate.add(.message, "msg_\(index)\(index % 3 == 0 ? "" : "-long")", created: "2026-01-01", in: "t2")
        }
        estate.items.reverse()
        let inventory = estate.inventory()
        let facts = RecordFacts(inventory, asOf: asOf)
        let thread = inventory.rows(withId: "t2")[0]
        let rows = (0..<facts.contained.count(of: thread)).map { facts.contained.element(at: $0, of: thread) }
        let found = rows.compactMap { lookup -> Int? in
            guard case .value(.object(let object)) = lookup else { return nil }
            return object.row
        }
        #expect(found.count == 51)
        #expect(found == found.sorted(by: inventory.precedes))
    }

    @Test(arguments: [
        ("object.usedBy.exists(u, u.tenant == 'B')", "shared", Kind.batch),
        ("object.contains.size() > 0", "t1", .run),
        ("object.uses.size() > 0", "m1", .file),
        ("object.usedBy.exists(u, u.container.contains.size() > 0)", "shared", .run),
        ("!object.usedBy.exists(u, false)", "shared", .upload),
    ])
    func `where a kind that could be related was not read to its end, the expression fails`(
        condition: String, id: String, unread: Kind
    ) {
        #expect(holds(condition, of: id) == true)
        var estate = estate
        estate.unread = KindSet(unread)
        #expect(holds(condition, of: id, in: estate) == nil)
        estate.unread = KindSet(.chatCompletion)
        #expect(holds(condition, of: id, in: estate) == true)
    }

    @Test func `a container that was not read fails the expression, and one that nobody needs is absent`() {
        var estate = estate
        estate.add(.message, "lost", created: "2026-01-01", in: "gone")
        estate.add(.response, "alone", created: "2026-01-01")
        #expect(holds("object.container.tenant == 'A'", of: "lost", in: estate) == nil)
        #expect(holds("has(object.container)", of: "lost", in: estate) == nil)
        #expect(holds("!has(object.container)", of: "alone", in: estate) == true)
        #expect(holds("object.container.tenant == 'A'", of: "alone", in: estate) == nil)
    }

    @Test func `a reference to what is not there relates nothing (case 38)`() {
        var estate = estate
        estate.add(.message, "m4", created: "2026-01-01", in: "t1", uses: [(.file, "gone"), (.file, "own")])
        estate.add(.message, "m5", created: "2026-01-01", in: "gone", uses: [(.file, "own")])
        #expect(holds("object.uses.map(f, f.id) == ['own']", of: "m4", in: estate) == true)
        #expect(holds("object.usedBy.map(u, u.id) == ['m1', 'm4']", of: "own", in: estate) == true)
    }

    @Test func `a record that two lines put into two containers has no known one, and both contain it`() {
        var estate = Estate()
        estate.add(.thread, "a", created: "2026-01-01")
        estate.add(.thread, "b", created: "2026-01-01")
        estate.add(.message, "m", created: "2026-01-01", in: "a")
        estate.add(.message, "m", created: "2026-01-01", in: "b")
        #expect(holds("has(object.container)", of: "m", in: estate) == nil)
        #expect(holds("object.contains.exists(c, c.id == 'm')", of: "a", in: estate) == true)
        #expect(holds("object.contains.exists(c, c.id == 'm')", of: "b", in: estate) == true)
    }

    @Test func `a clock may count from related records`() {
        let clock = RetentionPolicy.Clock.custom(expression("object.contains[0].created + days(1)", .timestamp))
        let result = scan(estate, [policy("p", match([.thread]), clock: clock, atMost: "30d")])
        #expect(result.finding("p", "t1")?.deleteAt == moment("2026-02-01"))
        #expect(result.finding("p", "t2")?.deleteAt == moment("2026-03-04"))
    }

    @Test func `going round in circles ends at the budget, as an error and never as a pass`() {
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01")
        estate.add(.file, "f", created: "2026-01-01")
        for index in 0..<150 {
            estate.add(.message, "m\(index)", created: "2026-01-01", in: "t", uses: [(.file, "f")])
        }
        let round = "u.uses.all(f, f.usedBy.all(v, v.uses.all(g, g.usedBy.all(w, has(w.id)))))"
        #expect(holds("object.usedBy.all(u, \(round))", of: "f", in: estate) == nil)
        #expect(holds("object.usedBy.all(u, u.uses.all(f, f.usedBy.size() == 150))", of: "f", in: estate) == true)
    }
}
