import AuditLog
import CanonicalJSON
import Chronology
import Crypto
import Evaluation
import ProviderFacts
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// A receipt that a stranger can check.
@Suite struct ReceiptTests {
    private let scratch: Scratch
    private let key: PseudonymKey
    private let signer: LogSigner
    private let request: PrivacyRequest
    private let decision: ErasureDecision
    private let plan: Plan
    private let now = Instant(seconds: 1_795_132_800)

    init() throws {
        scratch = try Scratch()
        key = try PseudonymKey([UInt8](repeating: 7, count: 32))
        let prefix: [UInt8] = [0x30, 0x2E, 2, 1, 0, 0x30, 5, 6, 3, 0x2B, 0x65, 0x70, 4, 0x22, 4, 0x20]
        let pem = Base64.encode(prefix + [UInt8](repeating: 3, count: 32))
        let secret = try #require(
            Ed25519.PrivateKey(pem: "-----BEGIN PRIVATE KEY-----\n\(pem)\n-----END PRIVATE KEY-----\n"))
        signer = try LogSigner(name: "audit.example.test/a", key: secret)
        request = PrivacyRequest(
            name: "r", regulation: .gdpr, received: try CivilDate("2026-11-01"), identities: [.user("a")])
        var estate = Estate()
        for id in ["t1", "t2", "held"] { estate.add(.thread, id, created: "2026-01-01", ["subject": "a"]) }
        estate.add(.run, "run", created: "2026-01-01", in: "t1", status: "completed")
        let scan = scan(estate, holds: [hold("matter-of-bert", match([.thread], ids: ["held"]))])
        decision = try ErasureDecision(request, in: scan)
        plan = try Self.plan(decision, token: try request.token(key), asOf: scan.asOf, at: scratch.path("plan.json"))
    }

    private static func plan(_ decision: ErasureDecision, token: String, asOf: Moment, at path: String) throws -> Plan {
        let graph = try DeletionGraph.openAI()
        let name = Plan.Request(name: "r", token: token, regulation: .gdpr)
        let binding = PlanBinding(
            toolVersion: "1", requester: "ann", asOf: asOf, expires: moment("2026-11-21"), policies: "p",
            holds: "h", scan: "s", places: [.init(name: "export", type: "openai", address: "https://api.example")])
        _ = try PlanWriter(decision.plan(name) { _ in graph }, binding).write(to: path)
        return try Plan(path: path)
    }

    /// A log of what an execution of the plan came to, by number.
    private func log(_ outcomes: [(Int, String)], residual: [Int: String] = [:]) throws {
        var log = try LogWriter.make(
            in: scratch.path("log"), signer: signer, genesis: Genesis(tool: "test", segmentEntries: 100), at: now)
        for (number, outcome) in outcomes {
            for digest in ["another plan", plan.digest] {
                try log.append("deletion.outcome", at: now) { data in
                    data.member("number", number)
                    data.member("outcome", digest == plan.digest ? outcome : "failed")
                    data.member("plan", digest)
                    if let residual = residual[number] { data.member("residual", residual) }
                }
            }
        }
        try log.checkpoint()
    }

    private func receipt(_ later: Plan? = nil) throws -> ErasureReceipt {
        let plans = [plan] + [later].compactMap(\.self)
        let event = try decision.event(.planned, plan: plans[plans.count - 1].digest, at: now)
        return try ReceiptMaker(request, plans, log: scratch.path("log"), pseudonyms: key)
            .make(event, deadline: try #require(request.deadline(.weekdays)), signer: signer, at: now)
    }

    @Test func `it says what is gone, with two dates, and what is kept on which ground (cases 25, 75 and 82)`() throws {
        try log([(1, "failed"), (1, "deleted-verified"), (2, "already-absent")])
        let receipt = try receipt()
        #expect(receipt.dispositions.map(\.name.id) == ["t1", "t2"])
        #expect(receipt.dispositions.map(\.outcome) == [.deletedVerified, .alreadyAbsent])
        #expect(receipt.dispositions[0].along.map(\.id) == ["run"])
        #expect(receipt.gone == 3 && receipt.open.isEmpty)
        let gone = Zone.utc.civil(at: now).date
        #expect(receipt.dispositions[0].latestRemoval == gone.adding(try #require(Period(days: 30))))
        #expect(receipt.kept.map(\.name.id) == ["held"])
        #expect(receipt.kept[0].grounds.map(\.ground) == [.claims])
    }

    @Test func `every deletion is proved to a stranger, and the seal opens to the records that it is about`() throws {
        try log([(1, "deleted-verified"), (2, "deleted-verified")])
        let receipt = try receipt()
        let keys = [try LogKey(text: receipt.logKey)]
        for evidence in receipt.dispositions.compactMap(\.evidence) + [try #require(receipt.seal)] {
            let proof = try InclusionProof(Array(evidence.proof.utf8))
            #expect(proof.index == evidence.index)
            _ = try proof.verify(entry: Array(evidence.line.utf8), trusting: keys)
        }
        let seal = try #require(receipt.seal.flatMap { CanonicalValue(object: Array($0.line.utf8)) })
        let salt = stride(from: 0, to: receipt.opening.salt.count, by: 2).compactMap { start -> UInt8? in
            let digits = Array(receipt.opening.salt)[start..<start + 2]
            return UInt8(String(digits), radix: 16)
        }
        let opening = Opening(salt: salt, detail: receipt.opening.detail)
        #expect(seal["data"]?["commitment"]?.text == (try opening.commitment()))
        #expect(receipt.opening.detail.contains("\"id\":\"t1\"") && receipt.opening.detail.contains(plan.digest))
        let another = Opening(salt: salt, detail: receipt.opening.detail.replacing("t1", with: "t3"))
        #expect(seal["data"]?["commitment"]?.text != (try another.commitment()))
    }

    @Test func `what failed, or was never begun, is not called gone`() throws {
        try log([(1, "deleted-verified"), (1, "pending-verification")])
        let receipt = try receipt()
        #expect(receipt.gone == 0)
        #expect(receipt.open.map(\.outcome) == [.pendingVerification, nil])
        #expect(receipt.dispositions.allSatisfy { $0.latestRemoval == nil })
    }

    @Test func `what a service keeps is residual, with what was to go along where it refused all of it (case 52)`()
        throws
    {
        try log([(1, "refused"), (2, "pending-verification")], residual: [1: "whole", 2: "record"])
        #expect(try receipt().residual.map(\.name.id) == ["t1", "run", "t2"])
    }

    @Test func `what was kept once and is gone by now is not residual (case 52)`() throws {
        try log([(1, "refused"), (2, "refused")], residual: [1: "whole"])
        #expect(try receipt().residual.map(\.name.id) == ["t1", "run"])
        do {
            var log = try LogWriter.open(scratch.path("log"), signer: signer, at: now)
            try log.append("deletion.outcome", at: now) { data in
                data.member("number", 1)
                data.member("outcome", "deleted-verified")
                data.member("plan", plan.digest)
            }
            try log.checkpoint()
        }
        #expect(try receipt().residual.isEmpty)
    }

    @Test func `the log has neither the person nor the records, and the plan of another is no evidence (case 73)`()
        throws
    {
        try log([(2, "deleted-verified")])
        let receipt = try receipt()
        #expect(receipt.dispositions[0].evidence == nil && receipt.dispositions[1].evidence != nil)
        for name in try scratch.names("log") where name.hasSuffix(".jsonl") {
            let text = String(decoding: try scratch.bytes("log/\(name)"), as: UTF8.self)
            for word in ["\"t1\"", "\"t2\"", "\"a\""] { #expect(!text.contains(word)) }
        }
    }

    @Test(arguments: [("2026-11-19T23:59:59Z", true), ("2026-11-20T00:00:01Z", false)])
    func `what went after the last plan looked is gone by an earlier one, and what that one saw again is not gone`(
        asOf: String, isGone: Bool
    ) throws {
        try log([(1, "deleted-verified")])
        let last = try Self.plan(
            decision, token: try request.token(key), asOf: moment(asOf), at: scratch.path("last-\(isGone).json"))
        let receipt = try receipt(last)
        #expect(receipt.dispositions.map(\.name.id) == ["t1", "t2"])
        #expect(receipt.dispositions.map(\.outcome) == [isGone ? .deletedVerified : nil, nil])
        #expect(receipt.dispositions.map(\.plan) == [isGone ? plan.digest : last.digest, last.digest])
    }

    @Test func `there is no receipt where a plan deleted something that nobody can name any more`() throws {
        try log([(1, "deleted-verified")])
        func make(without lost: String) throws -> ErasureReceipt {
            try ReceiptMaker(request, [plan], lost: [lost], log: scratch.path("log"), pseudonyms: key).make(
                try decision.event(.planned, plan: plan.digest, at: now),
                deadline: try #require(request.deadline(.weekdays)), signer: signer, at: now)
        }
        #expect(throws: ReceiptError.self) { try make(without: "another plan") }
        #expect(try make(without: "a plan that nobody executed").plans == [plan.digest])
    }

    @Test func `without a log there is no receipt`() { #expect(throws: ReceiptError.self) { try receipt() } }
}
