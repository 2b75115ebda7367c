import Crypto
import Testing

@testable import AuditLog

/// Notes, keys and proofs as texts: other people's are read, and no damage is taken for one.
@Suite struct NoteTests {
    /// - Source: golang.org/x/mod/sumdb/note, the package's example.
    private static let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let peterNote = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=

        """

    @Test func `a note of Go's sumdb is read, verified and written as it was`() throws {
        let key = try LogKey(text: Self.peter)
        #expect(key.name == "PeterNeumann" && key.text == Self.peter)
        let note = try SignedNote(Array(Self.peterNote.utf8))
        #expect(note.isSigned(by: [key]) && note.bytes == Array(Self.peterNote.utf8))
        let changed = try SignedNote(Array(Self.peterNote.replacing("think", with: "thinK").utf8))
        #expect(!changed.isSigned(by: [key]))
    }

    @Test func `the reference log's key and root are a checkpoint to us`() throws {
        let key = try LogKey(
            text: "audit.example.test/tenant-a/deletions+ae3d4ab1+AaqLNRAdFZTl7mCZGlc0xuNtLmtIHbD3Y6+rbTciHjAR")
        #expect(key.name == Samples.origin)
    }

    @Test func `a checkpoint is believed only under a trusted key of its own name`() throws {
        let signer = try Samples.signer()
        let root = try #require(Digest(bytes: [UInt8](repeating: 7, count: 32)))
        let bytes = try Checkpoint.signed(size: 300, root: root, by: signer).note.bytes
        let read = try Checkpoint(bytes, trusting: [signer.verifier])
        #expect(read.origin == Samples.origin && read.size == 300 && read.root == root && read.note.bytes == bytes)
        let strangers = [
            try Samples.signer(pem: Samples.otherPEM), try Samples.signer("another.example/log"),
        ]
        for stranger in strangers {
            let error = #expect(throws: AuditError.self) { try Checkpoint(bytes, trusting: [stranger.verifier]) }
            #expect(error?.code == .untrusted)
        }
        // A known key under a text that it did not sign condemns the note, whoever else signed it.
        var note = try SignedNote(bytes)
        let forged = SignedNote.Signature(
            name: signer.verifier.name, id: signer.verifier.id, bytes: [UInt8](repeating: 1, count: 64))
        note = SignedNote(text: note.text, signatures: note.signatures + [forged])
        #expect(throws: AuditError.self) { try Checkpoint(note.bytes, trusting: [signer.verifier]) }
        // A key that nobody knows does no harm: witnesses and later algorithms sign beside the log.
        let witness = try Samples.signer("witness.example", pem: Samples.otherPEM)
        note = SignedNote(text: read.note.text, signatures: try read.note.signatures + [witness.sign(read.note.text)])
        #expect(try Checkpoint(note.bytes, trusting: [signer.verifier]).size == 300)
    }

    @Test(arguments: [
        "", "\n", "a\n", "a\n\n", "\n\u{2014} n AAAAAAA=\n", "a\n\n\u{2014} n AAAAAAA=", "a\n\n- n AAAAAAA=\n",
        "a\n\n\u{2014} n+m AAAAAAA=\n", "a\n\n\u{2014} n AAAA\n", "a\n\n\u{2014}  AAAAAAA=\n",
        "a\t\n\n\u{2014} n AAAAAAA=\n",
        "a\n\n\u{2014} n AAAAAAA=\n\n", "a\n\n\u{2014} n AAAAAAA=\nb\n",
    ])
    func `what is no note is refused`(text: String) {
        #expect(throws: AuditError.self) { try SignedNote(Array(text.utf8)) }
    }

    @Test(arguments: [
        "o\n1\nAA==\n", "o\n01\n\(Self.hash)\n", "o\n+1\n\(Self.hash)\n", "o\n0\n\(Self.hash)\n",
        "o\n-1\n\(Self.hash)\n",
        "o\n1\n", "\n1\n\(Self.hash)\n", "o o\n1\n\(Self.hash)\n", "o\n99999999999999999999\n\(Self.hash)\n",
    ])
    func `a signed text that is no checkpoint is refused`(text: String) throws {
        let signer = try Samples.signer("o")
        let note = SignedNote(text: text, signatures: [try signer.sign(text)])
        let error = #expect(throws: AuditError.self) { try Checkpoint(note.bytes, trusting: [signer.verifier]) }
        #expect(error?.code == .malformed)
    }

    private static let hash = Base64.encode([UInt8](repeating: 0, count: 32))
}
