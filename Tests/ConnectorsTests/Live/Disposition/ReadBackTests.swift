import Chronology
import Disposition
import HTTP
import HTTPServer
import ProviderFacts
import Records
import TestSupport
import Testing
import Twin

@testable import Connectors

/// When a record is called gone, and when nobody knows.
@Suite(.serialized) struct ReadBackTests {
    private func acting(
        _ faults: String, _ service: ServiceKind = .openai
    ) throws -> Acting {
        try Acting(DeletionTests.twin(service, faults: faults).twin, as: service)
    }

    @Test(arguments: ServiceKind.allCases)
    func `waits for lists and records that come behind (case 58)`(service: ServiceKind) async throws {
        for fault in ["lateLists", "lateRecords"] {
            let acting = try acting(#"{"\#(fault)":100}"#, service)
            for (kind, id, container) in try DeletionTests.deletable(service) {
                let verb: PlannedAction.Verb = kind == .vectorStoreFile ? .detach : .delete
                _ = await acting.look(kind, id, in: container)
                #expect(await acting.call(verb, kind, id, in: container) == .accepted)
                let sighting = await acting.readBack(verb, kind, id, in: container)
                #expect(sighting == .absent, "\(fault) \(kind): \(sighting)")
            }
            #expect(!acting.clock.waits.isEmpty)
        }
    }

    @Test func `a list that goes on showing what its own path does not have is a contradiction`() async throws {
        let acting = try acting(#"{"staleLists":100}"#)
        #expect(await acting.call(.delete, .file, "file-a") == .accepted)
        #expect(
            await acting.readBack(.delete, .file, "file-a")
                == .unreadable("its own path does not have it any more, and its list shows it"))
        #expect(acting.clock.waits == [1, 2, 4, 8, 15, 30].map { .seconds($0) })
    }

    @Test func `a record that its list does not show and that is there all the same is one, too`() async throws {
        let stage = try Stage { request, _, _ in request.path == "/v1/files" ? .empty : .file("file-a") }
        #expect(
            await (try Acting(stage)).readBack(.delete, .file, "file-a")
                == .unreadable("its list does not show it any more, and its own path does"))
    }

