import Policies
import Records
import TestSupport
import Testing
import Twin

@testable import Connectors

/// A service that holds an estate, and the estate itself, are the same records.
@Suite(.serialized) struct LiveEqualsExportTests {
    @Test(arguments: ServiceKind.allCases, [1, 2])
    func `a live reading and an offline reading of the same estate are the same`(
        service: ServiceKind, seed: UInt64
    ) async throws {
        let export = try SmallEstate.make(seed: seed, threads: 150, for: service)
        let twin = try Twin(estate: export.directory, profile: service.profile)
        let live = try await readService(port: twin.port, as: service, registry: SmallEstate.registry(of: export))
        let offline = try export.read()
        #expect(live.count > (service == .azureV1 ? 500 : 3000), "\(live.count)")
        #expect(live.lines == offline.lines)
        let inputs = live.lines.filter { $0.hasPrefix("response ") && $0.contains("uses file ") }
        #expect(inputs.count > 1, "files that only the input of responses names")
        #expect(try live.complete == offline.complete && live.complete == service.kinds)
        #expect(live.problems.sorted.map(\.code) == offline.problems.sorted.map(\.code))
        let unseen = Kind.allCases.filter { live.coverage[0][$0].endsUnseen }
        #expect(unseen == [.upload] && !live.coverage[0][.upload].wasRead, "no call shows uploads")
    }

    @Test func `without a word that the registry is complete, no kind below it is`() async throws {
        let export = try SmallEstate.make(threads: 20)
        let twin = try Twin(estate: export.directory)
        let live = try await readService(port: twin.port, registry: SmallEstate.registry(of: export, complete: false))
        #expect(live.lines == (try export.read().lines))
        #expect(
            live.complete == [
                .assistant, .file, .vectorStore, .vectorStoreFile, .chatCompletion, .container, .containerFile, .batch,
            ])
    }

    @Test(arguments: ServiceKind.allCases)
    func `a retired surface loses nothing else, and is called retired`(service: ServiceKind) async throws {
        let export = try SmallEstate.make(threads: 20, for: service)
        let twin = try Twin(estate: export.directory, profile: service.profile, retired: ["assistants"])
        let live = try await readService(port: twin.port, as: service, registry: SmallEstate.registry(of: export))
        let kinds = try service.assistants
        #expect(Kind.allCases.filter { live.coverage[0][$0].isRetired } == kinds)
        #expect(kinds.allSatisfy { !live.coverage[0][$0].wasRead && live.coverage[0][$0].records == 0 })
        #expect(try live.complete == service.kinds.filter { !kinds.contains($0) })
        #expect(live.problems.sorted.allSatisfy { !$0.losesData })
        let rest = try export.read().lines.filter { line in !kinds.contains { line.hasPrefix("\($0.name) ") } }
        #expect(live.lines.filter { !$0.hasPrefix("vectorStore") } == rest.filter { !$0.hasPrefix("vectorStore") })
    }

    @Test func `known ids that are gone lose nothing where their surface is alive`() async throws {
        let export = try SmallEstate.make(threads: 20)
        let twin = try Twin(estate: export.directory)
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", "thread_gone\n")
        let known = try Registry([.init(.file(file), kind: .thread, isComplete: true)])
        let live = try await readService(port: twin.port, registry: known)
        // The assistants' list shows that the surface is alive.
        #expect(live.complete.contains(.thread) && live.complete.contains(.message))
        #expect(live.coverage[0][.thread].records == 0)
    }

    @Test func `known ids of which nobody ever saw one prove nothing beside empty lists (case 65)`() async throws {
        let service = try Scripted { path, _ in
            path.hasPrefix("/v1/threads/") ? .json("{}", status: 404) : .empty
        }
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", "thread_1\nthread_2\n")
        let known = try Registry([.init(.file(file), kind: .thread, isComplete: true)])
        let live = try await service.read(registry: known)
        let coverage = live.coverage[0]
        #expect(!live.complete.contains(.thread) && !live.complete.contains(.message))
        #expect(coverage[.thread].withheld == 2 && coverage[.thread].goneIds == 0 && !coverage[.thread].isRetired)
        let doubt = "answered 404 to every known id (2), and shows nothing beside them: they are gone, or of another"
        #expect(live.problems.sorted.contains { $0.message.hasPrefix(doubt) })
    }

    @Test func `known ids that are gone prove nothing where nothing else of their surface was seen`() async throws {
        let export = try SmallEstate.make(threads: 20)
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", "conv_1\nconv_2\n")
        let known = try Registry([.init(.file(file), kind: .conversation, isComplete: true)])
        let twin = try Twin(estate: export.directory)
        let live = try await readService(port: twin.port, registry: known)
        #expect(!live.complete.contains(.conversation) && !live.complete.contains(.item))
        #expect(live.coverage[0][.conversation].lost == 2)
        #expect(live.problems.sorted.contains { $0.message.hasPrefix("answered 404 to every known id (2)") })
    }
}
