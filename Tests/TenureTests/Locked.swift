import Foundation
import TestSupport
import Testing

@testable import tenure

/// A directory with a locked policy, signed by ann and bob; eve has a key too.
final class Locked {
    static let policy = """
        apiVersion: tenure/v1
        kind: RetentionPolicy
        metadata: {name: minimum}
        spec:
          severity: high
          match: {kinds: [thread], metadata: {regulated: "yes"}}
          clock: {from: created}
          keep: {atLeast: 5y, atMost: 7y, basis: statutory}
          overdueAfter: 30d
        ---
        apiVersion: tenure/v1
        kind: HoldRegister
        metadata: {name: holds}
        spec: {asOf: 2026-11-20, maxAge: 999y, holds: []}

        """

    let scratch: Scratch
    var policies: String { scratch.path("policies") }
    var lock: String { scratch.path("policies/policies.lock") }

    init() throws {
        scratch = try Scratch()
        try scratch.write("policies/p.yaml", Self.policy)
        for name in ["ann", "bob", "eve"] {
            _ = try Tool.run(
                "/usr/bin/env",
                ["openssl", "genpkey", "-algorithm", "ed25519", "-out", scratch.path("\(name).pem")])
            _ = try Tool.run(
                "/usr/bin/env",
                [
                    "openssl", "pkey", "-in", scratch.path("\(name).pem"), "-pubout", "-out",
                    scratch.path("\(name).pub"),
                ])
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: scratch.path("\(name).pem"))
        }
        #expect(make("--lock", "minimum", "--signer", signer("ann"), "--signer", signer("bob")).exitCode == .clean)
        #expect(sign("ann").output.contains("not yet in force"))
        #expect(sign("bob").output.contains("number 1 is in force"))
    }

    func signer(_ name: String) -> String { "\(name)=\(scratch.path("\(name).pub"))" }
    func make(_ words: String...) -> Transcript { Transcript(["lock", "make", "--policies", policies] + words) }
    func sign(_ name: String) -> Transcript {
        Transcript("lock", "sign", "--policies", policies, "--key", scratch.path("\(name).pem"))
    }
    func verify(_ words: String...) -> Transcript {
        Transcript(["lock", "verify", "--policies", policies] + words)
    }
    func lint() -> Transcript { Transcript("lint", "--policies", policies, "--as-of", ExitCodeTests.asOf) }
    func text() throws -> String { try String(contentsOfFile: lock, encoding: .utf8) }

    func change(_ old: String, _ new: String, in file: String = "policies/p.yaml") throws {
        let text = try String(contentsOfFile: scratch.path(file), encoding: .utf8)
        #expect(text.contains(old))
        try scratch.write(file, text.replacing(old, with: new))
    }
}
