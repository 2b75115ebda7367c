import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import AuditLog

/// A log of several MiB is hashed in batches by several threads; what is found is what one thread finds entry by entry.
@Suite struct LongLogTests {
    private static let entries = 1_500
    private static let path = "log/audit-000000000000.jsonl"

    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        // Two KiB each: the batches end in the midst of what a checkpoint is signed over.
        try Logs.make(
            Self.entries, in: scratch, every: 250, segmentEntries: Self.entries,
            salt: String(repeating: "s", count: 2_000))
    }

    @Test func `as it was written it is verified, with every checkpoint`() throws {
        let found = try Logs.verify(scratch)
        #expect(found.isVerified && found.warnings == [])
        #expect(found.entries == Self.entries && found.checkpoints == 7)
    }

    @Test(arguments: [0, 1, 240, 249, 250, 499, 750, 999, 1_498, 1_499])
    func `an entry that was changed is found wherever it stands`(place: Int) throws {
        var lines = try scratch.text(Self.path).split(separator: "\n").map(String.init)
        lines[place] += " "
        try scratch.write(Self.path, lines.joined(separator: "\n") + "\n")
        let found = try Logs.verify(scratch)
        let first = place / 250 * 250
        let signed = place == 0 ? "0 to 0" : "\(max(1, first)) to \(first + 249)"
        #expect(
            found.findings.contains {
                $0.code == .entriesChanged && $0.message.hasPrefix("entries \(signed) ")
            }, "\(found.findings)")
    }

    @Test(arguments: [1, 70, 240, 499, 1_000, 1_498])
    func `an entry of a form that no writer of ours has is named, wherever it stands`(place: Int) throws {
        var lines = try scratch.text(Self.path).split(separator: "\n").map { Array($0.utf8) }
        lines[place] += Array(" ".utf8)
        try scratch.write(
            Self.path, lines.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") + "\n")
        var hasher = try TreeHasher()
        var tree = TreeFrontier()
        for line in lines { try tree.append(try hasher.leaf(line.span), &hasher) }
        let root = try #require(try tree.root(&hasher))
        var walk = try Walk(
            signed: [Walk.Signed(size: lines.count, root: root)], anchor: nil, newest: lines.count)
        _ = try JournalReader(layout: LogLayout(directory: scratch.path("log"))).read {
            (line, _, _) throws(AuditError) in
            try walk.take(line)
            return true
        }
        try walk.end()
        #expect(walk.unusual == place)
        #expect(walk.changed == nil && walk.checked == 1, "it was signed as it stands")
    }
}
