import CEL
import Chronology
import Policies
import Records
import Testing

@Suite struct PolicySetTests {
    @Test func `days begin and end in the document's own zone (case 16)`() throws {
        let text =
            document(
                "LegalHold", name: "h",
                "{match: {createdBetween: {from: 2026-01-01, to: 2026-07-01}}, from: 2026-07-02, until: 2026-07-03, releaseGrace: 7d, timeZone: Europe/Berlin}"
            ) + document("HoldRegister", name: "r", "{asOf: 2026-11-19, maxAge: 7d, holds: [h]}")
            + document(
                "PolicyException", name: "e",
                "{policies: [a], reason: x, expiresAt: 2027-03-31, timeZone: America/New_York}")
            + policy()
        let set = try #require(load(text).policies)
        let hold = try #require(set.holds.first)
        #expect(hold.match.createdBetween?.from.description == "2025-12-31T23:00:00Z")
        #expect(hold.match.createdBetween?.until.description == "2026-07-01T22:00:00Z")
        #expect(hold.from.description == "2026-07-01T22:00:00Z")
        #expect(hold.until?.description == "2026-07-03T22:00:00Z")
        #expect(hold.inEffectUntil?.description == "2026-07-10T22:00:00Z")
        #expect(set.register?.freshUntil.description == "2026-11-26T00:00:00Z")
        #expect(set.exceptions.first?.expiresAt.description == "2027-04-01T04:00:00Z")
        #expect(set.exceptions.first?.expiresText == "2027-03-31")
    }

    @Test func `an instant is that instant, and null is no release`() throws {
        let text = document("LegalHold", name: "h", "{from: '2026-07-02T12:00:00+02:00', until: null}")
        let hold = try #require(load(text).policies?.holds.first)
        #expect(hold.from.description == "2026-07-02T10:00:00Z")
        #expect(hold.until == nil)
        #expect(hold.inEffectUntil == nil)
    }

    @Test func `defaults are those of the design`() throws {
        let policy = try #require(load(policy(match: "{}", clock: "{from: lastActivity}")).policies?.retention.first)
        #expect(policy.severity == .medium)
        #expect(policy.basis == .internal)
        #expect(policy.mode == .enforce)
        #expect(policy.whenDue == .report)
        #expect(policy.whileUsed == .keep)
        #expect(policy.onUndetermined == .fail)
        #expect(policy.overdueAfter == nil)
        #expect(policy.zone == .utc)
        #expect(!policy.isDefault)
        #expect(policy.match.kinds == nil)
    }

    @Test func `limits are read, each by itself (case 64)`() throws {
        let text =
            policy("limits: {records: 500, percent: 5, perSubject: 20}") + policy(name: "b", "limits: {perSubject: 1}")
        let policies = try #require(load(text).policies?.retention)
        #expect(policies[0].limits == .init(records: 500, percent: 5, perSubject: 20))
        #expect(policies[1].limits == .init(records: nil, percent: nil, perSubject: 1))
        #expect(load(policy("limits: {perSubject: -1}")).errors == ["8:24 out-of-range"])
    }

    @Test func `a match that tells no record from another asks for whatever there is (case 64)`() throws {
        for (match, isEverything) in [
            ("{}", true), ("{sources: ['*']}", true), ("{sources: [a, '**']}", true), ("{sources: ['a*']}", false),
            ("{kinds: [thread]}", false), ("{metadata: {a: x}}", false), ("{subjects: [eve]}", false),
            ("{ids: [a]}", false), ("{createdBetween: {from: 2026-01-01}}", false),
            ("{where: \"object.bytes > 5\"}", false),
        ] {
            let policy = try #require(load(policy(match: match)).policies?.retention.first, "\(match)")
            #expect(policy.match.isEverything == isEverything, "\(match)")
        }
    }

    @Test func `constants reach the expressions`() throws {
        let text = policy(
            match: "{where: \"object.bytes > params.most && params.list[1] == 'b'\"}",
            "params: {most: 5, list: [a, b], deep: {x: 1.5, y: ~}}")
        let policy = try #require(load(text).policies?.retention.first)
        guard case .map(let constants)? = policy.parameters?.value,
            case .value(.int(5)) = constants.value(named: "most")
        else {
            Issue.record("no constants")
            return
        }
        #expect(constants.count == 3)
        #expect(policy.match.condition?.location.description == "p/0.yaml:5:19")
    }

    @Test func `a source maps fields, expects records and accepts gaps`() throws {
        let text = document(
            "Source", name: "s",
            "{type: export, path: out, fields: {subject: metadata.user_id}, expect: {run_steps: {atLeast: 3}, canaries: [file-1]}, acceptedGaps: [{kinds: [run], reason: gone, ticket: T-1, until: 2027-02-26}]}"
        )
        let source = try #require(load(text).policies?.sources.first)
        #expect(source.path == "out")
        #expect(source.fields == .init(owner: "owner", subject: "user_id", tenant: "tenant"))
        #expect(source.atLeast.map { "\($0.kind) \($0.count)" } == ["runStep 3"])
        #expect(source.canaries == ["file-1"])
        #expect(source.acceptedGaps.map(\.untilText) == ["2027-02-26"])
        #expect(source.acceptedGaps.first?.until.description == "2027-02-27T00:00:00Z")
    }

