import Chronology
import Foundation
import Policies
import Records
import SampleEstate
import TestSupport
import Testing
import Twin

@testable import Connectors

/// A service that holds an estate, and the estate itself, are the same records.
@Suite struct LiveEqualsExportTests {
    /// An estate without uploads, which no service lists, and with what an estate made up has none of.
    private func estate(seed: UInt64, threads: Int) throws -> TemporaryExport {
        let scratch = try Scratch()
        let asOf = Instant(seconds: 1_795_132_800)
        _ = try EstatePlan(seed: seed, threads: threads, overduePercent: 20, asOf: asOf).write(to: scratch.path("all"))
        let export = try TemporaryExport([
            "batches.ndjson": lines(130) {
                #"{"id":"batch_\#($0)","object":"batch","created_at":\#(1_700_000_000 + $0),"input_file_id":"f","#
                    + #""status":"completed","completed_at":1700090000,"metadata":{"tenant":"t1"}}"#
            },
            "chat_completions.ndjson": lines(101) {
                #"{"id":"chatcmpl-\#($0)","object":"chat.completion","created":\#(1_700_000_000 + $0),"#
                    + #""usage":{"total_tokens":7},"metadata":{"product":"sales"}}"#
            },
            "containers.ndjson": lines(7) {
                #"{"id":"cntr_\#($0)","object":"container","created_at":1700000000,"last_active_at":1700000600,"#
                    + #""expires_after":{"anchor":"last_active_at","minutes":20},"status":"expired","name":"c"}"#
            },
            "container_files.ndjson": lines(205) {
                #"{"id":"cfile_\#($0)","object":"container.file","created_at":1700000000,"bytes":3,"#
                    + #""container_id":"cntr_1","path":"/mnt/data/x","source":"user"}"#
            },
        ])
        for kind in Kind.allCases where ![.batch, .chatCompletion, .container, .containerFile, .upload].contains(kind) {
            try export.write("\(kind.fileStem).ndjson", Array(scratch.bytes("all/\(kind.fileStem).ndjson")))
        }
        return export
    }

    private func lines(_ count: Int, _ line: (Int) -> String) -> String {
        (1...count).map { line($0) + "\n" }.joined()
    }

    /// The ids of an estate's records that a service does not list, as somebody may have kept them.
    private func registry(of export: TemporaryExport, complete: Bool = true) throws -> Registry {
        let scratch = try Scratch()
        var entries: [Source.RegistryEntry] = []
        for kind in [Kind.thread, .conversation, .response] {
            let file = scratch.path("\(kind.fileStem).ndjson")
            try scratch.write("\(kind.fileStem).ndjson", export.bytes("\(kind.fileStem).ndjson"))
            entries.append(Source.RegistryEntry(file: file, kind: kind, isComplete: complete))
        }
        return try Registry(entries)
    }

    @Test(arguments: [1, 2, 3])
    func `a live reading and an offline reading of the same estate are the same`(seed: UInt64) async throws {
        let export = try estate(seed: seed, threads: 150)
        let twin = try Twin(estate: export.directory)
        let live = try await readService(port: twin.port, registry: registry(of: export))
        let offline = try export.read()
        #expect(live.count > 3000)
        #expect(live.lines == offline.lines)
        #expect(live.complete == offline.complete && live.complete.count == 15)
        #expect(live.problems.sorted.map(\.code) == offline.problems.sorted.map(\.code))
    }

    @Test func `without a word that the registry is complete, no kind below it is`() async throws {
        let export = try estate(seed: 1, threads: 20)
        let twin = try Twin(estate: export.directory)
        let live = try await readService(port: twin.port, registry: registry(of: export, complete: false))
        #expect(live.lines == (try export.read().lines))
        #expect(
            live.complete == [
                .assistant, .file, .vectorStore, .vectorStoreFile, .chatCompletion, .container, .containerFile, .batch,
            ])
    }

    @Test func `a retired surface loses nothing else, and is called retired`() async throws {
        let export = try estate(seed: 1, threads: 20)
        let twin = try Twin(estate: export.directory, retired: ["assistants"])
        let live = try await readService(port: twin.port, registry: registry(of: export))
        let kinds: [Kind] = [.assistant, .thread, .message, .run, .runStep]
        #expect(Kind.allCases.filter { live.coverage[0][$0].isRetired } == kinds)
        #expect(kinds.allSatisfy { !live.coverage[0][$0].wasRead && live.coverage[0][$0].records == 0 })
        #expect(live.complete.count == 10)
        #expect(live.problems.sorted.allSatisfy { !$0.losesData })
        let rest = try export.read().lines.filter { line in !kinds.contains { line.hasPrefix("\($0.name) ") } }
        #expect(live.lines.filter { !$0.hasPrefix("vectorStore") } == rest.filter { !$0.hasPrefix("vectorStore") })
    }

    @Test func `known ids that are gone lose nothing where their surface is alive`() async throws {
        let export = try estate(seed: 1, threads: 20)
        let twin = try Twin(estate: export.directory)
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", "thread_gone\n")
        let known = try Registry([.init(file: file, kind: .thread, isComplete: true)])
        let live = try await readService(port: twin.port, registry: known)
        // The assistants' list shows that the surface is alive.
        #expect(live.complete.contains(.thread) && live.complete.contains(.message))
        #expect(live.coverage[0][.thread].records == 0)
    }

    @Test func `known ids that are gone prove nothing where nothing else of their surface was seen`() async throws {
        let export = try estate(seed: 1, threads: 20)
        let scratch = try Scratch()
        let file = try scratch.write("ids.txt", "conv_1\nconv_2\n")
        let known = try Registry([.init(file: file, kind: .conversation, isComplete: true)])
        let twin = try Twin(estate: export.directory)
        let live = try await readService(port: twin.port, registry: known)
        #expect(!live.complete.contains(.conversation) && !live.complete.contains(.item))
        #expect(live.coverage[0][.conversation].lost == 2)
        #expect(live.problems.sorted.contains { $0.message.hasPrefix("answered 404 to every known id (2)") })
    }
}
