import Chronology
import Files
import TestSupport
import Testing

@testable import Disposition

@Suite struct RequestStoreTests {
    private let scratch: Scratch
    private let store: RequestStore
    private let now = Instant(seconds: 1_800_000_000)

    init() throws {
        scratch = try Scratch()
        store = RequestStore(directory: scratch.path("requests"))
    }

    private func request(_ name: String, _ identities: [Identity]) throws -> PrivacyRequest {
        PrivacyRequest(
            name: name, regulation: .ccpa, received: try CivilDate("2026-11-01"), ownLimit: Period(days: 20),
            extendedOn: try CivilDate("2026-11-05"), identities: identities, unsearchable: ["email sha1": 2])
    }

    private func everyForm() throws -> [Identity] {
        let address = try #require(EmailAddress("anna@m\u{FC}ller.example"))
        let digest = try #require(Identity(digest: String(repeating: "0a", count: 32)))
        return [
            .user("4711"), .email(address), digest, .metadata(key: "k\n", value: "\u{1F600}"), .identifier("x y"),
        ]
    }

    @Test func `a request is read back as it was taken in, and nobody else can read its file`() throws {
        let request = try request("r-1", try everyForm())
        try store.add(request, at: now)
        let kept = try store.request(named: "r-1")
        #expect(kept.request == request && kept.taken == now && kept.events.isEmpty)
        #expect(String(decoding: try scratch.bytes("requests/.gitignore"), as: UTF8.self) == "*\n")
        #expect(Files.isPrivate(scratch.path("requests/r-1.json")) && Files.isPrivate(scratch.path("requests")))
        #expect(try store.all() == [kept])
    }

    @Test func `the keys of hashes are kept with a request, and one that names none is written as ever (case 39)`()
        throws
    {
        let plain = try request("r", [.user("a")])
        let hashing = PrivacyRequest(
            name: "r-1", regulation: .gdpr, received: plain.received, identities: [.user("a")],
            contentHashKeys: ["sha256", "md5"])
        let compared = KeptRequest.Event(
            at: now, step: .planned, plan: "digest", gone: 1, kept: 0, review: 0, freeFrom: nil, keepers: [],
            isComplete: true, comparison: ContentComparison(keys: ["md5", "sha256"], compared: 2, withoutHash: 3))
        for (request, event) in [(plain, event(gone: 1)), (hashing, compared)] {
            try store.add(request, at: now)
            try store.note(event, on: request.name)
            let kept = try store.request(named: request.name)
            #expect(kept.request == request && kept.events == [event])
            #expect(kept.events[0].executed(at: now, kept: 0).comparison == event.comparison)
        }
        let (old, new) = (try scratch.text("requests/r.json"), try scratch.text("requests/r-1.json"))
        #expect(!old.contains("contentHashKeys") && !old.contains("comparison"))
        for (was, broken) in [
            ("[\"md5\",\"sha256\"],\"events\"", "[7],\"events\""), ("\"compared\":2", "\"compared\":null"),
        ] {
            #expect(new.contains(was) && KeptRequest(Array(new.replacing(was, with: broken).utf8)) == nil, "\(new)")
        }
    }

    @Test func `another list of keys under a request's name is another request, and of the same person (case 39)`()
        throws
    {
        func asked(_ name: String, _ keys: [String]) throws -> PrivacyRequest {
            PrivacyRequest(
                name: name, regulation: .gdpr, received: try CivilDate("2026-11-01"), identities: [.user("a")],
                contentHashKeys: keys)
        }
        try store.add(try asked("r", ["sha256"]), at: now)
        #expect(try store.holds(try asked("r", ["sha256"])))
        let other = try asked("r", [])
        #expect(throws: RequestError.self) { try store.holds(other) }
        #expect(try store.acquaintance(try asked("r-2", [])) == .init(open: ["r"], alike: []))
    }

    @Test func `the same request is taken in once, and another of its name is refused`() throws {
        #expect(try !store.holds(try request("r", [.user("a")])))
        try store.add(try request("r", [.user("a")]), at: now)
        #expect(try store.holds(try request("r", [.user("a")])))
        try store.add(try request("r", [.user("a")]), at: Instant(seconds: 1_900_000_000))
        #expect(try store.request(named: "r").taken == now)
        let other = try request("r", [.user("b")])
        #expect(throws: RequestError.self) { try store.add(other, at: now) }
    }

