import Chronology
import Evaluation
import Policies
import ProviderFacts
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// What a request of Anna, whose id is `a`, comes to.
@Suite struct ErasureDecisionTests {
    private let day = "2026-01-01"
    private let anna = ["subject": "a"]

    private func request(_ regulation: Regulation = .gdpr) throws -> PrivacyRequest {
        PrivacyRequest(
            name: "r", regulation: regulation, received: try CivilDate("2026-11-01"), identities: [.user("a")])
    }

    private func estate() -> Estate {
        var estate = Estate()
        for thread in ["free", "held", "taxed", "claimed"] {
            estate.add(.thread, thread, created: day, anna)
            estate.add(.message, "m-\(thread)", created: day, in: thread)
        }
        estate.add(.thread, "berts", created: day, ["subject": "b"])
        return estate
    }

    private func scan() -> ScanResult {
        var taxes = policy("taxes", match([.thread], ids: ["taxed"]), atLeast: "7y")
        taxes.basis = .statutory
        var claims = policy("claims", match([.thread], ids: ["claimed"]), atLeast: "3y")
        claims.basis = .claims
        let inner = policy("inner", match([.thread]), atLeast: "5y")
        return RuleSupport.scan(
            estate(), [taxes, claims, inner], holds: [hold("matter", match([.message], ids: ["m-held"]))])
    }