    @Test func `what was not deleted is there, by three looks (case 57)`() async throws {
        let acting = try acting(#"{"undeleted":100}"#)
        #expect(await acting.call(.delete, .file, "file-a") == .denied)
        #expect(await acting.readBack(.delete, .file, "file-a").facts?.created == Instant(seconds: 1_700_000_000))
        #expect(acting.clock.waits == [.seconds(1), .seconds(2)])
    }

    @Test func `a file that Azure calls deleting is waited for, and then said to be so`() async throws {
        let stage = try Stage { request, line, _ in
            let file = #"{"id":"file-a","object":"file","created_at":1700000000,"status":"deleting"}"#
            return request.path.hasSuffix("/files") ? .json(#"{"data":[\#(file)]}"#) : .json(file)
        }
        let acting = try Acting(stage, as: .azureV1)
        #expect(await acting.readBack(.delete, .file, "file-a").facts?.status == "deleting")
        #expect(acting.clock.waits.count == 6)
        let listed = try Stage { request, _, _ in
            request.path.hasSuffix("/files")
                ? .json(#"{"data":[{"id":"file-a","object":"file","created_at":1700000000,"status":"deleted"}]}"#)
                : .notFound
        }
        #expect(await (try Acting(listed, as: .azureV1)).readBack(.delete, .file, "file-a") == .absent)
    }

    @Test(arguments: [Family.Gone.retired, .elsewhere])
    func `a 404 of a surface that is not there is no absence`(gone: Family.Gone) async throws {
        let (twin, _) = try DeletionTests.twin(.openai, retired: ["assistants"])
        let acting = try Acting(gone == .retired ? twin : try Stage { _, _, _ in .notFound })
        for (kind, id, container) in [
            (.thread, "thread_1", nil), (.message, "msg_1", "thread_1"), (.assistant, "asst_1", nil),
        ] as [(Kind, String, String?)] {
            #expect(await acting.call(.delete, kind, id, in: container) == .absent)
            for sighting in [
                await acting.look(kind, id, in: container), await acting.readBack(.delete, kind, id, in: container),
            ] {
                let expected =
                    gone == .retired
                    ? Sighting.retired
                    : .unreadable("answered 404, and so did whatever else was asked for; check the address")
                #expect(sighting == expected)
            }
        }
    }

    @Test func `a family without a list is seen by what is known to be there, or nobody can tell`() async throws {
        let (twin, _) = try DeletionTests.twin(.openai)
        let blind = try Acting(twin)
        #expect(
            await blind.look(.response, "resp_9")
                == .unreadable(
                    "no list shows whether responses are there, and no id that is known to exist was found"))
        let seeing = try Acting(twin, known: [.response: ["resp_8", "resp_2"]])
        #expect(await seeing.look(.response, "resp_9") == .absent)
        // A known id that is not there shows nothing, and may mean that nothing is there any more.
        let doubtful = try Acting(twin, known: [.response: ["resp_8"]])
        #expect(
            await doubtful.look(.response, "resp_9")
                == .unreadable("answered 404 to what is known of responses, and to nothing else"))
        #expect(await doubtful.look(.response, "resp_1").facts != nil)
        #expect(await doubtful.look(.response, "resp_9") == .absent)
        // What this execution takes away itself is not asked for.
        let spent = try Stage { request, _, time in
            request.method == "GET" && time == 1 && request.path == "/v1/responses/resp_1"
                ? .json(#"{"id":"resp_1","object":"response","created_at":1700000000}"#)
                : request.method == "GET" ? .notFound : .json("")
        }
        let last = try Acting(spent, known: [.response: ["resp_1"]])
        #expect(await last.look(.response, "resp_1").facts != nil)
        #expect(await last.call(.delete, .response, "resp_1") == .accepted)
        #expect(await last.readBack(.delete, .response, "resp_1") == .absent)
        #expect(spent.asked.count == 3)
        // What was looked at before shows it as well, for a while.
        #expect(await blind.look(.response, "resp_1").facts != nil)
        #expect(await blind.look(.response, "resp_9") == .absent)
        await blind.clock.clock.sleep(.seconds(301))
        #expect(await blind.look(.response, "resp_9").isUnreadable)
    }

    @Test func `whom the credential does not let look learns nothing (case 59)`() async throws {
        for (fault, isRefused) in [("forbidden", true), ("dead", false)] {
            let acting = try acting(#"{"\#(fault)":100}"#)
            for sighting in [await acting.look(.file, "file-a"), await acting.readBack(.delete, .file, "file-a")] {
                if case .refused(let words) = sighting {
                    #expect(isRefused && words.hasPrefix("answered 403"))
                } else {
                    #expect(!isRefused && sighting == .unreadable("answered 500 invalid_request_error"))
                }
            }
        }
    }

    @Test(arguments: [
        ("bareLists", Sighting.absent), ("noLists", .absent), ("floatTimes", .absent), ("isoTimes", .absent),
        ("nullBytes", .absent), ("emptyErrors", .absent), ("detailErrors", .absent), ("mildDeletes", .absent),
        ("missingAs400", .unreadable("answered 400 invalid_request_error")),
        (
            "emptyPages",
            .unreadable("its list: the server says that there are more, and not how to reach them")
        ),
        ("ignoredCursor", .absent),
    ])
    func `reads back on servers that answer otherwise, or says that it cannot`(
        fault: String, expected: Sighting
    ) async throws {
        let acting = try acting(#"{"\#(fault)":100}"#)
        _ = await acting.look(.file, "file-a")
        #expect(await acting.call(.delete, .file, "file-a") == .accepted)
        #expect(await acting.readBack(.delete, .file, "file-a") == expected)
    }

    @Test func `a list is read no further than to where the record would be`() async throws {
        for isObeyed in [true, false] {
            let stage = try Stage { request, _, time in
                guard request.path == "/v1/vector_stores" else {
                    return request.path.hasSuffix("vs_150") && time == 1
                        ? .json(#"{"id":"vs_150","object":"vector_store","created_at":1700000150}"#) : .notFound
                }
                // Thousand stores, of which the hundred and fiftieth is not there.
                let isRising = isObeyed && request.item("order") == "asc"
                let all = (1...1000).map { isRising ? $0 : 1001 - $0 }.filter { $0 != 150 }
                let start =
                    request.item("after").flatMap { after in all.firstIndex { "vs_\($0)" == after } }.map { $0 + 1 }
                    ?? 0
                let page = all[start...].prefix(100)
                let data = page.map {
                    #"{"id":"vs_\#($0)","object":"vector_store","created_at":\#(1_700_000_000 + $0)}"#
                }
                return .json(
                    #"{"data":[\#(data.joined(separator: ","))],"has_more":\#(start + 100 < all.count)}"#)
            }
            let acting = try Acting(stage)
            _ = await acting.look(.vectorStore, "vs_150")
            #expect(await acting.readBack(.delete, .vectorStore, "vs_150") == .absent)
            let lists = stage.asked.count { $0.hasPrefix("GET /v1/vector_stores?") || $0 == "GET /v1/vector_stores" }
            // Two pages of the beginning, or nine where the newest come first.
            #expect(lists == (isObeyed ? 2 : 9))
        }
    }

    @Test func `of items, which have no times, ten pages are read, and one that is not there costs no more`()
        async throws
    {
        let stage = try Stage { request, _, _ in
            guard request.path == "/v1/conversations/conv_1/items" else { return .notFound }
            let start = request.item("after").flatMap { Int($0.dropFirst(5)) } ?? 0
            let data = (start + 1...start + 100).map { #"{"id":"item_\#($0)","type":"message"}"# }
            return .json(#"{"data":[\#(data.joined(separator: ","))],"has_more":\#(start < 3000)}"#)
        }
        let acting = try Acting(stage)
        #expect(await acting.readBack(.delete, .item, "item_x", in: "conv_1") == .absent)
        #expect(stage.asked.count == 11)
        #expect(await acting.readBack(.delete, .item, "item_850", in: "conv_1").isUnreadable)
    }

    @Test func `a surface that is retired between look and call takes nothing away (case 55)`() async throws {
        let stage = try Stage { request, _, time in
            switch request.path {
            case "/v1/files": .empty
            case "/v1/threads/thread_1" where time == 1 && request.method == "GET":
                .json(#"{"id":"thread_1","object":"thread","created_at":1700000000}"#)
            case "/v1/threads/thread_1/messages", "/v1/threads/thread_1/runs": time == 1 ? .empty : .notFound
            default: .notFound
            }
        }
        let acting = try Acting(stage)
        #expect(await acting.look(.thread, "thread_1").facts != nil)
        #expect(await acting.call(.delete, .thread, "thread_1") == .absent)
        #expect(await acting.readBack(.delete, .thread, "thread_1") == .retired)
        #expect(await acting.look(.thread, "thread_2") == .retired)
    }

    @Test func `where records cannot be had by themselves they are looked for in their list`() async throws {
        let stage = try Stage { request, line, _ in
            switch line {
            case "GET /v1/vector_stores/vs_1/files":
                .json(
                    #"{"data":[{"id":"file-a","object":"vector_store.file","created_at":1700000001}],"has_more":true}"#)
            case "GET /v1/vector_stores/vs_1/files?after=file-a":
                .json(
                    #"{"data":[{"id":"file-b","object":"vector_store.file","created_at":1700000002,"#
                        + #""status":"completed"}],"has_more":false}"#)
            default: .json("{}", status: 405)
            }
        }
        let acting = try Acting(stage)
        let sighting = await acting.look(.vectorStoreFile, "vs_1/file-b", in: "vs_1")
        #expect(sighting.facts?.created == Instant(seconds: 1_700_000_002) && sighting.facts?.status == "completed")
        #expect(await acting.look(.vectorStoreFile, "vs_1/file-c", in: "vs_1") == .absent)
        #expect(await acting.readBack(.detach, .vectorStoreFile, "vs_1/file-c", in: "vs_1") == .absent)
    }

    @Test func `a short page of a server that says nothing of more shows nobody to be absent from what follows it`()
        async throws
    {
        @Sendable func page(_ ids: String...) -> ServedResponse {
            let data = ids.map { #"{"id":"\#($0)","object":"vector_store.file","created_at":1700000001}"# }
            return .json(#"{"data":[\#(data.joined(separator: ","))]}"#)
        }
        let stage = try Stage { request, line, _ in
            switch line {
            case "GET /v1/vector_stores/vs_1/files": page("file-a")
            case "GET /v1/vector_stores/vs_1/files?after=file-a": page("file-b")
            case "GET /v1/vector_stores/vs_1/files?after=file-b": page()
            case _ where line.hasPrefix("GET /v1/vector_stores/vs_2/files?"), "GET /v1/vector_stores/vs_2/files":
                page("file-a", "file-b")
            default: .json("{}", status: 405)
            }
        }
        let acting = try Acting(stage)
        #expect(await acting.look(.vectorStoreFile, "vs_1/file-b", in: "vs_1").facts != nil)
        #expect(await acting.look(.vectorStoreFile, "vs_1/file-c", in: "vs_1") == .absent)
        // One that does not page gives all that it has.
        #expect(await acting.look(.vectorStoreFile, "vs_2/file-c", in: "vs_2") == .absent)
    }

    @Test(arguments: [405, 404])
    func `a list that breaks off before its end shows nobody to be absent`(own: Int) async throws {
        let stage = try Stage { request, line, _ in
            switch line {
            case "GET /v1/vector_stores": .empty
            case "GET /v1/vector_stores/vs_1/files":
                .json(
                    #"{"data":[{"id":"file-a","object":"vector_store.file","created_at":1700000001}],"has_more":true}"#)
            case "GET /v1/vector_stores/vs_1/files?after=file-a": .notFound
            default: .json("{}", status: own)
            }
        }
        let acting = try Acting(stage)
        if own == 405 { #expect(await acting.look(.vectorStoreFile, "vs_1/file-b", in: "vs_1").isUnreadable) }
        #expect(await acting.readBack(.detach, .vectorStoreFile, "vs_1/file-b", in: "vs_1").isUnreadable)
    }

    @Test func `a page that says something else of more shows nobody to be absent`() async throws {
        let stage = try Stage { request, line, _ in
            switch line {
            case "GET /v1/vector_stores/vs_1/files":
                .json(
                    #"{"data":[{"id":"file-a","object":"vector_store.file","created_at":1700000001}],"has_more":"yes"}"#
                )
            default: .json("{}", status: 405)
            }
        }
        #expect(try await Acting(stage).look(.vectorStoreFile, "vs_1/file-b", in: "vs_1").isUnreadable)
    }

    @Test func `a cancellation is waited for until the record is at rest`() async throws {
        let (twin, _) = try DeletionTests.twin(.openai)
        let acting = try Acting(twin)
        #expect(await acting.call(.cancel, .batch, "batch_1") == .accepted)
        #expect(await acting.readBack(.cancel, .batch, "batch_1").facts?.status == "cancelled")
        let stage = try Stage { _, _, time in
            .json(#"{"id":"resp_1","object":"response","status":"\#(time < 4 ? "in_progress" : "cancelled")"}"#)
        }
        let slow = try Acting(stage)
        #expect(await slow.readBack(.cancel, .response, "resp_1").facts?.status == "cancelled")
        #expect(slow.clock.waits == [.seconds(1), .seconds(2), .seconds(4)])
        let never = try Stage { _, _, _ in
            .json(#"{"id":"resp_1","object":"response","status":"in_progress"}"#)
        }
        let patient = try Acting(never)
        #expect(await patient.readBack(.cancel, .response, "resp_1").facts?.status == "in_progress")
        #expect(patient.clock.waits.count == 6)
    }

    @Test func `times that nobody can believe are none, and one of a thread's parts is enough`() async throws {
        let bodies = [
            "/v1/threads/thread_1": #"{"id":"thread_1","object":"thread","created_at":1700000000}"#,
            "/v1/threads/thread_1/messages":
                #"{"data":[{"id":"msg_1","object":"thread.message","created_at":1700000001},"#
                + #"{"id":"msg_2","object":"thread.message","created_at":"yesterday"}],"has_more":false}"#,
            "/v1/files/file-a": #"{"id":"file-a","object":"file","created_at":0}"#,
            "/v1/files/file-b": #"{"id":"file-b","object":"file","created_at":9999999999}"#,
            "/v1/files/file-c": #"{"id":"file-d","object":"file","created_at":1700000000}"#,
            "/v1/files/file-e": #"{"id":"file-e","id":"file-e","object":"file","created_at":1700000000}"#,
        ]
        let stage = try Stage { request, _, _ in bodies[request.path].map { .json($0) } ?? .empty }
        let acting = try Acting(stage)
        let thread = await acting.look(.thread, "thread_1")
        #expect(thread.facts?.created == Instant(seconds: 1_700_000_000))
        #expect(thread.facts != nil && thread.facts?.lastActivity == nil)
        for id in ["file-a", "file-b"] {
            let file = await acting.look(.file, id)
            #expect(file.facts != nil && file.facts?.created == nil)
        }
        #expect(await acting.look(.file, "file-c").isUnreadable)
        #expect(await acting.look(.file, "file-e").isUnreadable)
    }
}

extension Family {
    /// Why a family may not be there.
    enum Gone: Sendable { case retired, elsewhere }
}
