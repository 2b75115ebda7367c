import AuditLog
import CanonicalJSON
import Chronology
import Crypto
import Evaluation
import Foundation
import Policies
import Records
import RuleSupport
import TestSupport

@testable import Disposition

/// An estate in a service, rules, a plan made of them, and an audit log: everything that an execution needs, in memory but
/// for the log.
struct Scene: Sendable {
    static let source = "live"
    /// - Source: RFC 8032, section 7.1, the seed of test 1, as `openssl pkey` writes it.
    static let pem = """
        -----BEGIN PRIVATE KEY-----
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpgumCvSS7CzESURJxWl7MmkZcDusA6x/5g
        -----END PRIVATE KEY-----

        """

    var estate: Estate
    var rules: [RetentionPolicy]
    var holds: [LegalHold] = []
    var rulesDigest = "rules"
    var register: HoldRegister?
    var exceptions: [PolicyException] = []
    var service: ModelService
    /// What the plan's execution takes for now.
    var now = moment("2026-11-20T01:00:00Z")
    var directory: String

    /// A service that has the estate, and an empty log in the directory.
    init(_ estate: Estate, _ rules: [RetentionPolicy], in scratch: Scratch) throws {
        var estate = estate
        for index in estate.items.indices { estate.items[index].source = Self.source }
        self.estate = estate
        self.rules = rules
        register = HoldRegister(
            name: "register", asOf: asOf, freshUntil: moment("2026-11-25"), holds: [], location: place)
        service = ModelService(ModelService.State(records: Self.records(estate)))
        directory = scratch.path("log")
        var log = try LogWriter.make(
            in: directory, signer: try Self.signer(), genesis: Genesis(tool: "test"),
            at: Instant(seconds: 1_795_132_800))
        try log.checkpoint()
    }

    static func signer() throws -> LogSigner {
        guard let key = Ed25519.PrivateKey(pem: pem) else { throw Missing() }
        return try LogSigner(name: "audit.example.test/apply", key: key)
    }

    struct Missing: Error {}

    private static func records(_ estate: Estate) -> [ModelService.Key: ModelService.Record] {
        func text(_ reading: RecordBatch.Reading?) -> String? {
            if case .microseconds(let value) = reading { Moment(microseconds: value).description } else { nil }
        }
        let records = estate.items.map { item in
            (
                ModelService.Key(kind: item.kind, id: item.id),
                ModelService.Record(
                    container: item.container, created: text(item.created), lastActivity: text(item.activity),
                    status: item.status)
            )
        }
        return Dictionary(records, uniquingKeysWith: { first, _ in first })
    }

    /// The documents as they are.
    var policies: PolicySet {
        var set = PolicySet(retention: rules, holds: holds, register: register, exceptions: exceptions)
        set.rulesDigest = rulesDigest
        set.holdsDigest = "holds: \(holds.map(\.name)) \(String(describing: register?.freshUntil))"
        return set
    }

    /// The decision about what the service has now.
    ///
    /// - Parameter byOthers: whether what the plan itself did is no activity.
    func scanned(asOf: Moment, unseen: Set<String> = [], byOthers: Bool = false) -> ScanResult {
        Evaluator(policies: policies, asOf: asOf, options: ScanOptions()).evaluate(inventory(asOf, unseen, byOthers))
    }

    private func inventory(_ asOf: Moment, _ unseen: Set<String>, _ byOthers: Bool) -> Inventory {
        let records = service.now.records
        var seen = estate
        seen.emptySources = [Self.source]
        seen.items = estate.items.compactMap { item in
            guard let record = records[.init(kind: item.kind, id: item.id)], !unseen.contains(item.id) else {
                return nil
            }
            var item = item
            let activity = byOthers ? record.othersActivity : record.lastActivity
            item.activity = activity.map { .microseconds(moment($0).microseconds) } ?? item.activity
            item.status = record.status
            return item
        }
        return seen.inventory(asOf: asOf)
    }

