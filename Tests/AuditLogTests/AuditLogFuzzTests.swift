import Crypto
import Foundation
import TestSupport
import Testing

@testable import AuditLog

/// Whatever stands in a file of a log, it is refused, or it is what was signed.
@Suite struct AuditLogFuzzTests {
    @Test func `damaged notes, keys and proofs are refused or say what was signed`() throws {
        let signer = try Samples.signer()
        var hasher = try TreeHasher()
        let entries = TreeTests.entries(3)
        var leaves: [Digest] = []
        for entry in entries { leaves.append(try hasher.leaf(entry.span)) }
        var tree = TreeFrontier()
        for leaf in leaves { try tree.append(leaf, &hasher) }
        let root = try #require(try tree.root(&hasher))
        let checkpoint = try Checkpoint.signed(size: 3, root: root, by: signer)
        let pair = try hasher.node(leaves[0], leaves[1])
        let inclusion = InclusionProof(index: 2, hashes: [pair], checkpoint: checkpoint.note.bytes)
        let consistency = ConsistencyProof(
            oldSize: 1, hashes: [leaves[1], leaves[2]], checkpoint: checkpoint.note.bytes)
        #expect(try inclusion.verify(entry: entries[2], trusting: [signer.verifier]) == checkpoint)
        let old = try Checkpoint.signed(size: 1, root: leaves[0], by: signer)
        #expect(try consistency.verify(since: old, trusting: [signer.verifier]) == checkpoint)
        let seeds = [inclusion.bytes, consistency.bytes, checkpoint.note.bytes, Array(signer.verifier.text.utf8)].map {
            String(decoding: $0, as: UTF8.self)
        }
        let fragments = ["\n", "\n\n", "\u{2014} ", "index 9", "old 0", "extra AA==\n", "=", "+", "1", "AAAA", "\u{0}"]
        var read = 0
        let fuzzing = Fuzzing("notes and proofs", rounds: 4_000, share: 0.1) { seed in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: seeds, with: fragments)
            if let found = try? Checkpoint(bytes, trusting: [signer.verifier]) {
                #expect(found.size == 3 && found.root == root, "seed \(seed)")
            }
            if let proof = try? InclusionProof(bytes) {
                read += 1
                if (try? proof.verify(entry: entries[2], trusting: [signer.verifier])) != nil {
                    #expect(proof.index == 2 && proof.hashes == [pair], "seed \(seed)")
                }
                #expect(throws: AuditError.self) { try proof.verify(entry: entries[1], trusting: [signer.verifier]) }
            }
            if let proof = try? ConsistencyProof(bytes) {
                read += 1
                #expect(throws: AuditError.self) { try proof.verify(since: checkpoint, trusting: [signer.verifier]) }
            }
            if let key = try? LogKey(text: String(decoding: bytes, as: UTF8.self)) {
                #expect(key.text == signer.verifier.text, "seed \(seed)")
            }
        }
        #expect(fuzzing.isWithinLimits && read > 200, "\(read)")
    }

    @Test func `a damaged journal is never written to, but for its unsigned end`() throws {
        let scratch = try Scratch()
        try Logs.make(4, in: scratch)
        let journal = "log/audit-000000000000.jsonl"
        let signed = try scratch.text(journal)
        let unsigned = signed.split(separator: "\n").suffix(3).map { "\($0)\n" }.joined()
        let fragments = ["\n", "{}", "{}\n", "\"", "\u{0}", "\r\n", "{\"a\":1}\n", "\\", "log.recovered"]
        var opened = 0
        let fuzzing = try Fuzzing("journals", rounds: 150, share: 0.1) { seed in
            var random = SplitMix64(seed: seed)
            let bytes = random.mutation(of: [signed + unsigned + unsigned], with: fragments, places: 1...1)
            try scratch.write(journal, bytes)
            let findings = try Logs.verify(scratch).findings
            do {
                let log = try Logs.open(scratch)
                opened += 1
                #expect(bytes.starts(with: signed.utf8) && log.size >= 4, "seed \(seed)")
            } catch let error as AuditError {
                #expect(!bytes.starts(with: signed.utf8), "seed \(seed): \(error)")
                #expect(!findings.isEmpty && (error.code == .tampered || error.code == .shortened), "seed \(seed)")
                let left = [UInt8](try scratch.bytes(journal))
                #expect(left == bytes, "seed \(seed)")
            }
        }
        #expect(fuzzing.isWithinLimits && opened > 10 && opened < fuzzing.inputs, "\(opened)")
    }
}
