import AuditLog
import CanonicalJSON
import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// Files that are taken out of a store that stays, and what searching the store shows of what they said (case 34).
@Suite struct StoreSearchTests {
    private let scratch: Scratch
    private let scene: Scene
    private let plan: Plan
    private static let store = ModelService.Key(kind: .vectorStore, id: "v")
    private static let entry = ModelService.Key(kind: .vectorStoreFile, id: "v/f")

    init() throws { try self.init([.vectorStoreFile]) }

    private init(_ kinds: [Kind]) throws {
        scratch = try Scratch()
        var estate = Estate()
        estate.add(.vectorStore, "v", created: "2026-01-01")
        for file in ["f", "g"] {
            estate.add(.file, file, created: "2026-01-01")
            estate.add(.vectorStoreFile, "v/\(file)", created: "2026-01-01", in: "v", uses: [(.file, file)])
        }
        scene = try Scene(estate, [policy("old", match(kinds), atMost: "30d", whileUsed: .delete)], in: scratch)
        plan = try scene.plan(in: scratch)
    }

    private func execute(searching: Bool = true) async throws -> ExecutionReport {
        var setting = scene.setting(plan)
        setting.searchesStores = searching
        return try await scene.execute(plan, setting)
    }

    private func answer(_ searches: SearchSighting...) { scene.service.change { $0.searches = searches } }

    private func logged(_ type: String) throws -> [CanonicalValue] {
        try scene.entries().filter { $0["type"]?.text == type }.compactMap { $0["data"] }
    }

