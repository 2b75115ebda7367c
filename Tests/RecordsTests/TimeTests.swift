import Chronology
import Testing

@testable import Records

@Suite struct TimeTests {
    static let asOf = Material.asOf

    @Test(arguments: [
        (Material.at(days: -1), TimeFact.point),
        (1_795_132_800_000_000 + 300_000_000, .point),
        (1_795_132_800_000_000 + 300_000_001, .future),
        (0, .missing),
        (-1, .implausible),
        (86_399_999_999, .implausible),
        (86_400_000_000, .point),
        (1_704_629_915_775_000_000, .implausible),
        (Int64.max, .implausible),
        (Int64.min, .implausible),
    ])
    func `a number of microseconds says one thing (cases 6, 7, 8, 14)`(microseconds: Int64, fact: TimeFact) {
        #expect(Material.rules.fact(microseconds: microseconds) == fact)
    }

    @Test func `a thread's time is a point, or as open as what was not said (cases 6, 7, 8)`() {
        let open = Interval(earliest: .beginning, latest: Self.asOf)
        let table: [(RecordBatch.Reading?, TimeFact, Interval, Problem.Code?)] = [
            (
                .microseconds(Material.at(days: -3)), .point,
                Interval(point: Moment(microseconds: Material.at(days: -3))), nil
            ),
            (.missing, .missing, open, nil),
            (.microseconds(0), .missing, open, nil),
            (.microseconds(Material.at(days: 1)), .future, open, .futureTime),
            (.microseconds(1_704_629_915_775_000_000), .implausible, .everything, .implausibleTime),
            (.unreadable, .implausible, .everything, .implausibleTime),
            (nil, .absent, open, nil),
        ]
        for (reading, fact, interval, problem) in table {
            let inventory = Material.inventory([Line(.thread, "t").with { $0.created = reading }])
            #expect(inventory.createdFact(0) == fact)
            #expect(inventory.created(0) == interval)
            #expect(inventory.problems.kept.map(\.code) == [problem].compactMap(\.self))
            #expect(inventory.problems.kept.allSatisfy { $0.place == Place(file: "export.ndjson", line: 1) })
            #expect(!inventory.problems.losesData)
        }
    }

    @Test func `the newest own activity counts, and one that is not known opens the late end`() {
        let early = Moment(microseconds: Material.at(days: -9))
        let late = Moment(microseconds: Material.at(days: -2))
        let table: [([RecordBatch.Reading], Interval?)] = [
            ([], nil),
            ([.microseconds(late.microseconds), .microseconds(early.microseconds)], Interval(point: late)),
            ([.microseconds(early.microseconds), .missing], Interval(earliest: early, latest: Self.asOf)),
            ([.microseconds(early.microseconds), .unreadable], Interval(earliest: early, latest: .unbounded)),
        ]
        for (readings, interval) in table {
            let inventory = Material.inventory([Line(.run, "r", in: "t").with { $0.activity = readings }])
            #expect(inventory.ownActivity(0) == interval)
        }
    }

    @Test func `a removal that the provider announces may lie in the future, and none is no time at all`() {
        let later = Material.at(days: 30)
        let inventory = Material.inventory([
            Line(.file, "a").with { $0.expires = .microseconds(later) }, Line(.file, "b"),
            Line(.file, "c").with { $0.expires = .unreadable },
        ])
        #expect(inventory.expires(0) == Interval(point: Moment(microseconds: later)))
        #expect(inventory.expires(1) == nil)
        #expect(inventory.expires(2) == .everything)
        var expiring: [Int: Interval] = [:]
        inventory.forEachExpiring { expiring[$0] = $1 }
        #expect(expiring == [0: Interval(point: Moment(microseconds: later)), 2: .everything])
    }

    @Test func `a container's stamp that is older than its newest part is listed (case 3)`() {
        let inventory = Material.inventory([
            Line(.thread, "t").with { $0.modified = .microseconds(Material.at(days: -50)) },
            Line(.message, "m", in: "t").with { $0.created = .microseconds(Material.at(days: -40)) },
        ])
        #expect(inventory.problems.kept.map(\.code) == [.clockDrift])
        #expect(inventory.problems.kept.first?.id == "t")
    }
}
