import Chronology
import Connectors
import Records
import SampleEstate
import TestSupport
import Testing
import Twin

/// A service that holds an estate, and the estate itself, are the same records.
@Suite struct LiveEqualsExportTests {
    @Test(arguments: [1, 2, 3])
    func `a live reading and an offline reading of the same estate are the same`(seed: UInt64) async throws {
        let scratch = try Scratch()
        let asOf = Instant(seconds: 1_795_132_800)
        _ = try EstatePlan(seed: seed, threads: 1500, overduePercent: 20, asOf: asOf).write(to: scratch.path("estate"))
        let export = try TemporaryExport([:])
        for name in ["files", "vector_stores", "vector_store_files"] {
            try export.write("\(name).ndjson", Array(scratch.bytes("estate/\(name).ndjson")))
        }
        let twin = try Twin(estate: export.directory)
        let live = try await readService(port: twin.port)
        let offline = try export.read()
        #expect(live.count > 300)
        #expect(live.lines == offline.lines)
        #expect(live.complete == offline.complete && live.complete == [.file, .vectorStore, .vectorStoreFile])
        #expect(live.problems.sorted.map(\.code) == offline.problems.sorted.map(\.code))
    }
}