    @Test func `what the law keeps has its ground and its document, and the rest goes (case 25)`() throws {
        let decision = try ErasureDecision(try request(), in: scan())
        let inventory = decision.result.inventory
        #expect(decision.going.map(inventory.id).sorted() == ["free", "m-free"])
        let kept = decision.kept.map { kept in
            "\(inventory.id(kept.row)): "
                + kept.grounds.map { "\($0.document) \($0.ground.article(of: .gdpr)) \($0.until ?? "open")" }
                .joined(separator: ", ")
        }
        #expect(
            kept == [
                "claimed: claims GDPR Article 17(3)(e) 2029-01-01T00:00:00Z", "held: matter GDPR Article 17(3)(e) open",
                "taxed: taxes GDPR Article 17(3)(b) 2033-01-01T00:00:00Z",
                "m-claimed: claims GDPR Article 17(3)(e) 2029-01-01T00:00:00Z",
                "m-held: matter GDPR Article 17(3)(e) open",
                "m-taxed: taxes GDPR Article 17(3)(b) 2033-01-01T00:00:00Z",
            ])
        #expect(decision.review.isEmpty)
    }

    @Test func `the event says what keeps something, and from when one of it is free by itself (case 25)`() throws {
        let decision = try ErasureDecision(try request(), in: scan())
        let event = try decision.event(.planned, plan: "d", at: Instant(seconds: 1))
        #expect(event.gone == 2 && event.kept == 6 && event.review == 0 && event.isComplete)
        #expect(event.keepers == ["claims", "matter", "taxes"])
        #expect(event.freeFrom == "2029-01-01T00:00:00Z")
    }

    @Test func `a plan for a request names it by its token, its grounds, and asks for no approval and no limit`() throws
    {
        let scan = scan()
        let decision = try ErasureDecision(try request(), in: scan)
        let graph = try DeletionGraph.openAI()
        let name = Plan.Request(name: "r", token: "hmac-sha256:k:1", regulation: .gdpr)
        let draft = decision.plan(name) { _ in graph }
        #expect(draft.lines == ["delete message m-free", "delete thread free"])
        #expect(draft.limits.isEmpty && draft.demands.isEmpty)
        let scratch = try Scratch()
        let binding = PlanBinding(
            toolVersion: "1", requester: "ann", asOf: scan.asOf, expires: moment("2026-11-21"), policies: "p",
            holds: "h",
            scan: "s", places: [])
        let digest = try PlanWriter(draft, binding).write(to: scratch.path("plan.json"))
        let plan = try Plan(path: scratch.path("plan.json"))
        #expect(plan.digest == digest && plan.request == name)
        #expect(plan.actions.last?.because == [.init(policy: "request:r", rule: "erasure", state: "due")])
        #expect(plan.staying.map(\.name.id) == ["claimed", "held", "taxed", "m-claimed", "m-held", "m-taxed"])
        #expect(plan.staying[0].grounds == [.init(ground: .claims, document: "claims", until: "2029-01-01T00:00:00Z")])
        #expect(plan.staying.allSatisfy { $0.reasons == [.kept] })
    }

    @Test func `no record of others is in a plan, whatever policies find due`() throws {
        let due = policy("due", match([.thread]), atMost: "1d")
        let scan = RuleSupport.scan(estate(), [due])
        #expect(scan.mayGo("berts"))
        let decision = try ErasureDecision(try request(), in: scan)
        #expect(!decision.going.map(decision.result.inventory.id).contains("berts"))
        #expect(decision.going.count == 8)
    }

    @Test func `on random estates nothing of others goes, nor what holds it or what it uses (cases 44, 45 and 75)`()
        throws
    {
        var seen: [String: Int] = [:]
        for seed in 0..<300 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            var estate = Estate()
            let whose = [[:], anna, anna, ["subject": "b"]]
            for number in 0..<5 { estate.add(.thread, "t\(number)", created: day, random.pick(whose)) }
            for number in 0..<10 {
                let thread = "t\(Int.random(in: 0..<5, using: &random))"
                let file = (Kind.file, "f\(Int.random(in: 0..<4, using: &random))")
                estate.add(.message, "m\(number)", created: day, in: thread, random.pick(whose), uses: [file])
            }
            for number in 0..<4 { estate.add(.file, "f\(number)", created: day, random.pick(whose)) }
            let holds = random.chance(80) ? [hold("matter", match([.message], ids: ["m3"]))] : []
            let decision = try ErasureDecision(try request(), in: RuleSupport.scan(estate, holds: holds))
            let (inventory, goes) = (decision.result.inventory, Set(decision.going))
            for row in 0..<inventory.count {
                let subject = inventory.strings.string(inventory.subjects[row])
                let users = decision.result.users(of: row)
                seen[goes.contains(row) ? "goes" : "stays", default: 0] += 1
                if subject == "a", !goes.contains(row) { seen["theirs and stays", default: 0] += 1 }
                guard goes.contains(row) else { continue }
                #expect(subject == nil || subject == "a", "seed \(seed)")
                #expect(decision.result.parts(of: row).allSatisfy(goes.contains), "seed \(seed)")
                #expect(users.allSatisfy(goes.contains), "seed \(seed)")
                #expect(!decision.discovery.path(to: row).isEmpty, "seed \(seed)")
            }
            // Whatever is theirs goes, is kept by law, or is looked at: nothing is passed over.
            let told = goes.union(decision.kept.map(\.row)).union(decision.review.map(\.row))
            #expect(Set(decision.discovery.theirs.map(\.row)).isSubset(of: told), "seed \(seed)")
            seen["kept", default: 0] += decision.kept.count
            seen["looked at", default: 0] += decision.review.count
        }
        print("erasures: \(seen.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
        for feature in ["goes", "stays", "theirs and stays", "kept", "looked at"] {
            #expect(seen[feature, default: 0] >= 200, "\(feature)")
        }
    }

    @Test func `what stands against a deletion beside the law goes to a person`() throws {
        var estate = Estate()
        estate.add(.file, "f", created: day, anna)
        estate.add(.thread, "broken", created: day, anna)
        estate.add(.thread, "berts", created: day, ["subject": "b"], uses: [(.file, "f")])
        let failing = policy("p", match([.thread], where: "object.metadata.product == 'x'"), atMost: "7d")
        let decision = try ErasureDecision(try request(), in: RuleSupport.scan(estate, [failing]))
        let inventory = decision.result.inventory
        #expect(
            decision.review.map { "\(inventory.id($0.row)): \($0.reason.name)" } == ["broken: error", "f: in-use"])
        #expect(decision.going.isEmpty && decision.kept.isEmpty)
    }

    @Test func `what no call deletes is not said to go, and goes to a person`() throws {
        var estate = estate()
        estate.add(.batch, "b", created: day, anna)
        var decision = try ErasureDecision(try request(), in: RuleSupport.scan(estate))
        let request = Plan.Request(name: "r", token: "t", regulation: .gdpr)
        let draft = try decision.plan(request) { _ throws(FactsError) in
            try DeletionGraph.graph(ofType: "openai", version: nil)
        }
        decision.leave(whatNoCallDeletes: draft)
        let inventory = decision.result.inventory
        #expect(decision.review.map { "\(inventory.id($0.row)): \($0.reason.name)" } == ["b: no-call"])
        #expect(decision.going.count == 8)
    }

    @Test func `a kind that was not read is told, and what it may use stays`() throws {
        var estate = Estate()
        estate.unread = KindSet([.message])
        estate.add(.file, "f", created: day, anna)
        let decision = try ErasureDecision(try request(), in: RuleSupport.scan(estate))
        #expect(decision.unread == [.init(source: "export", kind: "message", extent: "none")])
        #expect(decision.review.map(\.reason) == [.obstacle(.unread)])
        #expect(try !decision.event(.planned, plan: "d", at: Instant(seconds: 1)).isComplete)
    }

    @Test func `a hold that ended frees its records when the request is run again (case 25)`() throws {
        let held = hold("matter", match([.thread], ids: ["held"]), until: "2026-11-10")
        let later = RuleSupport.scan(estate(), holds: [held])
        let decision = try ErasureDecision(try request(), in: later)
        #expect(decision.kept.isEmpty && decision.going.count == 8)
    }

    @Test(arguments: Regulation.allCases)
    func `every law has an article for every ground`(regulation: Regulation) {
        let articles = Ground.allCases.map { $0.article(of: regulation) }
        #expect(Set(articles).count == Ground.allCases.count)
    }
}
