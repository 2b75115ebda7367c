import Foundation
import TestSupport
import Testing

@testable import tenure

/// `tenure approve`: who signs what, and who cannot.
@Suite struct ApproveTests {
    @Test func `a plan that two must approve is approved by two others than who asked for it (case 67)`() throws {
        let estate = try PlannedEstate()
        let made = estate.make()
        #expect(made.exitCode == .clean, "\(made.errors)")
        #expect(made.output.contains("threads asks for 2 approvals, and none was given: tenure approve, by bob, zoe"))
        let first = estate.approve(as: "bob")
        #expect(first.exitCode == .clean && first.output.contains("given by bob: tenure approve, by zoe"), "\(first)")
        let second = estate.approve(as: "zoe")
        #expect(second.exitCode == .clean && !second.output.contains("threads asks for 2 approvals, and"))
        #expect(second.output.contains("threads asks for 2, of the signers, without ann"))
    }

    @Test(arguments: ["ann", "Ann", "ANN"])
    func `who asked for the plan does not approve it, however the name is spelt (case 67)`(name: String) throws {
        let estate = try PlannedEstate()
        #expect(estate.make(as: name).exitCode == .clean)
        let run = estate.approve(as: "ann")
        #expect(run.exitCode == .safetyStop && run.errors.contains("who asks does not approve"), "\(run.errors)")
        #expect(try !estate.scratch.names().contains("plan.json.approvals"))
    }

    @Test func `a name that no document knows, a key of somebody else, and a key that others can read are refused`()
        throws
    {
        let estate = try PlannedEstate()
        #expect(estate.make().exitCode == .clean)
        let unknown = estate.approve(as: "eve")
        #expect(unknown.exitCode == .usage && unknown.errors.contains("no Signers document names eve"))
        let foreign = estate.approve(as: "bob", key: "eve")
        #expect(foreign.exitCode == .usage && foreign.errors.contains("the key is not the one of bob"))
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: estate.scratch.path("bob.pem"))
        let open = estate.approve(as: "bob")
        #expect(open.exitCode == .usage && open.errors.contains("can be read by others"))
        #expect(try !estate.scratch.names().contains("plan.json.approvals"))
    }

    @Test func `approving twice is approving once`() throws {
        let estate = try PlannedEstate()
        #expect(estate.make().exitCode == .clean && estate.approve(as: "bob").exitCode == .clean)
        let once = try estate.scratch.text("plan.json.approvals")
        #expect(estate.approve(as: "bob").exitCode == .clean)
        #expect(try estate.scratch.text("plan.json.approvals") == once)
    }

    @Test func `openssl verifies an approval with the plan's own digest and nothing of ours`() throws {
        let estate = try PlannedEstate()
        #expect(estate.make().exitCode == .clean && estate.approve(as: "bob").exitCode == .clean)
        let scratch = estate.scratch
        let file = try #require(
            try JSONSerialization.jsonObject(with: scratch.bytes("plan.json.approvals")) as? [String: Any])
        let plan = try #require(try JSONSerialization.jsonObject(with: scratch.bytes("plan.json")) as? [String: Any])
        let digest = try #require(plan["sha256"] as? String)
        #expect(file["sha256"] as? String == digest && file["of"] as? String == "plan")
        let signatures = try #require(file["signatures"] as? [[String: String]])
        #expect(signatures.map { $0["name"] } == ["bob"])
        try scratch.write("message", "tenure plan approval v1\nsha256:\(digest)\n")
        try scratch.write("signature", Data(base64Encoded: signatures[0]["signature"] ?? "") ?? Data())
        func verify(_ name: String) throws -> String {
            try Tool.run(
                "/usr/bin/env",
                [
                    "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", scratch.path("\(name).pub"), "-rawin", "-in",
                    scratch.path("message"), "-sigfile", scratch.path("signature"),
                ]
            ).output
        }
        #expect(try verify("bob").contains("Signature Verified Successfully"))
        #expect(try !verify("zoe").contains("Signature Verified Successfully"))
    }

    @Test func `a plan of other policies, of other holds, or that expired is not approved (cases 22, 63)`() throws {
        let estate = try PlannedEstate()
        #expect(estate.make().exitCode == .clean)
        let text = try estate.scratch.text("policies/threads.yaml")
        try estate.scratch.write("policies/threads.yaml", text.replacing("1d", with: "2d"))
        let changed = estate.approve(as: "bob")
        #expect(changed.exitCode == .safetyStop && changed.errors.contains("the policies are not those of the plan"))
        try estate.scratch.write("policies/threads.yaml", text)
        try estate.register(asOf: "2026-11-01")
        let held = estate.approve(as: "bob")
        #expect(held.exitCode == .safetyStop && held.errors.contains("the holds are not those of the plan"))
        try estate.register()
        #expect(estate.approve(as: "bob").exitCode == .clean)
        #expect(estate.make(as: "ann", "--expires-in", "PT0S").exitCode == .clean)
        let late = estate.approve(as: "bob")
        #expect(late.exitCode == .safetyStop && late.errors.contains("has expired at"), "\(late.errors)")
    }

    @Test func `a changed byte of the plan voids it, and approvals of the plan before are none of the next`() throws {
        let estate = try PlannedEstate()
        #expect(estate.make().exitCode == .clean && estate.approve(as: "bob").exitCode == .clean)
        #expect(estate.make(as: "zoe").exitCode == .clean)
        let again = estate.approve(as: "ann")
        #expect(again.exitCode == .clean && again.output.contains("given by ann: tenure approve, by bob"))
        let text = try estate.scratch.text("plan.json")
        try estate.scratch.write("plan.json", text.replacing("\"requester\":\"zoe\"", with: "\"requester\":\"bob\""))
        let edited = estate.approve(as: "zoe")
        #expect(edited.exitCode == .usage && edited.errors.contains("it was changed after it was written"))
    }

    @Test func `a signature that somebody made up stops every further approval`() throws {
        let estate = try PlannedEstate()
        #expect(estate.make().exitCode == .clean && estate.approve(as: "bob").exitCode == .clean)
        let text = try estate.scratch.text("plan.json.approvals")
        try estate.scratch.write("plan.json.approvals", text.replacing("\"bob\"", with: "\"zoe\""))
        let run = estate.approve(as: "bob")
        #expect(run.exitCode == .safetyStop && run.errors.contains("the signature of zoe does not fit"))
        try estate.scratch.write("plan.json.approvals", "{}\n")
        #expect(estate.approve(as: "bob").exitCode == .usage)
    }
}
