import Foundation
import TestSupport
import Testing

@testable import AuditLog

/// The tamper table, row by row: a log of 300 entries in three files, with a checkpoint at 123 that an auditor kept.
///
/// - Source: the design's audit reference, A4. Its rows about tiles and bundles do not apply: none are stored.
@Suite struct TamperTests {
    private typealias Code = LogVerification.Finding.Code

    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try Logs.make(300, in: scratch, every: 123)
        try FileManager.default.copyItem(
            atPath: scratch.path("log/checkpoints/123"), toPath: scratch.path("kept"))
    }

    private func codes(since: String? = nil, signer: LogSigner? = nil) throws -> [Code] {
        try Logs.verify(scratch, since: since, signer: signer).findings.map(\.code)
    }

    /// Changes the lines of one file.
    private func change(_ file: String, _ body: (inout [String]) -> Void) throws {
        var lines = try scratch.text("log/\(file)").split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        body(&lines)
        try scratch.write("log/\(file)", lines.joined(separator: "\n"))
    }

    private static let second = "audit-000000000100.jsonl"
    private static let last = "audit-000000000200.jsonl"

    @Test func `a log that nobody touched is verified, with its anchor`() throws {
        let result = try Logs.verify(scratch, since: "kept")
        #expect(result.isVerified && result.warnings.isEmpty, "\(result)")
        #expect(result.entries == 300 && result.checkpoints == 4 && result.since == 123 && result.unsigned == 0)
    }

    @Test func `an edited line is detected, and between which checkpoints it stands (case 74)`() throws {
        try change(Self.second) { $0[60] = $0[60].replacing("160", with: "161") }
        let result = try Logs.verify(scratch, since: "kept")
        #expect(result.findings.map(\.code) == [.entriesChanged])
        #expect(result.findings[0].message.hasPrefix("entries 123 to 245 "), "\(result.findings)")
        let early = try Logs.verify(scratch)
        #expect(early.findings.map(\.code) == [.entriesChanged])
    }

    @Test func `two lines that changed places are detected`() throws {
        try change(Self.second) { $0.swapAt(3, 4) }
        #expect(try codes() == [.entriesChanged])
        #expect(try codes(since: "kept") == [.entriesChanged, .fork])
    }

    @Test func `a line that is gone is detected`() throws {
        try change(Self.second) { $0.remove(at: 50) }
        #expect(try Set(codes()) == [.entriesChanged, .shortened, .segments])
    }

    @Test func `a line that stands there twice is detected`() throws {
        try change(Self.last) { $0.insert($0[7], at: 7) }
        #expect(try codes() == [.entriesChanged])
    }

    @Test func `a journal that was cut off is detected`() throws {
        try change(Self.last) { $0.removeSubrange(60..<$0.count - 1) }
        #expect(try codes() == [.shortened])
        try FileManager.default.removeItem(atPath: scratch.path("log/\(Self.last)"))
        #expect(try codes(since: "kept") == [.shortened])
        try FileManager.default.removeItem(atPath: scratch.path("log/\(Self.second)"))
        #expect(try Set(codes(since: "kept")) == [.shortened, .fork])
    }

    @Test func `a file that is gone from the middle is detected`() throws {
        try FileManager.default.removeItem(atPath: scratch.path("log/\(Self.second)"))
        #expect(try Set(codes()) == [.segments, .shortened, .entriesChanged])
    }

    @Test func `a torn end, and entries behind the checkpoint, are warnings`() throws {
        try change(Self.last) { $0[$0.count - 1] = #"{"at":"20"# }
        let torn = try Logs.verify(scratch, since: "kept")
        #expect(torn.isVerified && torn.warnings.count == 1 && torn.warnings[0].message.contains("9 bytes"))
        try change(Self.last) { $0[$0.count - 1] = #"{"at":"2026"}"# + "\n" }
        let unsigned = try Logs.verify(scratch, since: "kept")
        #expect(unsigned.isVerified && unsigned.unsigned == 1 && unsigned.warnings.count == 1)
    }

    @Test(arguments: ["checkpoint", "checkpoints/300", "checkpoints/123"])
    func `a changed signature, size or root of any checkpoint is detected`(file: String) throws {
        let text = try scratch.text("log/\(file)")
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (line, replacement) in [
            (4, lines[4].replacing("A", with: "B")), (1, "299"), (2, lines[2].replacing("=", with: "A=")),
            (0, "other.example"),
        ] {
            var changed = lines
            changed[line] = replacement == lines[line] ? lines[line].replacing("B", with: "C") : replacement
            try scratch.write("log/\(file)", changed.joined(separator: "\n"))
            #expect(try codes().contains(.checkpoint), "line \(line)")
        }
        try FileManager.default.removeItem(atPath: scratch.path("log/\(file)"))
        #expect(try codes() == (file == "checkpoint" ? [.checkpoint] : []))
    }

    @Test func `another key than the trusted one is detected`() throws {
        let stranger = try Samples.signer(pem: Samples.otherPEM)
        #expect(try Set(codes(signer: stranger)) == [.checkpoint])
        try scratch.write("log/log.vkey", "\(stranger.verifier.text)\n")
        #expect(try codes() == [.key])
    }

    @Test func `a log set back below the anchor is detected`() throws {
        try setBack(to: 60)
        #expect(try codes() == [])
        #expect(try codes(since: "kept") == [.rollback])
    }

    /// Nobody can see this without a newer anchor, and with one it is seen; so is a copy that was left.
    @Test func `a log set back to a size above the anchor takes a newer anchor to be detected`() throws {
        try FileManager.default.copyItem(atPath: scratch.path("log/checkpoints/246"), toPath: scratch.path("newer"))
        try setBack(to: 200)
        #expect(try codes(since: "kept") == [])
        #expect(try codes(since: "newer") == [.rollback])
        try FileManager.default.copyItem(atPath: scratch.path("newer"), toPath: scratch.path("log/checkpoints/246"))
        #expect(try codes().contains(.rollback))
    }

    @Test func `history that was rewritten and signed with the real key is detected through the anchor alone`() throws {
        try FileManager.default.removeItem(atPath: scratch.path("log"))
        try Logs.make(300, in: scratch, every: 123, salt: "another history")
        #expect(try codes() == [])
        #expect(try codes(since: "kept") == [.fork])
    }

    @Test func `another log in the place of this one is detected through the anchor and the key`() throws {
        try FileManager.default.removeItem(atPath: scratch.path("log"))
        let other = try Samples.signer("audit.example.test/other")
        try Logs.make(300, in: scratch, signer: other)
        #expect(try codes().contains(.checkpoint))
    }

    /// Builds what a holder of the key would who forgets the newest entries: the same ones, up to a size.
    private func setBack(to size: Int) throws {
        let all = try ["audit-000000000000.jsonl", Self.second, Self.last].flatMap {
            try scratch.text("log/\($0)").split(separator: "\n").map(String.init)
        }
        for name in try scratch.names("log") where name.hasPrefix("audit-") || name == "checkpoints" {
            try FileManager.default.removeItem(atPath: scratch.path("log/\(name)"))
        }
        for first in stride(from: 0, to: size, by: 100) {
            let digits = String(repeating: "0", count: 12 - String(first).count) + String(first)
            let lines = all[first..<min(size, first + 100)]
            try scratch.write("log/audit-\(digits).jsonl", lines.joined(separator: "\n") + "\n")
        }
        var hasher = try TreeHasher()
        var tree = TreeFrontier()
        for line in all[..<size] { try tree.append(try hasher.leaf(Array(line.utf8).span), &hasher) }
        let root = try #require(try tree.root(&hasher))
        let checkpoint = try Checkpoint.signed(size: size, root: root, by: Samples.signer())
        try scratch.makeDirectory("log/checkpoints")
        for path in ["log/checkpoint", "log/checkpoints/\(size)"] { try scratch.write(path, checkpoint.note.bytes) }
    }

    @Test func `a tampered log is never written to`() throws {
        try change(Self.second) { $0[60] = $0[60].replacing("160", with: "161") }
        let before = try scratch.bytes("log/\(Self.last)")
        let error = #expect(throws: AuditError.self) { _ = try Logs.open(scratch).size }
        #expect(error?.code == .tampered)
        #expect(try scratch.bytes("log/\(Self.last)") == before)
    }

    /// Whatever byte of a signed log is changed, somebody sees it.
    @Test func `any byte that is changed, put in or taken away anywhere in the journal is detected`() throws {
        for seed in 0..<60 as Range<UInt64> {
            let file = ["audit-000000000000.jsonl", Self.second, Self.last][Int(seed % 3)]
            let original = try scratch.bytes("log/\(file)")
            var random = SplitMix64(seed: seed)
            var bytes = [UInt8](original)
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] ^= UInt8(1 << Int.random(in: 0..<8, using: &random))
            case 1: bytes.insert(.random(in: 0...255, using: &random), at: place)
            default: bytes.remove(at: place)
            }
            try scratch.write("log/\(file)", bytes)
            #expect(try !codes().isEmpty, "seed \(seed)")
            try scratch.write("log/\(file)", original)
        }
        #expect(try codes().isEmpty)
    }
}
