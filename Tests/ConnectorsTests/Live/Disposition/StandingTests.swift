import Chronology
import Disposition
import HTTP
import HTTPServer
import Policies
import ProviderFacts
import Records
import TestSupport
import Testing
import Twin

@testable import Connectors

/// What a service says of itself before anything is done.
@Suite(.serialized) struct StandingTests {
    private static let now: Int64 = 1_795_132_800

    private static func date(_ seconds: Int64) -> String {
        "Fri, 20 Nov 2026 00:\(seconds / 60 < 10 ? "0" : "")\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60) GMT"
    }

    @Test(arguments: ServiceKind.allCases)
    func `every kind of a service that is whole is alive, and asking changes nothing`(service: ServiceKind) async throws
    {
        let (twin, _) = try DeletionTests.twin(service)
        let known: [Kind: [String]] = [.conversation: ["conv_1"], .response: ["resp_1"]]
        let acting = try Acting(twin, as: service, known: known)
        let kinds = try service.kinds
        let standing = await acting.service.examine(kinds)
        #expect(standing.surfaces == Dictionary(uniqueKeysWithValues: kinds.map { ($0, .alive) }))
        #expect(standing.account != nil && standing.clock != nil)
    }

    @Test func `says what is retired, what is refused, and what nobody knows`() async throws {
        let (twin, _) = try DeletionTests.twin(.openai, retired: ["assistants"])
        let acting = try Acting(twin)
        let standing = await acting.service.examine([.file, .thread, .message, .response, .upload])
        let unproven = "no list shows whether responses are there, and no id that is known to exist was found"
        #expect(
            standing.surfaces == [
                .file: .alive, .thread: .retired, .message: .retired, .response: .unreadable(unproven),
                .upload: .retired,
            ])
        let wrongKey = try Acting(twin, passport: Passport(HTTPHeader("Authorization", "Bearer sk-other")))
        guard case .refused(let words)? = await wrongKey.service.examine([.file]).surfaces[.file] else {
            Issue.record("a wrong key was taken")
            return
        }
        #expect(words.hasPrefix("answered 401 invalid_api_key; check the credential"))
        let nothing = try Acting(try Stage { _, _, _ in .notFound })
        guard case .unreadable? = await nothing.service.examine([.file]).surfaces[.file] else {
            Issue.record("nothing is there, and nothing is retired")
            return
        }
    }

    @Test func `an unknown version of Azure's retires nothing`() async throws {
        let stage = try Stage { request, _, _ in
            request.path.hasPrefix("/openai/assistants") ? .notFound : .empty
        }
        for (version, surface) in [
            ("2025-04-01-preview", ServiceStanding.Surface.retired),
            (
                "2027-01-01-preview",
                .unreadable(
                    "answered 404, which may be its retirement or the version; check apiVersion: 2027-01-01-preview")
            ),
        ] {
            let facts = try #require(try ProviderFacts.facts(ofType: "azure-openai", version: version))
            let acting = try Acting(stage, as: .azureClassic, facts: facts)
            #expect(await acting.service.examine([.thread]).surfaces[.thread] == surface)
        }
    }

    @Test(arguments: [0, 1, 59, 300])
    func `tells how far the clocks are apart, whichever is ahead (case 9)`(seconds: Int64) async throws {
        for isAhead in [true, false] {
            let told = Self.date(isAhead ? seconds : 0)
            let stage = try Stage { _, _, _ in ServedResponse.empty.with("Date", told) }
            let acting = try Acting(stage, now: isAhead ? Self.now : Self.now + seconds)
            let standing = await acting.service.examine([.file])
            #expect(standing.clock == Instant(seconds: Self.now + (isAhead ? seconds : 0)))
            // The answer was made up to a second before it was there.
            #expect(standing.skew == Int(isAhead ? seconds : max(0, seconds - 1)))
        }
    }

    @Test func `the account is the organization's at that address, whatever the credential (case 66)`() async throws {
        let (twin, _) = try DeletionTests.twin(.openai)
        let first = try #require(await (try Acting(twin)).service.account())
        #expect(first == (await (try Acting(twin)).service.account()))
        #expect(first.count == 64)
        func account(_ organization: String?, project: String? = nil, key: String = "sk-1") async throws -> String? {
            var portrait = SelfPortrait()
            var headers: [HTTPHeader] = []
            if let organization { headers.append(HTTPHeader("openai-organization", organization)) }
            if let project { headers.append(HTTPHeader("openai-project", project)) }
            portrait.take(HTTPResponse(status: 200, headers: headers, body: []), sent: 0, received: 0)
            // What refuses says nothing of whose account it is.
            portrait.take(
                HTTPResponse(status: 401, headers: [HTTPHeader("openai-organization", "org-c")], body: []), sent: 0,
                received: 0)
            return portrait.account(at: try HTTPAddress("https://api.openai.com/v1"), isShared: true)
        }
        let one = try await account("org-a")
        // printf 'tenure account 1\naddress https://api.openai.com:443/v1\norganization org-a' | sha256sum
        #expect(one == "5db47ff57ca1be4a20c3b0c95185dc5412304621d769edd4aa2b799597130b35")
        #expect(try await account("org-a") == one)
        #expect(try await account("org-b") != one)
        #expect(try await account("org-a", project: "proj_1") != one)
        #expect(try await account(nil) == nil)
    }

    @Test func `at an address of one's own the address is whose account it is, once anything came from there`() throws {
        var portrait = SelfPortrait()
        for status in [500, 503, 429] {
            portrait.take(HTTPResponse(status: status, headers: [], body: []), sent: 0, received: 0)
        }
        #expect(portrait.account(at: try HTTPAddress("https://a.openai.azure.com"), isShared: false) == nil)
        portrait.take(HTTPResponse(status: 404, headers: [], body: []), sent: 0, received: 0)
        let one = portrait.account(at: try HTTPAddress("https://a.openai.azure.com"), isShared: false)
        let other = portrait.account(at: try HTTPAddress("https://b.openai.azure.com"), isShared: false)
        #expect(one != nil && one != other)
    }

    @Test func `a document leads to its service, and its registry shows what has no list`() async throws {
        let (twin, scratch) = try DeletionTests.twin(.openai)
        try scratch.write("key", Twin.usualKey)
        try scratch.write("ids.txt", "resp_1\n")
        let source = Source(
            name: "live", type: "openai", path: nil, address: "http://127.0.0.1:\(twin.port)/v1",
            credentials: .file(scratch.path("key")),
            registry: [Source.RegistryEntry(.file(scratch.path("ids.txt")), kind: .response)],
            fields: Source.Fields(), atLeast: [], canaries: [], acceptedGaps: [],
            location: SourceLocation(file: "sources.yaml", line: 1, column: 1))
        let service = try LiveDisposition(source)
        #expect(await service.examine([.response]).surfaces == [.response: .alive])
        var nowhere = source
        nowhere.credentials = .file(scratch.path("none"))
        #expect(throws: ConnectorError.self) { try LiveDisposition(nowhere) }
    }
}