    /// The plan for what may go at the instant of most tests.
    func plan(
        in scratch: Scratch, asOf: Moment = asOf, expires: Moment = moment("2026-11-21"), address: String = "a",
        account: String? = "acct", request: Plan.Request? = nil
    )
        throws -> Plan
    {
        var draft = try DispositionTests.plan(scanned(asOf: asOf))
        draft.request = request
        let binding = PlanBinding(
            toolVersion: "1", requester: "ann", asOf: asOf, expires: expires, policies: policies.rulesDigest,
            holds: policies.holdsDigest, scan: "s", places: [Self.planned(address, account)])
        _ = try PlanWriter(draft, binding).write(to: scratch.path("plan.json"))
        return try Plan(path: scratch.path("plan.json"))
    }

    static func planned(_ address: String, _ account: String? = nil) -> PlanBinding.Place {
        PlanBinding.Place(name: source, type: "openai", address: address, account: account)
    }

    /// What an execution works with.
    func setting(_ plan: Plan, unseen: Set<String> = []) -> ExecutionSetting {
        let (now, policies, result) = (now, policies, scanned(asOf: now, unseen: unseen))
        return ExecutionSetting(
            plan, policies, result, places: [Self.planned("a")], services: [Self.source: service],
            now: { now.instant ?? Instant(seconds: 0) }, documents: { policies },
            decide: { Evaluator(policies: $0, asOf: now, options: ScanOptions()).evaluate($1) })
    }

    /// Executes a plan, as `tenure apply --execute` does.
    func execute(
        _ plan: Plan, _ setting: ExecutionSetting? = nil, in directory: String? = nil,
        pseudonyms: PseudonymKey? = nil, onStep: @escaping (ExecutionStep) -> Void = { _ in }
    ) async throws -> ExecutionReport {
        let setting = setting ?? self.setting(plan)
        let journal = try ExecutionJournal(
            of: plan, in: directory ?? self.directory, signer: try Self.signer(),
            pseudonyms: try pseudonyms ?? PseudonymKey([UInt8](repeating: 7, count: 32)), now: setting.now)
        return await PlanExecution(setting, journal: journal, onStep: onStep).run()
    }

    /// Goes the same way without calling anything.
    func rehearse(_ plan: Plan, _ setting: ExecutionSetting? = nil) async throws -> ExecutionReport {
        var setting = setting ?? self.setting(plan)
        setting.history = try history(plan)
        return await PlanExecution(setting, journal: nil).run()
    }

    func history(_ plan: Plan) throws -> ExecutionHistory {
        try ExecutionHistory(of: plan, in: directory, trusting: try Self.signer().verifier)
    }

    /// The log's entries.
    func entries(in directory: String? = nil) throws -> [CanonicalValue] {
        var entries: [CanonicalValue] = []
        try LogProver(directory ?? self.directory, trusting: [try Self.signer().verifier]).entries { line, _ in
            if let value = CanonicalValue(object: line.withUnsafeBufferPointer { Array($0) }) { entries.append(value) }
            return true
        }
        return entries
    }
}

extension Estate {
    /// Old threads, each with two messages and a run that has ended.
    static func twoThreads() -> Estate {
        var estate = Estate()
        for thread in ["t1", "t2"] {
            estate.add(.thread, thread, created: "2026-01-01")
            estate.add(.message, "\(thread).m1", created: "2026-01-01", in: thread)
            estate.add(.message, "\(thread).m2", created: "2026-01-01", in: thread)
            estate.add(.run, "\(thread).r", created: "2026-01-01", in: thread, status: "completed")
        }
        return estate
    }
}

extension ExecutionReport {
    /// The actions as lines: what became of each.
    var lines: [String] {
        zip(plan.actions, fates).map { action, fate in
            let word =
                switch fate {
                case .ended(let ending): ending.outcome.rawValue
                case .earlier(let outcome): "earlier \(outcome.rawValue)"
                case .wouldBeCalled: "would"
                case .notReached: "not reached"
                }
            return "\(action.verb) \(action.name.kind) \(action.name.id): \(word)"
        }
    }
}
