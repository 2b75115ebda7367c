import Chronology
import HTTP
import TestSupport
import Testing

@testable import Twin

/// What goes wrong on request, and how it looks from outside.
@Suite(.serialized) struct FaultyTwinTests {
    private func calling(_ percents: [Faults.Kind: Int], seed: UInt64 = 1) throws -> Calling {
        try Calling(faults: Faults(seed: seed, percents: percents))
    }

    @Test(arguments: [(Faults.Kind.throttled, true), (.throttledSilently, false)])
    func `throttles three times, with and without saying how long`(kind: Faults.Kind, says: Bool) async throws {
        let calling = try calling([kind: 100])
        for _ in 0..<3 {
            let answer = try await calling.call(.get, "/v1/files")
            #expect(answer.status == 429)
            #expect(answer.error["code"] as? String == "rate_limit_exceeded")
            #expect(answer.headers.contains { $0.name == "retry-after" } == says)
        }
        #expect(try await calling.call(.get, "/v1/files").status == 200)
        // Another request has its own count.
        #expect(try await calling.call(.get, "/v1/files?limit=2").status == 429)
    }

    @Test(arguments: [Faults.Kind.reset, .torn])
    func `breaks connections, and is well the fourth time`(kind: Faults.Kind) async throws {
        let calling = try calling([kind: 100])
        for _ in 0..<3 {
            await #expect(throws: HTTPError.self) { _ = try await calling.call(.get, "/v1/files") }
        }
        #expect(try await calling.call(.get, "/v1/files").ids.count == 5)
    }