    @Test func `a request is extended once, where the person was told in time, and is the same request`() throws {
        let asked = PrivacyRequest(
            name: "r", regulation: .gdpr, received: try CivilDate("2026-11-02"), identities: [.user("a")])
        try store.add(asked, at: now)
        let told = try CivilDate("2026-12-02")
        try store.extend(try ExtendedRequest(asked, told: told, .weekdays))
        let kept = try store.request(named: "r").request
        let later = try CivilDate("2027-02-02")
        #expect(kept.extendedOn == told && kept.deadline(.weekdays)?.day == later)
        #expect(try store.holds(asked))
        #expect(throws: ExtendedRequest.Refusal.alreadyExtended(told)) {
            try ExtendedRequest(kept, told: try CivilDate("2026-12-01"), .weekdays)
        }
        #expect(throws: ExtendedRequest.Refusal.beforeReceipt(asked.received)) {
            try ExtendedRequest(asked, told: try CivilDate("2026-11-01"), .weekdays)
        }
        let due = try #require(asked.dueDates(.weekdays)?.answer)
        #expect(throws: ExtendedRequest.Refusal.late(due)) {
            try ExtendedRequest(asked, told: try CivilDate("2026-12-03"), .weekdays)
        }
    }

    @Test func `a second request of the same person is known while the first waits (case 48)`() throws {
        try store.add(try request("r-1", [.user("a"), .identifier("x")]), at: now)
        try store.add(try request("r-2", [.user("b")]), at: now)
        let same = try request("r-3", [.identifier("x"), .user("a")])
        #expect(try store.acquaintance(same) == .init(open: ["r-1"], alike: []))
        let alike = try request("r-4", [.user("a"), .user("b")])
        #expect(try store.acquaintance(alike) == .init(open: [], alike: ["r-1", "r-2"]))
        let held = event(.executed, gone: 1, kept: 1)
        try store.note(held, on: "r-1")
        #expect(try store.acquaintance(same).open == ["r-1"])
        try store.note(held.answered(at: now), on: "r-1")
        #expect(try store.acquaintance(same).open.isEmpty)
    }

    private func event(
        _ step: KeptRequest.Step = .planned, gone: Int, kept: Int = 0, review: Int = 0, isComplete: Bool = true
    ) -> KeptRequest.Event {
        .init(
            at: now, step: step, plan: "digest", gone: gone, kept: kept, review: review, freeFrom: nil,
            keepers: kept > 0 ? ["matter"] : [], isComplete: isComplete)
    }

    @Test func `what was done is noted, in order, and says how far the request is`() throws {
        try store.add(try request("r", [.user("a")]), at: now)
        let steps: [(KeptRequest.Event, KeptRequest.Status)] = [
            (event(gone: 3, kept: 1, review: 1), .planned), (event(.executed, gone: 3, kept: 1, review: 1), .held),
            (event(gone: 0, kept: 0, review: 1), .review), (event(gone: 0, isComplete: false), .incomplete),
            (event(gone: 1), .planned), (event(.executed, gone: 1), .done),
        ]
        #expect(try store.request(named: "r").status == .received)
        for (event, status) in steps {
            try store.note(event, on: "r")
            #expect(try store.request(named: "r").status == status)
        }
        #expect(try store.request(named: "r").events == steps.map(\.0))
    }

    @Test func `what was settled is just what somebody looked at, and is read back with what could not be looked at`()
        throws
    {
        try store.add(try request("r", [.user("a")]), at: now)
        let unread = [ErasureDecision.Unread(source: "live", kind: "item", extent: "known")]
        let looked = KeptRequest.Event(
            at: now, step: .executed, plan: "digest", gone: 0, kept: 0, review: 2, freeFrom: nil, keepers: [],
            isComplete: false, unread: unread, list: "list")
        for event in [looked, looked.settled(at: now, by: "bob"), looked.answered(at: now)] {
            try store.note(event, on: "r")
        }
        let kept = try store.request(named: "r")
        #expect(kept.events.map(\.by) == [nil, "bob", nil] && kept.events.allSatisfy { $0.unread == unread })
        #expect(kept.isSettled(looked) && kept.status == .incomplete && kept.answered == now)
        let other = KeptRequest.Event(
            at: now, step: .planned, plan: "other", gone: 0, kept: 0, review: 2, freeFrom: nil, keepers: [],
            isComplete: false, list: "another list")
        #expect(!kept.isSettled(other))
    }

    @Test func `a file that others can read, or that tenure did not write, is refused`() throws {
        try store.add(try request("r", [.user("a")]), at: now)
        let bytes = try Array(scratch.bytes("requests/r.json"))
        try scratch.write("requests/open.json", String(decoding: bytes, as: UTF8.self))
        #expect(throws: RequestError.self) { try store.request(named: "open") }
        for broken in [bytes.dropLast(), bytes + [0x0A], Array("{}\n".utf8)[...], []] as [ArraySlice<UInt8>] {
            #expect(KeptRequest(Array(broken)) == nil)
        }
        var random = SplitMix64(seed: 5)
        for _ in 0..<2_000 {
            var mutant = bytes
            mutant[Int.random(in: 0..<mutant.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            _ = KeptRequest(mutant)
        }
    }

    @Test func `a directory that is not there has no requests, and a name that is not there is told`() throws {
        #expect(try store.all().isEmpty)
        #expect(throws: RequestError.self) { try store.request(named: "r") }
    }
}
