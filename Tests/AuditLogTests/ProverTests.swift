import CanonicalJSON
import Crypto
import Foundation
import TestSupport
import Testing

@testable import AuditLog

/// Proofs out of a log, checked by who has only the proof and the key.
@Suite struct ProverTests {
    @Test func `every entry is proved to who has its proof, and the log's growth to who kept a checkpoint`() throws {
        let scratch = try Scratch()
        try Logs.make(37, in: scratch, every: 5, segmentEntries: 8)
        let keys = [try Samples.signer().verifier]
        let prover = try LogProver(scratch.path("log"), trusting: keys)
        let lines = try scratch.names("log").filter { $0.hasPrefix("audit-") }.flatMap {
            try scratch.text("log/\($0)").split(separator: "\n").map { Array($0.utf8) }
        }
        #expect(lines.count == 37)
        for index in 0..<37 {
            let (proof, entry) = try prover.inclusion(of: index)
            #expect(entry == lines[index])
            #expect(try proof.hashes.map(\.bytes) == TreeModel.path(index, lines[...]))
            let read = try InclusionProof(proof.bytes)
            #expect(try read == proof && read.verify(entry: entry, trusting: keys).size == 37)
            #expect(throws: AuditError.self) { try read.verify(entry: lines[(index + 1) % 37], trusting: keys) }
        }
        for size in [1, 5, 10, 35, 37] {
            let old = try LogVerifier.anchor(scratch.path("log/checkpoints/\(size)"), trusting: keys)
            let proof = try prover.consistency(from: size)
            #expect(try ConsistencyProof(proof.bytes).verify(since: old, trusting: keys).size == 37)
        }
        let some = [36, 0, 17, 17, 5]
        let together = try prover.inclusions(of: some)
        #expect(together.map(\.proof) == (try some.map { try prover.inclusion(of: $0).proof }))
        #expect(together.map(\.entry) == some.map { lines[$0] })
        for index in [-1, 37] { #expect(throws: AuditError.self) { try prover.inclusions(of: [0, index]) } }
        for index in [-1, 37] { #expect(throws: AuditError.self) { try prover.inclusion(of: index) } }
        for size in [0, 38] { #expect(throws: AuditError.self) { try prover.consistency(from: size) } }
    }

    @Test func `nothing is proved of a log that is not what was signed`() throws {
        let scratch = try Scratch()
        try Logs.make(20, in: scratch)
        let path = "log/audit-000000000000.jsonl"
        try scratch.write(path, try scratch.text(path).replacing("\"number\":7", with: "\"number\":8"))
        let prover = try LogProver(scratch.path("log"), trusting: [try Samples.signer().verifier])
        #expect(#expect(throws: AuditError.self) { try prover.inclusion(of: 3) }?.code == .tampered)
        #expect(#expect(throws: AuditError.self) { try prover.inclusions(of: [3]) }?.code == .tampered)
    }

    @Test func `a log of another tool's making, with lines of any length, is read in windows`() throws {
        let scratch = try Scratch()
        for length in [65_535, 65_536, 3 << 20] {
            try scratch.write(
                "log/audit-000000000000.jsonl",
                "first\n" + String(repeating: "x", count: length) + "\nlast\n" + String(repeating: "y", count: 2 << 20))
            var lines: [(Int, Int)] = []
            let extent = try JournalReader(layout: LogLayout(directory: scratch.path("log"))).read { line, _, start in
                lines.append((start, line.count))
                return true
            }
            #expect(lines.map(\.0) == [0, 6, 7 + length] && lines.map(\.1) == [5, min(length, 65_535), 4])
            #expect(extent.lines == 3 && extent.overlong == (length > 65_535 ? [1] : []))
            #expect(extent.tails == [.init(segment: 0, start: 12 + length, count: 2 << 20, isLast: true)])
        }
    }
}

/// Names that only the key's holder can tell.
@Suite struct PseudonymTests {
    private static let secret = [UInt8](0..<32)

    @Test func `tokens are those that openssl computes, and each kind of name has its own`() throws {
        let key = try PseudonymKey(Self.secret)
        let code = try HMACSHA256.authenticate(Array("subject\0user:4711".utf8), key: Self.secret)
        #expect(try key.token(subject: "user:4711") == "hmac-sha256:\(key.id):\(code.hex)")
        let tokens = try [
            key.token(subject: "a"), key.token(kind: "thread", id: "a"), key.token(kind: "file", id: "a"),
            key.token(subject: "thread\0a"), PseudonymKey([UInt8](1...32)).token(subject: "a"),
        ]
        #expect(Set(tokens).count == tokens.count)
        #expect(
            try PseudonymKey(
                hexadecimal: Self.secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\n"
            ).id == key.id)
    }

    @Test(arguments: ["", "00", "zz", String(repeating: "0", count: 65), String(repeating: "00", count: 31), "é"])
    func `a key that is too short, or no hexadecimal, is refused`(text: String) {
        #expect(throws: AuditError.self) { try PseudonymKey(hexadecimal: text) }
    }

    @Test func `an opening shows its detail without the key, and no other`() throws {
        let opening = try PseudonymKey(Self.secret).opening(of: "thread thread_abc")
        let shown = try Opening(salt: opening.salt, detail: "thread thread_abc").commitment()
        #expect(try shown == opening.commitment() && shown.hasPrefix("sha256:"))
        #expect(try Opening(salt: opening.salt, detail: "thread thread_abd").commitment() != shown)
        #expect(try PseudonymKey([UInt8](1...32)).opening(of: "thread thread_abc").commitment() != shown)
    }
}
