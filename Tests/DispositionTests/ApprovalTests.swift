import Chronology
import Crypto
import Policies
import Records
import RuleSupport
import TestSupport
import Testing

@testable import Disposition

/// Approvals: which count for what, and which do not.
@Suite struct ApprovalTests {
    private static func key(_ number: UInt8) throws -> Ed25519.PrivateKey {
        let head: [UInt8] = [
            0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
        ]
        let text = Base64.encode(head + [UInt8](repeating: number, count: 32))
        return try #require(
            Ed25519.PrivateKey(pem: "-----BEGIN PRIVATE KEY-----\n\(text)\n-----END PRIVATE KEY-----\n"))
    }

    private let keys: [String: Ed25519.PrivateKey]
    private let signers: [Signer]
    private let digest = String(repeating: "ab", count: 32)

    init() throws {
        let names = ["ann", "bob", "cid", "dan"]
        keys = try Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, try Self.key(UInt8($0) + 1)) })
        let known = keys
        signers = try names.map { Signer(name: $0, key: try #require(known[$0]).publicKey()) }
    }

    private func approvals(_ names: String..., of matter: ApprovedMatter = .plan) throws -> Approvals {
        var approvals = Approvals(of: matter, digest: digest)
        for name in names {
            try approvals.sign(as: name, with: #require(keys[name]), among: signers, requester: "req")
        }
        return approvals
    }

    private func demand(_ count: Int, _ from: [String] = [], _ policy: String = "p") -> Plan.Demand {
        Plan.Demand(policy: policy, approvals: .init(count: count, from: from))
    }

    private func lacks(_ approvals: Approvals, _ demands: [Plan.Demand], requester: String = "req") -> [String] {
        approvals.closedGates(demands, signers, requester: requester).map(\.description)
    }

    @Test func `each policy counts those whom it names, and all must be content`() throws {
        let demands = [demand(1, ["ann"], "first"), demand(2, ["bob", "cid"], "second"), demand(3, [], "third")]
        #expect(try lacks(approvals("ann", "bob", "cid"), demands).isEmpty)
        #expect(
            try lacks(approvals("bob", "cid"), demands) == [
                "first asks for 1 approval, and none was given: tenure approve, by ann",
                "third asks for 3 approvals, and given by bob, cid: tenure approve, by ann, dan",
            ])
        #expect(try lacks(approvals(), []).isEmpty)
    }

    @Test func `the requester's approval counts for nothing, though it is there (case 67)`() throws {
        let found = try lacks(approvals("ann", "bob"), [demand(2, ["ann", "bob"])], requester: "Bob")
        #expect(
            found.first == "p asks for 2 approvals, and given by ann: too few people can give one: add signers, or let"
                + " somebody else ask for the plan")
        #expect(found.last?.hasPrefix("the approval of bob does not stand") == true && found.count == 2)
    }

    @Test func `a signature over a review is none over a plan, whatever the digest`() throws {
        let review = try approvals("ann", of: .review)
        let stolen = Approvals(of: .plan, digest: digest, review.signatures)
        #expect(stolen.standing(among: signers, requester: "req").doubtful == ["ann"])
    }

    @Test func `a changed bit of a signature, a digest or a key voids an approval`() throws {
        let signed = try approvals("ann")
        for place in 0..<64 {
            var bytes = signed.signatures[0].bytes
            bytes[place] ^= 1
            let forged = Approvals(of: .plan, digest: digest, [.init(name: "ann", bytes: bytes)])
            #expect(forged.standing(among: signers, requester: "req").given.isEmpty)
        }
        let other = Approvals(of: .plan, digest: String(repeating: "ac", count: 32), signed.signatures)
        #expect(other.standing(among: signers, requester: "req").doubtful == ["ann"])
        let renewed = [Signer(name: "ann", key: signers[1].key)]
        #expect(signed.standing(among: renewed, requester: "req").doubtful == ["ann"])
    }

    @Test func `what is written beside a file is read back, and is of that file alone`() throws {
        let scratch = try Scratch()
        let path = scratch.path("plan.json")
        let signed = try approvals("cid", "ann")
        try signed.write(beside: path)
        #expect(try Approvals(beside: path, of: .plan, digest: digest) == signed)
        #expect(signed.signatures.map(\.name) == ["ann", "cid"])
        #expect(try Approvals(beside: path, of: .plan, digest: "00").signatures.isEmpty)
        #expect(try Approvals(beside: path, of: .review, digest: digest).signatures.isEmpty)
        #expect(try Approvals(beside: scratch.path("other"), of: .plan, digest: digest).signatures.isEmpty)
        let bytes = try [UInt8](scratch.bytes("plan.json.approvals"))
        for count in 0..<bytes.count - 1 {
            try scratch.write("plan.json.approvals", bytes[..<count])
            #expect(throws: ApprovalError.self) { try Approvals(beside: path, of: .plan, digest: digest) }
        }
    }

    @Test func `a plan's own demand counts, and what its policies ask for now`() throws {
        let scratch = try Scratch()
        var estate = Estate()
        estate.add(.thread, "t", created: "2026-01-01")
        var rule = policy("all", match([.thread]), atMost: "30d")
        rule.approvals = .init(count: 1, from: ["ann"])
        let binding = PlanBinding(
            toolVersion: "1", requester: "req", asOf: asOf, expires: moment("2026-11-21"), policies: "p", holds: "h",
            scan: "s", places: [])
        let path = scratch.path("plan.json")
        _ = try PlanWriter(plan(scan(estate, [rule])), binding).write(to: path)
        let plan = try Plan(path: path)
        var approvals = Approvals(of: .plan, digest: plan.digest)
        try approvals.sign(as: "ann", with: #require(keys["ann"]), among: signers, requester: "req")
        func gates(_ now: RetentionPolicy.Approvals?) -> Int {
            rule.approvals = now
            var policies = PolicySet(retention: [rule])
            policies.signers = signers
            return approvals.closedGates(plan, policies).count
        }
        #expect(gates(rule.approvals) == 0 && gates(nil) == 0)
        #expect(gates(.init(count: 2, from: [])) == 1 && gates(.init(count: 1, from: ["bob"])) == 1)
        approvals = Approvals(of: .plan, digest: plan.digest)
        #expect(gates(nil) == 1, "a demand that was lowered since lowers nothing for this plan")
        #expect(try self.approvals("ann").closedGates(plan, PolicySet()).count == 1, "approvals of another plan")
    }
}
