import Chronology
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// What must be so before anything of a plan is executed: under a closed gate nothing is called.
@Suite struct GateTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func scene(_ count: Int = 2, limits: RetentionPolicy.Limits? = nil) throws -> Scene {
        var estate = Estate()
        for number in 0..<count {
            estate.add(.thread, "t\(number)", created: "2026-01-01")
            estate.add(.message, "m\(number)", created: "2026-01-01", in: "t\(number)")
        }
        var rule = policy("threads", match([.thread]), atMost: "30d")
        rule.limits = limits
        return try Scene(estate, [rule], in: scratch)
    }

    /// What is closed, once it was seen that nothing was called and that the log says why.
    private func closed(_ scene: Scene, _ plan: Plan, _ setting: ExecutionSetting? = nil) async throws -> [Gate] {
        let dry = try await scene.rehearse(plan, setting)
        let report = try await scene.execute(plan, setting)
        #expect(dry.gates == report.gates && report.end == (report.gates.isEmpty ? .complete : .closed))
        guard !report.gates.isEmpty else { return [] }
        #expect(scene.service.now.calls.isEmpty && report.calls == 0)
        #expect(report.fates.allSatisfy { $0 == .notReached })
        #expect(report.gates.allSatisfy { !$0.description.isEmpty })
        return report.gates
    }

    @Test func `a plan that expired is executed no more, not a microsecond later (case 63)`() async throws {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.now = moment("2026-11-21")
        #expect(try await closed(scene, plan) == [.expired(moment("2026-11-21"))])
        scene.now = Moment(microseconds: moment("2026-11-21").microseconds - 1)
        #expect(try await closed(scene, plan) == [])
    }

    @Test func `a plan made as of a day that has not come is not executed (case 15)`() async throws {
        var scene = try scene()
        let ahead = moment("2026-11-20T01:05:01Z")
        let plan = try scene.plan(in: scratch, asOf: ahead)
        #expect(try await closed(scene, plan) == [.ahead(asOf: ahead)])
        scene.now = moment("2026-11-20T01:00:01Z")
        #expect(try await closed(scene, plan) == [])
    }

    @Test func `other policies void a plan, and another hold does not (cases 22, 63)`() async throws {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.rulesDigest = "others"
        #expect(try await closed(scene, plan) == [.policiesChanged])
        scene.rulesDigest = "rules"
        scene.holds = [hold("matter", match(ids: ["elsewhere"]))]
        #expect(try await closed(scene, plan) == [])
    }

    @Test func `without a fresh register nothing is executed, nor once it goes stale on the way (case 23)`()
        async throws
    {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.register = nil
        #expect(try await closed(scene, plan) == [.noRegister])
        let fresh = moment("2026-11-20T01:00:00Z")
        scene.register = HoldRegister(name: "register", asOf: asOf, freshUntil: fresh, holds: [], location: place)
        let stale = Gate.staleRegister(name: "register", since: fresh)
        #expect(try await closed(scene, plan) == [stale])
        scene.register = HoldRegister(
            name: "register", asOf: asOf, freshUntil: moment("2026-11-25"), holds: [], location: place)
        for (documents, gate) in [
            (nil, Gate.documentsUnreadable), (PolicySet(), .policiesChanged),
        ] as [(PolicySet?, Gate)] {
            var setting = scene.setting(plan)
            let (service, before) = (scene.service, scene.policies)
            let calls = service.now.calls.count
            setting.documents = { service.now.calls.count > calls ? documents : before }
            let report = try await scene.execute(plan, setting)
            #expect(report.end == .closed && report.gates == [gate] && report.calls == 1)
            #expect(try scene.history(plan).begun.isEmpty)
        }
    }

    @Test func `a plan that expires, and a register that goes stale, close a run between two calls (cases 23, 63)`()
        async throws
    {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        let (service, now) = (scene.service, Instant(seconds: 1_795_136_400))
        let (expiry, week) = (moment("2026-11-21"), moment("2026-11-25"))
        for (later, gate) in [
            (expiry, Gate.expired(expiry)), (week, .staleRegister(name: "register", since: week)),
        ] {
            let long = try scene.plan(in: scratch, expires: moment("2026-12-01"))
            var setting = scene.setting(later == week ? long : plan)
            let calls = service.now.calls.count
            setting.now = { service.now.calls.count > calls ? later.instant ?? now : now }
            let report = try await scene.execute(setting.plan, setting)
            #expect(report.end == .closed && report.gates == [gate] && report.calls == 1, "\(report.gates)")
            #expect(try scene.history(setting.plan).begun.isEmpty)
        }
        var held = scene
        held.holds = [hold("matter", match(ids: ["elsewhere"]))]
        let (before, after) = (scene.policies, held.policies)
        var setting = scene.setting(plan)
        let calls = service.now.calls.count
        setting.documents = { service.now.calls.count > calls ? after : before }
        // The holds ask for what the scan did not read.
        setting.decide = { _, _ in nil }
        let report = try await scene.execute(plan, setting)
        #expect(report.end == .closed && report.gates == [.newScanNeeded] && report.calls == 1, "\(report.gates)")
    }

    @Test func `another place, another account, another time: nothing is called (cases 9, 66)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch, address: "elsewhere")
        #expect(try await closed(scene, plan) == [.placeChanged(place: "live")])
        let right = try scene.plan(in: scratch)
        var other = scene.setting(right)
        other.places = [PlanBinding.Place(name: "live", type: "azure-openai", address: "a", account: nil)]
        #expect(try await closed(scene, right, other) == [.placeChanged(place: "live")])
        for (skew, gates) in [
            (301, [Gate.clockSkew(place: "live", seconds: 301)]), (-301, [.clockSkew(place: "live", seconds: -301)]),
            (nil, [.clockSkew(place: "live", seconds: nil)]),
        ] as [(Int?, [Gate])] {
            scene.service.change { $0.skew = skew }
            #expect(try await closed(scene, right) == gates)
        }
        scene.service.change { ($0.skew, $0.isRefused) = (300, true) }
        #expect(try await closed(scene, right) == [.unreachable(place: "live", words: "answered 401")])
        // Who is not let in is not told the time either.
        scene.service.change { $0.skew = nil }
        #expect(try await closed(scene, right) == [.unreachable(place: "live", words: "answered 401")])
        scene.service.change { ($0.skew, $0.isRefused) = (300, false) }
        var setting = scene.setting(right)
        setting.services = [:]
        #expect(try await closed(scene, right, setting).map(\.code) == [.unreachable])
        #expect(try await closed(scene, right) == [])
    }

    @Test func `a plan is for one account (case 66)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch, account: "another")
        #expect(try await closed(scene, plan) == [.otherAccount(place: "live")])
        // What nobody could tell is never fine.
        let unknown = try scene.plan(in: scratch, account: nil)
        #expect(try await closed(scene, unknown) == [.unknownAccount(place: "live")])
        let right = try scene.plan(in: scratch, account: "acct")
        #expect(try await closed(scene, right) == [])
    }

    @Test func `a service that is down is no other account: it cannot be asked (case 66)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { ($0.isDown, $0.account, $0.skew) = (true, nil, nil) }
        #expect(try await closed(scene, plan) == [.unreachable(place: "live", words: "no answer: connection refused")])
        // What shows no list of what the plan calls may be somebody else's all the same.
        scene.service.change { ($0.account, $0.skew) = ("another", 0) }
        #expect(try await closed(scene, plan) == [.otherAccount(place: "live")])
    }

    @Test func `approvals are asked for by the policies of what goes, whatever the plan says (case 67)`() async throws {
        var scene = try scene()
        let silent = try scene.plan(in: scratch)
        scene.rules[0].approvals = .init(count: 1, from: [])
        let demand = Plan.Demand(policy: "threads", approvals: .init(count: 1, from: []))
        #expect(try await closed(scene, silent) == [.approvals(demand, given: [], possible: [])])
        var setting = scene.setting(silent)
        setting.approvals = Approvals(of: .plan, digest: "00")
        #expect(try await closed(scene, silent, setting).map(\.code) == [.approvals])
        // A matter keeps all that the policy asks for: nobody is asked.
        scene.holds = [hold("matter", match([.thread]))]
        #expect(try await closed(scene, silent) == [])
    }

    @Test(arguments: [Gate.Code.limit, .approvals])
    func `what a hold that is released on the way lets go is counted, and approved, before it goes (case 64)`(
        gate: Gate.Code
    ) async throws {
        var scene = try scene()
        scene.rules = [("free", "t0"), ("strict", "t1")].map { policy($0, match([.thread], ids: [$1]), atMost: "30d") }
        let plan = try scene.plan(in: scratch)
        if gate == .limit { scene.rules[1].limits = .init(records: 1, percent: nil) }
        if gate == .approvals { scene.rules[1].approvals = .init(count: 1, from: []) }
        let released = scene.policies
        scene.holds = [hold("matter", match([.thread], ids: ["t1"]))]
        var setting = scene.setting(plan)
        let (service, held) = (scene.service, scene.policies)
        setting.documents = { service.now.calls.isEmpty ? held : released }
        let report = try await scene.execute(plan, setting)
        #expect(report.end == .closed && report.gates.map(\.code) == [gate] && report.calls == 1, "\(report.gates)")
    }

    @Test func `limits are counted again on what there is now, and one too many is too many (case 64)`() async throws {
        // Eight of ten are 80 %. Once one that stays is gone, they are eight of nine.
        var scene = try scene(10, limits: .init(records: nil, percent: 80))
        scene.exceptions = [exception("pilot", ["threads"], match(ids: ["t8", "t9"]))]
        let plan = try scene.plan(in: scratch)
        #expect(!plan.exceedsLimits && plan.actions.count == 16)
        scene.service.change { $0.records[.init(kind: .thread, id: "t9")] = nil }
        let gates = try await closed(scene, plan)
        #expect(gates.map(\.code) == [.limit])
        #expect(gates.first?.description.contains("8 of 9 matched, at most 80 %") == true)
    }

    @Test func `what earlier runs took away counts, so that no plan is executed in slices (case 64)`() async throws {
        var scene = try scene(4, limits: .init(records: 8, percent: 100))
        let plan = try scene.plan(in: scratch)
        #expect(!plan.exceedsLimits)
        var setting = scene.setting(plan)
        let service = scene.service
        setting.interruption = { service.now.calls.count >= 6 ? .stopped : nil }
        let part = try await scene.execute(plan, setting)
        #expect(part.counts == [.deletedVerified: 6])
        scene.rules[0].limits = .init(records: 7, percent: nil)
        let next = try await scene.execute(plan)
        #expect(next.gates.map(\.code) == [.limit] && next.calls == 0)
        scene.rules[0].limits = .init(records: 8, percent: 100)
        let last = try await scene.execute(plan)
        #expect(last.counts == [.deletedVerified: 8])
    }

    @Test func `what went along counts, and so does the share of what is gone (case 64)`() async throws {
        var estate = Estate()
        for number in 0..<4 {
            estate.add(.thread, "t\(number)", created: "2026-01-01")
            estate.add(.run, "r\(number)", created: "2026-01-01", in: "t\(number)", status: "completed")
        }
        for (limits, isClosed) in [
            (RetentionPolicy.Limits(records: 4, percent: 50), false), (.init(records: 3, percent: nil), true),
            (.init(records: nil, percent: 49), true),
        ] {
            let scratch = try Scratch()
            var scene = try Scene(estate, [policy("threads", match([.thread]), atMost: "30d")], in: scratch)
            scene.exceptions = [exception("pilot", ["threads"], match(ids: ["t2", "t3"]))]
            let plan = try scene.plan(in: scratch)
            var setting = scene.setting(plan)
            let service = scene.service
            setting.interruption = { service.now.calls.count == 1 ? .stopped : nil }
            #expect(try await scene.execute(plan, setting).counts == [.deletedVerified: 1])
            scene.rules[0].limits = limits
            let next = try await scene.execute(plan)
            #expect(next.gates.map(\.code) == (isClosed ? [.limit] : []) && next.calls == (isClosed ? 0 : 1))
        }
    }

    @Test func `a privacy request goes before limits`() async throws {
        var scene = try scene()
        let request = Plan.Request(name: "eve", token: "hmac-sha256:x", regulation: .gdpr)
        let plans = [try scene.plan(in: scratch), try scene.plan(in: scratch, request: request)]
        scene.rules[0].limits = .init(records: 3, percent: 1)
        #expect(try await closed(scene, plans[0]).map(\.code) == [.limit])
        #expect(try await closed(scene, plans[1]) == [])
    }

    @Test func `what is gone, and a stale list shows still, does not count twice (case 64)`() async throws {
        let scene = try scene(4, limits: .init(records: 8, percent: nil))
        let plan = try scene.plan(in: scratch)
        var setting = scene.setting(plan)
        let service = scene.service
        setting.interruption = { service.now.calls.count == 6 ? .stopped : nil }
        #expect(try await scene.execute(plan, setting).counts == [.deletedVerified: 6])
        setting.interruption = { nil }
        let last = try await scene.execute(plan, setting)
        #expect(last.gates.isEmpty && last.counts == [.deletedVerified: 8], "\(last.gates)")
    }

    @Test func `a plan over its limits is not executed (case 64)`() async throws {
        let scene = try scene(2, limits: .init(records: 3, percent: nil))
        let plan = try scene.plan(in: scratch)
        #expect(try await closed(scene, plan).map(\.code) == [.limit])
    }

    @Test func `no subject loses more than the limit lets it, counted as things are now (case 64)`() async throws {
        var scene = try scene(2)
        let plan = try scene.plan(in: scratch)
        scene.rules[0].limits = .init(records: nil, percent: nil, perSubject: 3)
        let gates = try await closed(scene, plan)
        #expect(gates.map(\.code) == [.limit])
        #expect(gates[0].description.contains("4 of one subject or of none that is named, at most 3"))
        scene.rules[0].limits = .init(records: nil, percent: nil, perSubject: 4)
        #expect(try await closed(scene, plan) == [])
    }

    @Test func `a policy that asks for whatever there is waits until somebody types its name (case 64)`() async throws {
        var scene = try scene(2)
        scene.rules = [policy("all", match(), atMost: "30d"), policy("more", match([.thread]), atMost: "30d")]
        let plan = try scene.plan(in: scratch)
        let gate = Gate.unconfirmed(policy: "all")
        #expect(!gate.isSafetyStop && !gate.voidsPlan && !gate.forbidsLooking)
        #expect(try await closed(scene, plan) == [gate])
        #expect(plan.head.unconfirmed(scene.policies) == [gate])
        var setting = scene.setting(plan)
        setting.confirmed = ["more"]
        #expect(try await closed(scene, plan, setting) == [gate])
        setting.confirmed = ["all"]
        #expect(try await closed(scene, plan, setting) == [])
    }

    @Test
    func
        `nobody is asked to confirm where nothing goes by it, nor for what was reviewed, a privacy request or a rehearsal`()
        async throws
    {
        var scene = try scene(2)
        scene.rules = [policy("all", match(), atMost: "30d")]
        let request = Plan.Request(name: "eve", token: "hmac-sha256:x", regulation: .gdpr)
        let plans = [try scene.plan(in: scratch, request: request), try scene.plan(in: scratch)]
        #expect(try await closed(scene, plans[0]) == [])
        var setting = scene.setting(plans[1])
        setting.approvals = nil
        #expect(try await scene.rehearse(plans[1], setting).gates == [])
        scene.rules = [policy("all", match(), atMost: "900d"), policy("threads", match([.thread]), atMost: "30d")]
        #expect(try await closed(scene, scene.plan(in: scratch)) == [])
        let reviewed = PolicySet(retention: [policy("all", match(), atMost: "30d", whenDue: .review)])
        #expect(reviewed.unconfirmed(["all"]) == [])
    }

    @Test func `a retired surface is no absence: nothing is called, and nobody knows (case 35)`() async throws {
        let scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.retired = KindSet([.thread, .message]) }
        let report = try await scene.execute(plan)
        #expect(report.counts == [.unknown: 4] && report.calls == 0 && report.hasWrongs)
    }

    @Test func `what an interrupted run began is settled under closed gates too`() async throws {
        var scene = try scene()
        let plan = try scene.plan(in: scratch)
        scene.service.change { $0.troubles = [.unreadable] }
        _ = try await scene.execute(plan)
        scene.now = moment("2026-11-22")
        let report = try await scene.execute(plan)
        #expect(report.end == .closed && report.calls == 0)
        #expect(report.lines[0] == "delete message m0: deleted-verified")
    }
}
