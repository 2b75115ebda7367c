import Foundation
import TestSupport
import Testing

@testable import tenure

/// Locked policies: what one person alone cannot do (case 30).
@Suite struct LockTests {
    @Test func `a lock that enough people signed is in force, and says so`() throws {
        let locked = try Locked()
        #expect(locked.lint().output == "0 errors, 0 warnings\n")
        let run = locked.verify()
        #expect(run.exitCode == .clean && run.output.contains("signed by ann, bob; locks minimum"), "\(run.errors)")
        #expect(try !locked.text().contains("PRIVATE"))
    }

    @Test func `a lock holds too where documents are read from above or alone, and two locks are an error`() throws {
        let locked = try Locked()
        let lint = { Transcript("lint", "--policies", locked.scratch.url.path, "--as-of", ExitCodeTests.asOf) }
        #expect(lint().output == "0 errors, 0 warnings\n")
        try locked.change("atLeast: 5y", "atLeast: 4y")
        let weaker = lint()
        #expect(weaker.exitCode == .usage && weaker.output.contains("and P5Y is locked [locked]"), "\(weaker.output)")
        let alone = Transcript("lint", "--policies", "\(locked.policies)/p.yaml", "--as-of", ExitCodeTests.asOf)
        #expect(alone.exitCode == .usage && alone.output.contains("and P5Y is locked [locked]"), "\(alone.output)")
        try locked.scratch.write("copy/policies.lock", try locked.text())
        #expect(lint().output.contains("there is another lock at"))
    }

    @Test(arguments: ["9223372036854775807", "2147483648", "0", "1.5"])
    func `a number that no lock could follow is refused`(number: String) throws {
        let locked = try Locked()
        try locked.change("\"serial\": 1,", "\"serial\": \(number),", in: "policies/policies.lock")
        let run = locked.make("--lock", "minimum")
        #expect(run.exitCode == .usage && run.errors.contains("serial is not what it should be"), "\(run.errors)")
    }

    @Test(arguments: [
        ("atLeast: 5y", "atLeast: 1826d", "8:"), ("atLeast: 5y, ", "", "8:"), ("atMost: 7y", "atMost: 85mo", "8:"),
        ("overdueAfter: 30d", "overdueAfter: 31d", "9:"), ("basis: statutory", "basis: internal", "8:"),
        ("severity: high", "severity: medium", "5:"), ("severity: high", "mode: observe", "5:"),
        ("severity: high", "severity: high\n  default: true", "6:"), ("kinds: [thread]", "kinds: [thread, file]", "6:"),
        ("from: created", "from: lastActivity", "6:"),
        ("basis: statutory", "basis: statutory, timeZone: Asia/Tokyo", "8:"),
        ("severity: high", "severity: high\n  whenDue: delete", "7:"), ("name: minimum", "name: other", ""),
    ])
    func `weaker or other terms than the signed ones are an error at the policy's line`(
        old: String, new: String, line: String
    ) throws {
        let locked = try Locked()
        try locked.change(old, new)
        let run = locked.lint()
        #expect(run.exitCode == .usage && run.output.contains("[locked]"), "\(run.output)")
        #expect(line.isEmpty || run.output.contains("p.yaml:\(line)"), "\(run.output)")
        #expect(run.output.contains("tenure lock make"))
        let scan = Transcript("scan", "--export", locked.scratch.path("e"), "--policies", locked.policies)
        #expect(scan.exitCode == .usage && scan.errors.contains("[locked]"))
    }

    @Test(arguments: [
        ("atLeast: 5y", "atLeast: 6y"), ("atMost: 7y", "atMost: 84mo"), ("atMost: 7y", "atMost: 6y"),
        ("overdueAfter: 30d", "overdueAfter: 0d"), ("basis: statutory", "basis: claims"),
        ("severity: high", "severity: critical"), ("severity: high", "controls: [a]\n  severity: high"),
    ])
    func `stronger terms need no signature`(old: String, new: String) throws {
        let locked = try Locked()
        try locked.change(old, new)
        #expect(locked.lint().exitCode == .clean, "\(locked.lint().output)")
    }

    @Test func `a new exception from a locked policy is an error`() throws {
        let locked = try Locked()
        try locked.scratch.write(
            "policies/e.yaml",
            """
            apiVersion: tenure/v1
            kind: PolicyException
            metadata: {name: pilot}
            spec: {policies: [minimum], reason: a, expiresAt: 2027-01-01}
            """)
        #expect(locked.lint().output.contains("e.yaml:1:1: error: exception 'pilot'"), "\(locked.lint().output)")
    }

