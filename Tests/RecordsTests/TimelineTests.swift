import Chronology
import Testing

@testable import Records

@Suite struct TimelineTests {
    private func timeline(_ lines: [Line], days: Int64) -> InventoryTimeline {
        var builder = InventoryBuilder(metadataKeys: Material.keys, rules: Material.rules)
        builder.beginSource("export")
        _ = builder.append(Material.batch(lines, file: "export.ndjson"))
        return InventoryTimeline(builder, until: Moment(microseconds: Material.at(days: days)))
    }

    private func at(_ days: Int64) -> Moment { Moment(microseconds: Material.at(days: days)) }

    @Test func `a time to come is believed from five minutes before it (case 7)`() {
        let timeline = timeline(
            [
                Line(.run, "r", in: "t").with {
                    $0.created = .microseconds(Material.at(days: 10))
                    $0.activity = [-3, 10, 20].map { .microseconds(Material.at(days: $0)) }
                }
            ], days: 30)
        let nearly = Moment(microseconds: at(10).microseconds - 300_000_001)
        let just = Moment(microseconds: at(10).microseconds - 300_000_000)
        #expect(timeline.inventory(at: nearly).created(0) == Interval(earliest: .beginning, latest: nearly))
        #expect(timeline.inventory(at: nearly).ownActivity(0) == Interval(earliest: at(-3), latest: nearly))
        #expect(timeline.inventory(at: just).created(0) == Interval(point: at(10)))
        #expect(timeline.inventory(at: just).ownActivity(0) == Interval(earliest: at(10), latest: at(10)))
        #expect(timeline.inventory(at: at(20)).ownActivity(0) == Interval(point: at(20)))
    }

    @Test func `a clock that is not known reaches to each instant`() {
        let timeline = timeline([Line(.thread, "t").with { $0.created = .missing }], days: 30)
        for day in [Int64(0), 7, 30] {
            #expect(timeline.inventory(at: at(day)).created(0) == Interval(earliest: .beginning, latest: at(day)))
        }
    }

    @Test func `two records of one id that differ only in times to come differ once those are believed`() {
        let line = { (day: Int64) in
            Line(.thread, "t").with { $0.created = .microseconds(Material.at(days: day)) }
        }
        let timeline = timeline([line(10), line(20)], days: 30)
        #expect(!timeline.inventory(at: at(0)).isConflicted(0))
        #expect(timeline.inventory(at: at(15)).isConflicted(0))
    }
}