    @Test func `what a search finds no more is deleted, and the run counts it (case 34)`() async throws {
        let report = try await execute()
        #expect(report.counts == [.deletedVerified: 2] && report.searchCounts == [.notFound: 2], "\(report.fates)")
        // Before, to know that its words find it; and after.
        #expect(scene.service.now.searched == 4)
        #expect(
            report.fates[0].because
                == "read back as gone, and searching its store does not find its contents any more")
        #expect(try logged("apply.started").map { $0["probeSearch"] } == [.boolean(true)])
        #expect(try logged("deletion.outcome").map { $0["search"] } == [.string("not-found"), .string("not-found")])
        let again = try await execute()
        #expect(again.searchCounts == [.notFound: 2] && scene.service.now.searched == 4)
    }

    @Test func `nobody searches who was not asked to (case 34)`() async throws {
        let report = try await execute(searching: false)
        #expect(report.counts == [.deletedVerified: 2] && report.searches.isEmpty)
        #expect(scene.service.now.searched == 0)
        #expect(try logged("apply.started").map { $0["probeSearch"] } == [.boolean(false)])
        #expect(try logged("deletion.outcome").allSatisfy { $0["search"] == nil })
        var setting = scene.setting(plan)
        setting.searchesStores = true
        #expect(try await scene.rehearse(plan, setting).searches.isEmpty && scene.service.now.searched == 0)
    }

    @Test func `what is found for a while is waited for (case 34)`() async throws {
        answer(.found, .found, .found, .notFound)
        let report = try await execute()
        #expect(report.counts == [.deletedVerified: 2] && report.searchCounts == [.notFound: 2], "\(report.fates)")
    }

    @Test func `what is found for good is unverified, and no later run calls it gone by mere silence (case 34)`()
        async throws
    {
        answer(.found, .found, .found, .found)
        let first = try await execute()
        #expect(first.lines[0] == "detach vectorStoreFile v/f: pending-verification" && first.hasWrongs)
        #expect(
            first.fates[0].because
                == "its own path and its list do not have it any more, and searching its store still finds its contents"
        )
        // What is next to it goes its way, and nobody else took this out of the store.
        #expect(first.lines[1] == "detach vectorStoreFile v/g: deleted-verified", "\(first.fates)")
        #expect(first.searchCounts == [.found: 1, .notFound: 1] && first.deleted[Scene.source]?.count == 2)
        let second = try await execute()
        #expect(second.lines[0] == "detach vectorStoreFile v/f: pending-verification" && second.calls == 0)
        #expect(second.fates[0].because.contains("the search was not asked again"))
        #expect(second.searchCounts == [.found: 1, .notFound: 1] && scene.service.now.searched == 6)
        let third = try await execute(searching: false)
        #expect(third.lines[0] == "detach vectorStoreFile v/f: deleted-verified" && !third.hasWrongs)
        #expect(
            third.fates[0].because
                == "an earlier run called it, and it is gone; searching could not show it: an earlier run's search still "
                + "found its contents, and was not asked again")
        #expect(third.searches[0] == .unshown)
    }

    @Test func `a store that is gone by the next run finds nothing any more (case 34)`() async throws {
        answer(.found, .found, .found, .found)
        _ = try await execute()
        scene.service.change { $0.records[Self.store] = nil }
        let second = try await execute()
        #expect(second.lines[0] == "detach vectorStoreFile v/f: deleted-verified" && second.searches[0] == .unshown)
    }

    @Test func `the file behind what is still found goes all the same (case 34)`() async throws {
        let tests = try Self([.file])
        tests.answer(.found, .found, .found, .found)
        let report = try await tests.execute()
        #expect(
            report.lines == [
                "detach vectorStoreFile v/f: pending-verification", "detach vectorStoreFile v/g: deleted-verified",
                "delete file f: deleted-verified", "delete file g: deleted-verified",
            ], "\(report.fates)")
        let second = try await tests.execute()
        #expect(second.calls == 0 && second.counts[.pendingVerification] == 1, "\(second.lines)")
    }

    @Test(arguments: [
        (SearchSighting.notFound, "its own words did not find it before either"),
        (.unreadable("its contents have no words"), "its contents have no words"),
    ])
    func `a search that shows nothing is told, and is no proof (case 34)`(
        control: SearchSighting, reason: String
    ) async throws {
        answer(control, control)
        let report = try await execute()
        #expect(report.counts == [.deletedVerified: 2] && report.searchCounts == [.unshown: 2])
        #expect(report.fates[0].because == "read back as gone; searching could not show it: \(reason)")
        #expect(scene.service.now.searched == 2)
        #expect(try logged("deletion.outcome").map { $0["search"] } == [.string("unshown"), .string("unshown")])
    }

    @Test func `a search that fails after it was found is no sign that it went (case 34)`() async throws {
        answer(.found, .found, .unreadable("answered 500"), .unreadable("answered 500"))
        let report = try await execute()
        #expect(report.lines[0].hasSuffix(": pending-verification") && report.searches[0] == .found)
    }

    @Test func `who may not read the contents calls nothing, and the run is over (cases 34, 59)`() async throws {
        answer(.refused("its contents: answered 403"))
        let report = try await execute()
        #expect(report.end == .refused && report.calls == 0)
        #expect(report.lines[0] == "detach vectorStoreFile v/f: refused")
    }

    @Test func `who may not search any more is read back by the next run, which says that it did not search (case 34)`()
        async throws
    {
        answer(.found, .refused("a search of its store: answered 401"))
        let first = try await execute()
        #expect(first.end == .refused && first.lines[0] == "detach vectorStoreFile v/f: pending-verification")
        let second = try await execute(searching: false)
        #expect(second.lines[0] == "detach vectorStoreFile v/f: deleted-verified")
        #expect(
            second.fates[0].because
                == "an earlier run called it, and it is gone; searching could not show it: the search was not asked, for "
                + "words are not kept from one run to the next")
    }

    @Test func `what a search found stays found though nobody may search any more (cases 34, 52)`() async throws {
        answer(.found, .found, .refused("a search of its store: answered 401"))
        let first = try await execute()
        #expect(first.end == .refused && first.lines[0] == "detach vectorStoreFile v/f: pending-verification")
        #expect(first.searches[0] == .found && first.residual.map(\.name.id) == ["v/f"])
        let second = try await execute()
        #expect(second.lines[0] == "detach vectorStoreFile v/f: pending-verification")
        #expect(second.residual.map(\.name.id) == ["v/f"])
    }

    @Test func `what went before it was called was not searched for, or was (case 34)`() async throws {
        scene.service.before(call: 0) { $0.records[Self.entry] = nil }
        let report = try await execute()
        #expect(report.lines[0] == "detach vectorStoreFile v/f: already-absent" && report.searches[0] == .notFound)
        let other = try Self([.vectorStoreFile])
        other.scene.service.change {
            $0.records[Self.entry] = nil
            $0.searches = [.unreadable("the service has no call that reads its contents")]
        }
        let absent = try await other.execute()
        #expect(absent.lines[0] == "detach vectorStoreFile v/f: already-absent" && absent.searches[0] == .unshown)
    }

    @Test func `a store that goes by the plan itself is not searched (case 34)`() async throws {
        let tests = try Self([.vectorStore])
        let report = try await tests.execute()
        #expect(report.counts == [.deletedVerified: 3] && report.searches.isEmpty)
        #expect(tests.scene.service.now.searched == 0)
    }

    @Test func `what somebody does to a store before a search of it is not taken for the search's doing (case 34)`()
        async throws
    {
        // The store twice and the entry, the store behind the call, the entry, the store before the search.
        scene.service.before(look: 6) { $0.records[Self.store]?.lastActivity = "2026-11-20T01:00:30Z" }
        let report = try await execute()
        #expect(
            report.lines == [
                "detach vectorStoreFile v/f: deleted-verified", "detach vectorStoreFile v/g: changed-since-plan",
            ], "\(report.fates)")
    }

    @Test func `a log that says nothing of searches is read as one of runs without any (case 34)`() throws {
        var log = try LogWriter.open(scene.directory, signer: try Scene.signer(), at: Instant(seconds: 1_795_136_400))
        let digest = plan.digest
        try log.append("apply.started", at: Instant(seconds: 1_795_136_400)) { $0.member("plan", digest) }
        try log.append("deletion.outcome", at: Instant(seconds: 1_795_136_400)) { data in
            data.member("calls", 1)
            data.member("number", 1)
            data.member("outcome", "pending-verification")
            data.member("plan", digest)
            data.member("settled", false)
        }
        _ = try log.checkpoint()
        let history = try scene.history(plan)
        #expect(history.outcomes == [0: .pendingVerification] && history.searches.isEmpty && history.runs == 1)
        #expect(!history.hasSearchedStores)
    }
}
