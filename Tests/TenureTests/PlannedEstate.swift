import Foundation
import TestSupport
import Testing

@testable import tenure

/// A few threads, policies that let them go, and people with keys who plan and approve it.
struct PlannedEstate {
    let scratch: Scratch
    var policies: String { scratch.path("policies") }
    var export: String { scratch.path("export") }
    var plan: String { scratch.path("plan.json") }

    /// - Parameters:
    ///   - threads: their ids; all are of 2026-01-01.
    ///   - whenDue: what the policy `threads` does to them.
    ///   - approvals: what it asks for.
    ///   - people: those whose keys a Signers document has.
    init(
        threads: [String] = ["t1", "t2", "t3"], whenDue: String = "delete", approvals: String = "{count: 2}",
        people: [String] = ["ann", "bob", "zoe"]
    ) throws {
        scratch = try Scratch()
        let lines = threads.map { #"{"id":"\#($0)","object":"thread","created_at":1767225600}"# + "\n" }
        try scratch.write("export/threads.ndjson", lines.joined())
        for kind in ["messages", "runs", "run_steps"] { try scratch.write("export/\(kind).ndjson", "") }
        var keys: [String] = []
        for name in people + ["eve"] {
            let key = try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"])
            try scratch.write("\(name).pem", key.output)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: scratch.path("\(name).pem"))
            let args = ["openssl", "pkey", "-in", scratch.path("\(name).pem"), "-pubout"]
            let text = try Tool.run("/usr/bin/env", args).output
            try scratch.write("\(name).pub", text)
            let block = text.split(separator: "\n").map { "        \($0)\n" }.joined()
            if name != "eve" { keys.append("    - name: \(name)\n      publicKey: |\n\(block)") }
        }
        try scratch.write(
            "policies/signers.yaml",
            "apiVersion: tenure/v1\nkind: Signers\nmetadata: {name: office}\nspec:\n  keys:\n" + keys.joined())
        try scratch.write(
            "policies/threads.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: threads}
            spec:
              match: {kinds: [thread]}
              clock: {from: created}
              keep: {atMost: 1d}
              whenDue: \(whenDue)
              approvals: \(approvals)

            """)
        try register()
    }

    /// Writes the register of holds, fresh as of today unless another day is named.
    func register(_ holds: String = "[]", asOf: String? = nil) throws {
        try scratch.write(
            "policies/holds.yaml",
            """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(asOf ?? Self.today), maxAge: 30d, holds: \(holds)}

            """)
    }

    static var today: String { Date.now.formatted(.iso8601.year().month().day()) }

    func make(as name: String = "ann", _ more: String...) -> Transcript {
        Transcript(
            ["plan", "make", plan, "--as", name, "--policies", policies, "--export", export] + more)
    }

    func approve(as name: String, key: String? = nil, _ more: String...) -> Transcript {
        Transcript(
            ["approve", plan, "--as", name, "--key", scratch.path("\(key ?? name).pem"), "--policies", policies] + more)
    }
}
