import Foundation
import TestSupport
import Testing

/// A directory with rules, an export and a privacy request, and the verbs of `tenure erase` in it.
struct ErasureDesk {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write("pseudonyms.key", String(repeating: "5a", count: 32))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("pseudonyms.key"))
        try scratch.write(
            "policies/rules.yaml",
            """
            apiVersion: tenure/v1
            kind: HoldRegister
            metadata: {name: holds}
            spec: {asOf: \(Date.now.formatted(.iso8601.year().month().day())), maxAge: 30d, holds: [matter]}
            ---
            apiVersion: tenure/v1
            kind: LegalHold
            metadata: {name: matter}
            spec: {matter: A matter, match: {kinds: [thread], ids: [thread_held]}, from: 2026-01-01}
            ---
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: inner}
            spec:
              match: {kinds: [thread]}
              clock: {from: created}
              keep: {atLeast: 20y}
            """)
        try scratch.write(
            "export/threads.ndjson",
            """
            {"id":"thread_a","object":"thread","created_at":1767225600,"metadata":{"subject":"Anna@Example.org"}}
            {"id":"thread_held","object":"thread","created_at":1767225600,"metadata":{"subject":"anna@example.org"}}
            {"id":"thread_b","object":"thread","created_at":1767225600,"metadata":{"subject":"bert"}}
            {"id":"thread_c","object":"thread","created_at":1767225600,"metadata":{"customer":"c-77"}}
            """)
        try scratch.write(
            "export/messages.ndjson",
            """
            {"id":"msg_1","object":"thread.message","created_at":1767225600,"thread_id":"thread_a","role":"user","content":[]}
            {"id":"msg_2","object":"thread.message","created_at":1767225600,"thread_id":"thread_b","role":"user","content":[],"metadata":{"subject":"anna@example.org"}}
            """)
        for name in ["runs", "run_steps", "assistants", "files"] { try scratch.write("export/\(name).ndjson", "") }
        try scratch.write("request.yaml", Self.document("request-17"))
    }

    static func document(_ name: String, received: String = "2026-11-03") -> String {
        """
        apiVersion: tenure/v1
        kind: PrivacyRequest
        metadata: {name: \(name)}
        spec:
          regulation: gdpr
          received: \(received)
          subject: {emails: [anna@example.org], metadata: {customer: c-77}}
        """
    }

    func erase(_ words: String...) throws -> Tool.Outcome { try erase(words) }

    func erase(_ words: [String]) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path, ["erase"] + words + ["--pseudonym-key", "pseudonyms.key"], in: scratch.url)
    }

    func takeIn() throws {
        let taken = try erase("new", "--subject", "request.yaml", "--on", "2026-11-10")
        #expect(taken.status == 0, "\(taken.errors)")
    }

    /// Makes a log and its key.
    func makeLog() throws {
        let key = try Tool.run(
            "/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519", "-out", "audit.pem"], in: scratch.url)
        #expect(key.status == 0, "\(key.errors)")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("audit.pem"))
        let log = try Tool.run(
            Tool.binary.path, ["audit", "init", "--key", "audit.pem", "--origin", "audit.example.test/a"],
            in: scratch.url)
        #expect(log.status == 0, "\(log.errors)")
    }

    func receipt(_ more: String...) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path,
            [
                "erase", "receipt", "--pseudonym-key", "pseudonyms.key", "--audit-log", "audit", "--audit-key",
                "audit.pem",
                "--page", "receipt.html", "--suppression", "forgotten.json",
            ] + more, in: scratch.url)
    }
}