    @Test func `new terms take new signatures by two people of the old lock`() throws {
        let locked = try Locked()
        let old = locked.scratch.path("old.lock")
        try FileManager.default.copyItem(atPath: locked.lock, toPath: old)
        try locked.change("atLeast: 5y", "atLeast: 1y")
        #expect(locked.make("--signer", locked.signer("ann"), "--signer", locked.signer("eve")).exitCode == .clean)
        #expect(locked.sign("ann").output.contains("not yet in force"))
        // Two signatures, and one of the people is not of the old lock.
        #expect(locked.sign("eve").output.contains("not yet in force: 1 signers of lock number 1"))
        #expect(locked.lint().exitCode == .usage)
        #expect(locked.sign("bob").exitCode == .usage)
        #expect(locked.make().exitCode == .clean)
        _ = locked.sign("ann")
        #expect(locked.sign("bob").output.contains("number 2 is in force"))
        #expect(locked.lint().exitCode == .clean && locked.verify("--since", old).exitCode == .clean)
    }

    @Test func `an older lock in the place of a newer, another lock, or none is refused against the trusted one`()
        throws
    {
        let locked = try Locked()
        let old = try locked.text()
        #expect(locked.make().exitCode == .clean)
        _ = locked.sign("ann")
        #expect(locked.sign("bob").output.contains("number 2"))
        let anchor = locked.scratch.path("trusted.lock")
        try FileManager.default.copyItem(atPath: locked.lock, toPath: anchor)
        try Data(old.utf8).write(to: URL(filePath: locked.lock))
        #expect(locked.lint().exitCode == .clean)
        #expect(locked.verify("--since", anchor).errors.contains("number 2 was seen before"))
        func anchored() throws -> Tool.Outcome {
            try Tool.run(
                "/usr/bin/env",
                ["TENURE_LOCK_ANCHOR=\(anchor)", Tool.binary.path, "lint", "--policies", locked.policies])
        }
        #expect(try anchored().output.contains("number 2 was seen before"))
        try FileManager.default.removeItem(atPath: locked.lock)
        #expect(try anchored().output.contains("there is no policies.lock"))
        let stranger = try Locked()
        try FileManager.default.copyItem(atPath: stranger.lock, toPath: locked.lock)
        #expect(try anchored().status == 2)
    }

    @Test func `a lock that was cut off anywhere, or of which a byte changed, is refused`() throws {
        let locked = try Locked()
        let whole = Array(try locked.text().utf8)
        for count in stride(from: 0, to: whole.count - 1, by: 97) {
            try Data(whole.prefix(count)).write(to: URL(filePath: locked.lock))
            let run = locked.lint()
            #expect(run.exitCode == .usage && run.output.contains("[lock-untrusted]"), "\(count): \(run.output)")
        }
        for place in stride(from: 40, to: whole.count - 8, by: 53) where whole[place] > 0x40 {
            var changed = whole
            changed[place] ^= 1
            try Data(changed).write(to: URL(filePath: locked.lock))
            #expect(locked.lint().output.contains("[lock-untrusted]"), "\(place)")
        }
    }

    @Test(arguments: [
        (#""threshold": 2"#, #""threshold": 1"#), (#""name": "bob""#, #""name": "ann""#),
        (#""key": "bob""#, #""key": "ann""#), (#""key": "bob""#, #""key": "eve""#), (#""serial": 1"#, #""serial": 2"#),
        (#""schemaVersion": "1""#, #""schemaVersion": "2""#),
    ])
    func `a lower threshold, a key or signer listed twice, a stranger's or a moved signature is refused`(
        old: String, new: String
    ) throws {
        let locked = try Locked()
        try locked.change(old, new, in: "policies/policies.lock")
        let run = locked.lint()
        #expect(run.exitCode == .usage && run.output.contains("[lock-untrusted]"), "\(run.output)")
    }

    @Test func `one key under two names is no second person`() throws {
        let locked = try Locked()
        let run = locked.make("--signer", locked.signer("ann"), "--signer", "bob=\(locked.scratch.path("ann.pub"))")
        #expect(run.exitCode == .usage && run.errors.contains("twice"))
    }

    @Test func `a private key that others can read is not used`() throws {
        let locked = try Locked()
        #expect(locked.make().exitCode == .clean)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o644], ofItemAtPath: locked.scratch.path("ann.pem"))
        let run = locked.sign("ann")
        #expect(run.exitCode == .usage && run.errors.contains("chmod 600"))
    }
}