    @Test func `a DELETE whose answer is lost was done for some, and for others not`() async throws {
        let lines = (1...40).map { #"{"id":"file-\#($0)","object":"file","created_at":\#($0)}"# }
        let calling = try Calling(["files": lines], faults: Faults(seed: 3, percents: [.reset: 100]))
        for number in 1...40 {
            await #expect(throws: HTTPError.self) { _ = try await calling.call(.delete, "/v1/files/file-\(number)") }
        }
        for _ in 0..<3 { _ = try? await calling.call(.get, "/v1/files") }
        let left = try await calling.call(.get, "/v1/files").ids.count
        #expect((5...35).contains(left))
    }

    @Test func `fails for good where it is told to`() async throws {
        for (kind, status) in [(Faults.Kind.dead, 500), (.forbidden, 403)] {
            let calling = try calling([kind: 100])
            for _ in 0..<5 { #expect(try await calling.call(.get, "/v1/files").status == status) }
        }
    }

    @Test func `lists as other servers do`() async throws {
        let bare = try await calling([.bareLists: 100]).call(.get, "/v1/files?limit=2")
        #expect(bare.body.keys.sorted() == ["data"] && bare.ids.count == 2)
        let stuck = try calling([.ignoredCursor: 100])
        #expect(try await stuck.call(.get, "/v1/files?limit=2&after=file-4").ids == ["file-5", "file-4"])
        let endless = try calling([.emptyPages: 100])
        #expect(try await endless.call(.get, "/v1/files").body["has_more"] as? Bool == true)
        let past = try await endless.call(.get, "/v1/files?after=file-1")
        #expect(past.ids.isEmpty && past.body["has_more"] as? Bool == true)
    }

    @Test(arguments: [
        (
            Faults.Kind.floatTimes,
            #"{"created_at":12.0,"bytes":3,"data":[{"created":4.0,"at":5,"expires_at":null,"x":"1_at"}]}"#
        ),
        (
            .isoTimes,
            #"{"created_at":"1970-01-01T00:00:12Z","bytes":3,"#
                + #""data":[{"created":"1970-01-01T00:00:04Z","at":5,"expires_at":null,"x":"1_at"}]}"#
        ),
        (.nullBytes, #"{"created_at":12,"bytes":null,"data":[{"created":4,"at":5,"expires_at":null,"x":"1_at"}]}"#),
    ])
    func `writes times and sizes as others do, and nothing else`(kind: Faults.Kind, written: String) throws {
        let json = #"{"created_at":12,"bytes":3,"data":[{"created":4,"at":5,"expires_at":null,"x":"1_at"}]}"#
        let rewriting = try #require(Rewriting([kind]))
        #expect(String(decoding: rewriting(Array(json.utf8)), as: UTF8.self) == written)
    }

    @Test func `leaves the end away only of what says after what it expires`() throws {
        let rewriting = try #require(Rewriting([.nullExpiry]))
        let json =
            #"[{"expires_at":1,"expires_after":{"days":1}},{"expires_at":1,"expires_after":null},{"expires_at":1}]"#
        #expect(
            String(decoding: rewriting(Array(json.utf8)), as: UTF8.self)
                == #"[{"expires_at":null,"expires_after":{"days":1}},{"expires_at":1,"expires_after":null},"#
                + #"{"expires_at":1}]"#)
        #expect(Rewriting([.torn]) == nil)
    }

    @Test func `lists what was deleted, and goes on behind it`() async throws {
        let calling = try calling([.staleLists: 100])
        _ = try await calling.call(.delete, "/v1/files/file-4")
        #expect(try await calling.call(.get, "/v1/files/file-4").status == 404)
        #expect(try await calling.call(.get, "/v1/files?limit=2").ids == ["file-5", "file-4"])
        #expect(try await calling.call(.get, "/v1/files?limit=2&after=file-4").ids == ["file-3", "file-2"])
    }

    @Test func `shows what was deleted to the next three who ask, in its list and by itself`() async throws {
        for (kind, path) in [(Faults.Kind.lateLists, "/v1/files"), (.lateRecords, "/v1/files/file-4")] {
            let calling = try calling([kind: 100])
            #expect(try await calling.call(.delete, "/v1/files/file-4").body["deleted"] as? Bool == true)
            for _ in 0..<3 {
                let answer = try await calling.call(.get, path)
                #expect(answer.status == 200 && answer.content.contains(#""file-4""#), "\(path)")
            }
            let answer = try await calling.call(.get, path)
            #expect(answer.ids.count == (kind == .lateLists ? 4 : 0) && !answer.content.contains(#""file-4","#))
            #expect(try await calling.call(.delete, "/v1/files/file-4").status == 404)
        }
    }

    @Test func `finds by a search what was taken out of a store, for good or for the next three who ask (case 34)`()
        async throws
    {
        for (kind, isForGood) in [(Faults.Kind.staleSearches, true), (.lateSearches, false)] {
            let calling = try calling([kind: 100])
            func finds() async throws -> Bool {
                try await calling.post("/v1/vector_stores/vs_1/search", #"{"query":"file-2 says"}"#).content
                    .contains(#""file_id":"file-2""#)
            }
            #expect(try await finds())
            #expect(try await calling.call(.delete, "/v1/vector_stores/vs_1/files/file-2").status == 200)
            #expect(try await calling.call(.get, "/v1/vector_stores/vs_1/files").ids == ["file-3", "file-1"])
            #expect(try await calling.call(.get, "/v1/vector_stores/vs_1/files/file-2").status == 404)
            for _ in 0..<3 { #expect(try await finds()) }
            #expect(try await finds() == isForGood)
        }
    }

    @Test func `says whose the key is, and tells a time that is none of this machine's`() async throws {
        let usual = try await Calling().call(.get, "/v1/files")
        #expect(usual.header("openai-organization") == Twin.usualOrganization)
        let azure = try await Calling(profile: .azure).call(.get, "/openai/v1/files", HTTPHeader("api-key", "sk-twin"))
        #expect(azure.status == 200 && azure.header("openai-organization") == nil)
        let far = try Calling(organization: "org-far", secondsAhead: 7 * 86_400)
        let answer = try await far.call(.get, "/v1/files")
        #expect(answer.header("openai-organization") == "org-far")
        func date(_ answer: Calling.Answer) throws -> Int64 {
            try #require(HTTPResponse(status: 200, headers: answer.headers, body: []).date)
        }
        #expect(answer.headers.count { $0.name == "date" } == 1)
        #expect((7 * 86_400 - 5...7 * 86_400 + 60).contains(try date(answer) - date(usual)))
    }

    @Test(
        arguments: [
            (1_795_132_800, "Fri, 20 Nov 2026 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (.max, "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `writes a date as HTTP has it`(seconds: Int64, text: String) {
        #expect(HTTPDate.text(Instant(seconds: seconds)) == text)
    }

    @Test func `says of a DELETE that nothing was deleted, where nothing was`() async throws {
        let stubborn = try calling([.undeleted: 100])
        for path in ["/v1/files/file-1", "/v1/vector_stores/vs_1/files/file-1"] {
            let answer = try await stubborn.call(.delete, path)
            #expect(answer.status == 200 && answer.body["deleted"] as? Bool == false)
            #expect(try await stubborn.call(.get, path).status == 200)
        }
        #expect(try await stubborn.call(.delete, "/v1/files/file-9").status == 404)
        let mild = try calling([.mildDeletes: 100])
        #expect(try await mild.call(.delete, "/v1/files/file-1").body["deleted"] as? Bool == true)
        let again = try await mild.call(.delete, "/v1/files/file-1")
        #expect(again.status == 200 && again.body["deleted"] as? Bool == false)
    }

    @Test func `serves what stood below something that was deleted`() async throws {
        for (percents, status) in [([.orphans: 100], 200), ([:], 404)] as [([Faults.Kind: Int], Int)] {
            let calling = try calling(percents)
            _ = try await calling.call(.delete, "/v1/vector_stores/vs_1")
            #expect(try await calling.call(.get, "/v1/vector_stores/vs_1/files").status == status)
        }
    }

    @Test func `refuses in other words, or in none`() async throws {
        #expect(try await calling([.noLists: 100]).call(.get, "/v1/files").status == 405)
        #expect(try await calling([.emptyErrors: 100]).call(.get, "/v1/files/x").content.isEmpty)
        #expect(try await calling([.detailErrors: 100]).call(.get, "/v1/files/x").content == #"{"detail":"Not Found"}"#)
        #expect(try await calling([.missingAs400: 100]).call(.get, "/v1/vector_stores/x").status == 400)
    }

    @Test func `the same seed fails at the same requests, in whatever order they come`() {
        let faults = Faults(seed: 7, percents: [.torn: 30])
        let requests = (0..<200).map { "GET /v1/files?after=\($0)" }
        let first = requests.map { faults.passing($0, attempt: 1) }
        let again = requests.reversed().map { Faults(seed: 7, percents: [.torn: 30]).passing($0, attempt: 1) }
        #expect(first == again.reversed())
        #expect((30...90).contains(first.count { $0 != nil }))
        #expect(first != requests.map { Faults(seed: 8, percents: [.torn: 30]).passing($0, attempt: 1) })
    }

    @Test(arguments: [
        (#"{"seed":1,"percent":{"torn":101}}"#, "torn is no percentage"),
        (#"{"seed":1,"percent":{"tron":1}}"#, "unknown fault tron"), (#"{"seed":1}"#, "no object percent"),
        (#"{"sead":1,"percent":{}}"#, "unknown key sead"), ("[]", "not an object"), ("", "not an object"),
    ])
    func `refuses a file of faults that says anything else`(text: String, reason: String) throws {
        let scratch = try Scratch()
        let path = try scratch.write("faults.json", text)
        let error = #expect(throws: TwinError.self) { try Faults(file: path) }
        #expect(error?.description.contains(reason) == true)
        #expect(throws: TwinError.self) { try Faults(file: scratch.path("absent")) }
    }

    @Test func `reads a file of faults`() async throws {
        let scratch = try Scratch()
        let path = try scratch.write("faults.json", #"{"seed": 2, "percent": {"dead": 100}}"#)
        #expect(try await Calling(faults: Faults(file: path)).call(.get, "/v1/files").status == 500)
    }
}