    @Test func `a source says where the ids are of what cannot be listed`() throws {
        let text = document(
            "Source", name: "s",
            "{type: openai, registry: [{file: a.csv}, {metadata: thread_id, kind: thread}, {database: a.db, query: SELECT id FROM t, kind: response, complete: true}]}"
        )
        let source = try #require(load(text).policies?.sources.first)
        #expect(
            source.registry.map(\.place) == [
                .file("a.csv"), .metadata("thread_id"), .query(database: "a.db", sql: "SELECT id FROM t"),
            ])
        #expect(source.registry.map(\.kind) == [nil, .thread, .response])
        #expect(source.registry.map(\.isComplete) == [false, false, true])
        #expect(source.registry.first?.location?.description == "p/0.yaml:4:33")
        #expect(source.keysOfIds == ["thread_id"])
    }

    @Test func `a source says whom to trust on the way, which way to go, and how fast`() throws {
        func transport(_ more: String) throws -> Source.Transport {
            let text = document(
                "Source", name: "s", "{type: openai, address: 'https://localhost:1/v1', credentials: {env: K}\(more)}")
            return try #require(load(text).policies?.sources.first?.transport)
        }
        #expect(try transport("") == Source.Transport())
        #expect(
            try transport(", transport: {authorities: ca.pem, proxy: 'http://proxy:3128', inFlight: 4, verify: false}")
                == Source.Transport(
                    authorities: "ca.pem", proxy: .at("http://proxy:3128"), inFlight: 4, isVerified: false))
        #expect(try transport(", transport: {proxy: none}").proxy == .none)
    }

    @Test(arguments: [
        ("address: 'http://api.example.org/v1'", ["insecure-address"]), ("address: 'http://127.0.0.1:8080/v1'", []),
        ("address: api.example.org", ["invalid-address"]),
        ("address: 'https://me:hunter2@api.example.org'", ["invalid-address"]),
        ("transport: {verify: false}", ["insecure-address"]),
        ("address: 'https://api.example.org/v1', transport: {verify: false}", ["insecure-address"]),
        ("address: 'https://localhost.example.org', transport: {verify: false}", ["insecure-address"]),
        ("address: 'https://[::1]:8443/v1', transport: {verify: false}", []),
        ("transport: {proxy: 'http://me:hunter2@proxy:3128'}", ["invalid-address"]),
        ("transport: {proxy: proxy}", ["invalid-address"]), ("transport: {inFlight: 0}", ["out-of-range"]),
        ("transport: {inFlight: 257}", ["out-of-range"]), ("transport: {prxy: none}", ["unknown-key"]),
    ])
    func `what would let anybody in between is no source`(spec: String, codes: [String]) {
        let loaded = load(document("Source", name: "s", "{type: openai, credentials: {env: K}, \(spec)}"))
        #expect(loaded.diagnostics.filter { $0.level == .error }.map(\.code) == codes)
        #expect(!DiagnosticReport.text(loaded.diagnostics).contains("hunter2"))
    }

    @Test func `the digest is of what the documents say, not of how they are written (case 27)`() {
        let one = load(policy(name: "a", "severity: high") + policy(name: "b") + noHolds)
        let other = load(
            noHolds,
            "# a comment\n" + policy(name: "b", keep: "{'atMost': P90D}"),
            """
            spec: {severity: "high", keep: {atMost: 90d}, clock: {from: created}, match: {kinds: [thread]}, mode: enforce}
            kind: RetentionPolicy
            metadata: {name: a}
            apiVersion: tenure/v1
            """)
        let changed = load(policy(name: "a", "severity: low") + policy(name: "b") + noHolds)
        #expect(one.policies?.digest.count == 64)
        #expect(one.policies?.digest == other.policies?.digest)
        #expect(one.policies?.digest != changed.policies?.digest)
        #expect(other.policies?.retention.map(\.name) == ["a", "b"])
    }

    @Test func `a hold changes the digest of the holds, and not that of the rules (cases 22, 63)`() {
        let one = load(policy(name: "a") + noHolds).policies
        let later = load(policy(name: "a") + noHolds.replacing("asOf: 2026-11-20", with: "asOf: 2026-11-18")).policies
        let other = load(policy(name: "a", "severity: low") + noHolds).policies
        #expect(one?.rulesDigest.count == 64 && one?.rulesDigest == later?.rulesDigest)
        #expect(one?.holdsDigest != later?.holdsDigest && one?.digest != later?.digest)
        #expect(one?.rulesDigest != other?.rulesDigest && one?.holdsDigest == other?.holdsDigest)
    }

    @Test func `metadata keys are those that anything names, and an expression over all keys is refused`() throws {
        let text =
            policy(
                name: "a",
                match: "{metadata: {product: x}, where: \"has(object.metadata.pinned) && 'k' in object.metadata\"}",
                clock: "{from: \"timestamp(object.metadata['closed at'])\"}", "disclose: [shown]")
            + document("Source", name: "s", "{type: export, fields: {owner: metadata.user}}")
        let set = try #require(load(text).policies)
        #expect(
            set.metadataKeys == ["closed at", "k", "owner", "pinned", "product", "shown", "subject", "tenant", "user"])
        let dynamic = policy(match: "{where: \"object.metadata.exists(k, k.startsWith('pii'))\"}")
        let refused = load(dynamic)
        #expect(refused.policies == nil)
        #expect(refused.diagnostics.contains { $0.code == "unnamed-metadata" })
    }
}
