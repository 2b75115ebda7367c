import Chronology
import Disposition
import ProviderFacts
import Records
import TestSupport
import Testing
import Twin

@testable import Connectors

/// One record of each kind at each service: seen, taken away, and read back as gone.
@Suite(.serialized) struct DeletionTests {
    /// A small estate of which every record has a name that can be written here.
    private static let estate: [String: [String]] = [
        "files": ["a", "b"].map { #"{"id":"file-\#($0)","object":"file","created_at":1700000000,"bytes":1}"# },
        "vector_stores": [#"{"id":"vs_1","object":"vector_store","created_at":1700000001,"status":"completed"}"#],
        "vector_store_files": ["a", "b"].map {
            #"{"id":"file-\#($0)","object":"vector_store.file","created_at":1700000002,"vector_store_id":"vs_1"}"#
        },
        "assistants": ["1", "2"].map { #"{"id":"asst_\#($0)","object":"assistant","created_at":1700000003}"# },
        "threads": ["1", "2"].map { #"{"id":"thread_\#($0)","object":"thread","created_at":1700000004}"# },
        "messages": (1...30).map {
            #"{"id":"msg_\#($0)","object":"thread.message","created_at":\#(1_700_000_100 + $0),"role":"user","#
                + #""thread_id":"thread_1","completed_at":\#($0 == 12 ? "1700009000" : "null")}"#
        },
        "runs": [
            #"{"id":"run_1","object":"thread.run","created_at":1700000200,"thread_id":"thread_1","assistant_id":"asst_1","#
                + #""status":"in_progress","started_at":1700000201}"#
        ],
        "conversations": ["1", "2"].map { #"{"id":"conv_\#($0)","object":"conversation","created_at":1700000005}"# },
        "conversation_items": ["1", "2"].map {
            #"{"id":"item_\#($0)","type":"message","status":"completed","conversation_id":"conv_1"}"#
        }
            + (10...110).map {
                #"{"id":"item_\#($0)","type":"message","status":"completed","conversation_id":"conv_2"}"#
            },
        "responses": ["1", "2"].map {
            #"{"id":"resp_\#($0)","object":"response","created_at":1700000006.5,"status":"completed"}"#
        },
        "chat_completions": ["1", "2"].map {
            #"{"id":"chatcmpl-\#($0)","object":"chat.completion","created":1700000007}"#
        },
        "containers": ["1", "2"].map {
            #"{"id":"cntr_\#($0)","object":"container","created_at":1700000008,"last_active_at":1700000600,"#
                + #""expires_after":{"anchor":"last_active_at","minutes":20},"status":"expired"}"#
        },
        "container_files": ["1", "2"].map {
            #"{"id":"cfile_\#($0)","object":"container.file","created_at":1700000009,"bytes":3,"container_id":"cntr_1"}"#
        },
        "batches": [#"{"id":"batch_1","object":"batch","created_at":1700000010,"status":"in_progress"}"#],
    ]

    static func twin(
        _ service: ServiceKind, retired: [String] = [], faults: String? = nil, seed: UInt64 = 3
    ) throws -> (twin: Twin, scratch: Scratch) {
        let scratch = try Scratch()
        for (name, lines) in estate { try scratch.write("\(name).ndjson", lines.joined(separator: "\n") + "\n") }
        var read: Faults?
        if let faults {
            try scratch.write("faults.json", #"{"seed":\#(seed),"percent":\#(faults)}"#)
            read = try Faults(file: scratch.path("faults.json"))
        }
        return (
            try Twin(estate: scratch.path, profile: service.profile, retired: retired, faults: read), scratch
        )
    }

    /// What can be deleted, with what it is in.
    static func deletable(_ service: ServiceKind) throws -> [(Kind, String, String?)] {
        let all: [(Kind, String, String?)] = [
            (.file, "file-b", nil), (.vectorStoreFile, "vs_1/file-a", "vs_1"), (.vectorStore, "vs_1", nil),
            (.chatCompletion, "chatcmpl-1", nil), (.containerFile, "cntr_1/cfile_1", "cntr_1"),
            (.container, "cntr_1", nil), (.message, "msg_12", "thread_1"), (.thread, "thread_1", nil),
            (.assistant, "asst_1", nil), (.item, "item_1", "conv_1"), (.conversation, "conv_1", nil),
            (.response, "resp_1", nil),
        ]
        let kinds = try service.kinds
        // Azure's and Foundry's threads keep their messages to their end.
        return all.filter { kinds.contains($0.0) && ($0.0 != .message || service == .openai) }
    }

    @Test(arguments: ServiceKind.allCases)
    func `takes a record of each kind away, and reads back that it is gone`(service: ServiceKind) async throws {
        let (twin, _) = try Self.twin(service)
        let acting = try Acting(twin, as: service)
        for (kind, id, container) in try Self.deletable(service) {
            let verb: PlannedAction.Verb = kind == .vectorStoreFile ? .detach : .delete
            #expect(await acting.look(kind, id, in: container).facts != nil, "\(kind) \(id)")
            #expect(await acting.call(verb, kind, id, in: container) == .accepted, "\(kind) \(id)")
            #expect(await acting.readBack(verb, kind, id, in: container) == .absent, "\(kind) \(id)")
            #expect(await acting.look(kind, id, in: container) == .absent, "\(kind) \(id)")
            // Case 55: what was gone before is absent, and not a deletion.
            #expect(await acting.call(verb, kind, id, in: container) == .absent, "\(kind) \(id)")
        }
        #expect(acting.clock.waits.isEmpty)
    }

    @Test func `says of each kind what a scan would read, a thread's newest parts included (case 53)`() async throws {
        let (twin, _) = try Self.twin(.openai)
        let acting = try Acting(twin)
        func seconds(_ sighting: Sighting) -> [Int64?] {
            [sighting.facts?.created?.seconds, sighting.facts?.lastActivity?.seconds]
        }
        // Message 12 of 30 was completed after all others were made.
        #expect(seconds(await acting.look(.thread, "thread_1")) == [1_700_000_004, 1_700_009_000])
        #expect(seconds(await acting.look(.thread, "thread_2")) == [1_700_000_004, 1_700_000_004])
        #expect(seconds(await acting.look(.message, "msg_12", in: "thread_1")) == [1_700_000_112, 1_700_009_000])
        #expect(seconds(await acting.look(.container, "cntr_1")) == [1_700_000_008, 1_700_000_600])
        #expect(await acting.look(.container, "cntr_1").facts?.status == "expired")
        #expect(await acting.look(.response, "resp_1").facts?.created?.nanoseconds == 500_000_000)
        // What uses a file decides when it was last active, and only a scan sees that.
        #expect(seconds(await acting.look(.file, "file-a")) == [1_700_000_000, nil])
        #expect(seconds(await acting.look(.conversation, "conv_1")) == [1_700_000_005, nil])
        #expect(await acting.look(.item, "item_1", in: "conv_1").facts?.created == nil)
        // Items have no times: all their ids are told, over however many pages.
        #expect(await acting.look(.conversation, "conv_1").facts?.parts == ["item_1", "item_2"])
        #expect(await acting.look(.conversation, "conv_2").facts?.parts?.count == 101)
        #expect(await acting.look(.thread, "thread_1").facts?.parts == nil)
    }

    @Test func `stops a run, and reads back how it ended`() async throws {
        let (twin, _) = try Self.twin(.openai)
        let acting = try Acting(twin)
        #expect(await acting.look(.run, "run_1", in: "thread_1").facts?.status == "in_progress")
        #expect(await acting.call(.cancel, .run, "run_1", in: "thread_1") == .accepted)
        #expect(await acting.readBack(.cancel, .run, "run_1", in: "thread_1").facts?.status == "cancelled")
        guard case .rejected(let words) = await acting.call(.cancel, .run, "run_1", in: "thread_1") else {
            Issue.record("a run that has ended was stopped again")
            return
        }
        #expect(words.hasPrefix("answered 400"))
    }
}
