import Foundation
import TestSupport
import Testing

@testable import tenure

/// The verb, as people and scripts use it.
@Suite struct AuditTests {
    private static let origin = "audit.example.test/tenant-a"
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let key = try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"])
        try scratch.write("key.pem", key.output)
        try hide("key.pem")
    }

    private func hide(_ name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path(name))
    }

    private func audit(_ words: String...) -> Transcript {
        Transcript(["audit"] + words + ["--log", scratch.path("log")])
    }

    private func make() throws {
        let run = audit("init", "--origin", Self.origin, "--key", scratch.path("key.pem"))
        #expect(run.exitCode == .clean && run.output.hasPrefix("\(Self.origin)\n1\n"), "\(run.errors)")
        try FileManager.default.copyItem(atPath: scratch.path("log/log.vkey"), toPath: scratch.path("trusted.vkey"))
        try FileManager.default.copyItem(atPath: scratch.path("log/checkpoint"), toPath: scratch.path("kept"))
    }

    /// Adds whole lines as a writer does that dies before it signs them.
    private func add(_ lines: String...) throws {
        let journal = "log/audit-000000000000.jsonl"
        try scratch.write(journal, try scratch.text(journal) + lines.map { $0 + "\n" }.joined())
    }

    private static let entry = #"{"at":"2026-11-20T00:00:00.000Z","data":{"records":3},"type":"scan.finished"}"#

    @Test func `a log is made, grows, is signed, verified, and proves its entries and its growth`() throws {
        try make()
        try add(Self.entry, Self.entry.replacing("3", with: "4"))
        let before = audit("verify", "--vkey", scratch.path("trusted.vkey"))
        #expect(
            before.exitCode == .clean && before.output.contains("warning: 2 entries stand behind"), "\(before.output)")
        let signed = audit("checkpoint", "--key", scratch.path("key.pem"))
        #expect(signed.exitCode == .clean && signed.output.hasPrefix("\(Self.origin)\n3\n"), "\(signed.errors)")
        let verified = audit("verify", "--vkey", scratch.path("trusted.vkey"), "--since", scratch.path("kept"))
        #expect(verified.exitCode == .clean, "\(verified.output)")
        #expect(verified.output.contains(": verified: 3 entries, 2 checkpoints, beginning with the 1 of the kept"))
        #expect(verified.output.hasSuffix(signed.output) && verified.errors.isEmpty)
        let proved = audit(
            "prove", "--entry", "1", "--proof", scratch.path("proof"), "--line", scratch.path("line"), "--vkey",
            scratch.path("trusted.vkey"))
        #expect(proved.exitCode == .clean && proved.output.hasSuffix(signed.output))
        #expect(try scratch.text("line") == Self.entry + "\n")
        let grown = audit(
            "consistency", "--since", scratch.path("kept"), "--proof", scratch.path("growth"), "--vkey",
            scratch.path("trusted.vkey"))
        #expect(grown.exitCode == .clean, "\(grown.errors)")
        // A stranger has the proofs and the key, and no log.
        try FileManager.default.removeItem(atPath: scratch.path("log"))
        let key = ["--vkey", scratch.path("trusted.vkey")]
        let proof = Transcript(
            ["audit", "verify", "--proof", scratch.path("proof"), "--line", scratch.path("line")] + key)
        #expect(proof.exitCode == .clean && proof.output.contains("entry 1 of 3 is this one"), "\(proof.errors)")
        let growth = Transcript(
            ["audit", "verify", "--proof", scratch.path("growth"), "--since", scratch.path("kept")] + key)
        #expect(
            growth.exitCode == .clean && growth.output.contains("its 3 entries begin with the 1"), "\(growth.errors)")
        try scratch.write("line", Self.entry.replacing("3", with: "5"))
        let forged = Transcript(
            ["audit", "verify", "--proof", scratch.path("proof"), "--line", scratch.path("line")] + key)
        #expect(forged.exitCode == .violations && forged.errors.contains("is not this one"))
    }

    @Test func `what is not as it was signed ends with exit code 1, missing entries keep writers out with 4`() throws {
        try make()
        try add(Self.entry)
        #expect(audit("checkpoint", "--key", scratch.path("key.pem")).exitCode == .clean)
        let journal = "log/audit-000000000000.jsonl"
        let whole = try scratch.text(journal)
        try scratch.write(journal, whole.replacing("\"records\":3", with: "\"records\":4"))
        let verified = audit("verify", "--format", "json")
        #expect(verified.exitCode == .violations)
        let report = try JSONSerialization.jsonObject(with: Data(verified.output.utf8)) as? [String: Any]
        #expect(report?["verified"] as? Bool == false && report?["exitCode"] as? Int == 1)
        #expect((report?["findings"] as? [[String: Any]])?.map { $0["code"] as? String } == ["entries-changed"])
        #expect((report?["checkpoint"] as? String)?.hasPrefix(Self.origin) == true)
        #expect(audit("checkpoint", "--key", scratch.path("key.pem")).exitCode == .violations)
        #expect(audit("prove", "--entry", "1").exitCode == .violations)
        try scratch.write(journal, String(whole.prefix { $0 != "\n" }) + "\n")
        #expect(audit("verify").exitCode == .violations)
        let short = audit("checkpoint", "--key", scratch.path("key.pem"))
        #expect(short.exitCode == .safetyStop && short.errors.contains("2 entries were signed, and there are 1"))
        try scratch.write(journal, whole)
        try scratch.write("log/checkpoint", try scratch.text("kept"))
        #expect(audit("verify", "--vkey", scratch.path("trusted.vkey")).output.contains("[rollback]"))
    }

    @Test func `show prints entries, all or some, as lines or as one JSON document`() throws {
        try make()
        try add(Self.entry, "no entry")
        let all = audit("show")
        #expect(all.exitCode == .clean && all.output.contains("0  2") && all.output.contains("  log.opened  {"))
        #expect(all.output.contains("1  2026-11-20T00:00:00.000Z  scan.finished  {\"records\":3}\n"), "\(all.output)")
        #expect(all.output.contains("2  no entry that tenure writes\n"))
        #expect(!audit("show", "--type", "scan.finished").output.contains("log.opened"))
        #expect(!audit("show", "--count", "1").output.contains("scan.finished"))
        for words in [[], ["--entry", "1"], ["--type", "none"]] {
            let run = Transcript(["audit", "show", "--format", "json", "--log", scratch.path("log")] + words)
            let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
            let places = (json?["entries"] as? [[String: Any]])?.map { $0["index"] as? Int }
            #expect(places == (words.isEmpty ? [0, 1, 2] : words[0] == "--entry" ? [1, 2] : []), "\(run.output)")
            #expect((json?["checkpoint"] as? String)?.hasPrefix(Self.origin) == true)
        }
    }

    @Test func `a token is the HMAC that openssl computes`() throws {
        let secret = String(repeating: "0f", count: 32)
        try scratch.write("pseudonyms.key", secret + "\n")
        try hide("pseudonyms.key")
        let run = audit("token", "--pseudonym-key", scratch.path("pseudonyms.key"), "--subject", "user:4711")
        try scratch.write("name", "subject\0user:4711")
        let words = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:\(secret)", scratch.path("name")]
        let code = try Tool.run("/usr/bin/env", words).output.split(separator: " ").last.map(String.init) ?? ""
        #expect(run.exitCode == .clean && code.count == 65)
        #expect(run.output.hasPrefix("hmac-sha256:") && run.output.hasSuffix(":\(code)"), "\(run.output) \(code)")
        let object = audit(
            "token", "--pseudonym-key", scratch.path("pseudonyms.key"), "--kind", "thread", "--id", "user:4711")
        #expect(object.exitCode == .clean && object.output != run.output)
    }

    @Test func `what makes no sense ends with exit code 2, and says what would`() throws {
        try make()
        try scratch.write("public.key", String(repeating: "0f", count: 32))
        for (words, hint) in [
            (["init", "--key", scratch.path("key.pem")], "--origin"), (["init", "--origin", "a"], "--key"),
            (["init", "--origin", "a b", "--key", scratch.path("key.pem")], "cannot name a log"),
            (["init", "--origin", "a", "--key", scratch.path("key.pem")], "there is a log already"),
            (["init", "--origin", "a", "--key", scratch.path("log/log.vkey")], "can be read by others"),
            (["prove"], "--entry"), (["prove", "--entry", "7"], "0 to 0"), (["consistency"], "--since"),
            (["verify", "--proof", scratch.path("kept")], "--vkey"),
            (["verify", "--vkey", scratch.path("kept")], "verifier key"),
            (["token"], "--pseudonym-key"),
            (["token", "--pseudonym-key", scratch.path("public.key"), "--subject", "a"], "chmod 600"),
            (["verfy"], "verify"),
        ] {
            let run = Transcript(["audit"] + words + ["--log", scratch.path("log")])
            #expect(
                run.exitCode == .usage && run.output.isEmpty && run.errors.contains(hint), "\(words): \(run.errors)")
        }
        let absent = Transcript("audit", "verify", "--log", scratch.path("absent"))
        #expect(absent.exitCode != .clean && absent.errors.contains("absent"))
    }

    @Test func `without a key that was kept, a run says whose key it trusts`() throws {
        try make()
        #expect(audit("verify").errors.contains("trusting the key beside the log"))
        #expect(audit("verify", "--vkey", scratch.path("trusted.vkey")).errors.isEmpty)
    }

    /// Nothing of ours is involved: Python's hashlib and the openssl command.
    @Test(.enabled(if: Tool.find("python3") != nil && Tool.find("openssl") != nil, "needs python3 and openssl"))
    func `Python and openssl verify the log, an entry and its growth, and see what was changed`() throws {
        try make()
        for number in 0..<11 { try add(Self.entry.replacing("3", with: "\(number)")) }
        #expect(audit("checkpoint", "--key", scratch.path("key.pem")).exitCode == .clean)
        let (proof, line, growth) = (scratch.path("proof"), scratch.path("line"), scratch.path("growth"))
        #expect(audit("prove", "--entry", "7", "--proof", proof, "--line", line).exitCode == .clean)
        #expect(audit("consistency", "--since", scratch.path("kept"), "--proof", growth).exitCode == .clean)
        let program = "\(Checkout.path)/Tests/Counterparts/verify_log.py"
        let words = [
            program, scratch.path("log"), scratch.path("trusted.vkey"), "--kept", scratch.path("kept"), "--proof",
            proof, line, "--growth", growth,
        ]
        let run = try Tool.run("/usr/bin/env", ["python3"] + words)
        #expect(run.status == 0, "\(run.output)\(run.errors)")
        for part in ["root of 12 entries", "inclusion of entry 7 in 12", "growth from 1 to 12", "by openssl"] {
            #expect(run.output.contains(part))
        }
        #expect(!run.output.contains("FAILED"))
        let journal = "log/audit-000000000000.jsonl"
        try scratch.write(journal, try scratch.text(journal).replacing("\"records\":5", with: "\"records\":6"))
        #expect(try Tool.run("/usr/bin/env", ["python3"] + words).status == 1)
    }
}
