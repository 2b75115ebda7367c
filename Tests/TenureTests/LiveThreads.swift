import Foundation
import TestSupport
import Testing

/// Old threads that a service has, rules that let them go, and everything that it takes to execute a plan by the command.
struct LiveThreads {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try estate(threads: 3)
        try scratch.write(
            "key.pem", try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output)
        try scratch.write("pseudonyms.key", String(repeating: "0f", count: 32))
        for name in ["key.pem", "pseudonyms.key"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path(name))
        }
        let made = try tenure("audit", "init", "--log", "log", "--origin", "a.example/log", "--key", "key.pem")
        #expect(made.status == 0, "\(made.errors)")
    }

    /// Threads with a message each.
    func estate(threads: Int) throws {
        let lines = (1...threads).map { number in
            (
                #"{"id":"thread_\#(number)","object":"thread","created_at":1760000000,"metadata":{"who":"eve@example.com"}}"#,
                #"{"id":"msg_\#(number)","object":"thread.message","created_at":1760000001,"thread_id":"thread_\#(number)","#
                    + #""role":"user","content":[{"type":"text","text":{"value":"the secret plan","annotations":[]}}]}"#
            )
        }
        try scratch.write("estate/threads.ndjson", lines.map(\.0).joined(separator: "\n") + "\n")
        try scratch.write("estate/messages.ndjson", lines.map(\.1).joined(separator: "\n") + "\n")
        try scratch.write("estate/files.ndjson", "")
        try scratch.write("ids.txt", (1...threads).map { "thread_\($0)\n" }.joined())
    }

    func twin(_ arguments: String...) throws -> RunningTwin {
        try RunningTwin(["--estate", scratch.path("estate"), "--port", "0"] + arguments)
    }

    /// Deletes old threads of the service.
    func rules(_ twin: RunningTwin, limits: String = "", holds: [String] = []) throws {
        try LiveDocuments.write(rule: LiveDocuments.oldThreads(limits), address: twin.address, to: scratch)
        try LiveDocuments.write(holdsOf: holds, to: scratch)
    }

    @discardableResult
    func tenure(_ words: String...) throws -> Tool.Outcome { try tenure(words) }

    func tenure(_ words: [String]) throws -> Tool.Outcome {
        try Tool.run(Tool.binary.path, words, in: scratch.url, environment: ["TWIN_KEY": "sk-twin"])
    }

    func plan(_ more: String...) throws {
        let made = try tenure(["plan", "make", "--as", "ann"] + more)
        #expect(made.status == 0, "\(made.output)\(made.errors)")
    }

    /// Gives people keys, with which they can approve.
    func signers(_ names: String...) throws {
        var keys = ""
        for name in names {
            let key = try Tool.run("/usr/bin/env", ["openssl", "genpkey", "-algorithm", "ed25519"]).output
            try scratch.write("\(name).pem", key)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: scratch.path("\(name).pem"))
            let text = try Tool.run("/usr/bin/env", ["openssl", "pkey", "-in", scratch.path("\(name).pem"), "-pubout"])
            let block = text.output.split(separator: "\n").map { "        \($0)\n" }.joined()
            keys += "    - name: \(name)\n      publicKey: |\n\(block)"
        }
        try scratch.write(
            "policies/signers.yaml",
            "apiVersion: tenure/v1\nkind: Signers\nmetadata: {name: office}\nspec:\n  keys:\n\(keys)")
    }

    /// What an execution printed.
    struct Applied {
        let status: Int32
        let output: String
        let errors: String
        let json: [String: Any]

        /// `delete thread_1 deleted-verified`, action by action.
        var lines: [String] {
            (json["actions"] as? [[String: Any]] ?? []).map {
                "\($0["verb"] ?? "") \($0["id"] ?? "") \($0["outcome"] as? String ?? "-")"
            }
        }
        var calls: Int? { json["calls"] as? Int }
        var gates: [String] { (json["gates"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String } }
    }

    static let keys = ["--audit-log", "log", "--audit-key", "key.pem", "--pseudonym-key", "pseudonyms.key"]

    func apply(_ more: String...) throws -> Applied { try execute(["apply"] + more) }

    func execute(_ words: [String]) throws -> Applied {
        let outcome = try tenure(words + ["--execute", "--format", "json"] + Self.keys)
        let json = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return Applied(
            status: outcome.status, output: outcome.output, errors: outcome.errors, json: json ?? [:])
    }

    /// The lines where all went.
    static let everything =
        (1...3).map { "delete msg_\($0) deleted-verified" }
        + (1...3).map { "delete thread_\($0) deleted-verified" }
}
