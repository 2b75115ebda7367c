import Foundation
import Policies
import TestSupport
import Testing

/// Between two deletions the documents are read again: whatever changed in them must be seen.
@Suite struct StandingPoliciesTests {
    private let scratch: Scratch
    private let standing: StandingPolicies

    init() throws {
        scratch = try Scratch()
        try scratch.write("a.yaml", policy() + noHolds)
        standing = StandingPolicies(scratch.path, asOf: asOf, lockAnchor: nil)
    }

    /// Held to what a first reading says.
    private func expectTheFilesAsTheyAre() {
        let loaded = PolicyLoader.load(scratch.path, asOf: asOf, lockAnchor: nil).policies
        let current = standing.current()
        #expect(current?.digest == loaded?.digest)
        #expect(current?.holds.map(\.name) == loaded?.holds.map(\.name))
        #expect(current?.register?.freshUntil == loaded?.register?.freshUntil)
    }

    @Test func `each reading is of the files as they are then (case 22)`() throws {
        expectTheFilesAsTheyAre()
        expectTheFilesAsTheyAre()
        try scratch.write("hold.yaml", document("LegalHold", name: "matter", "{from: 2026-01-01}"))
        expectTheFilesAsTheyAre()
        try scratch.write("hold.yaml", document("LegalHold", name: "natter", "{from: 2026-01-01}"))
        expectTheFilesAsTheyAre()
        try scratch.write("a.yaml", policy() + noHolds.replacing("2026-11-20", with: "2026-11-19"))
        expectTheFilesAsTheyAre()
        try FileManager.default.removeItem(atPath: "\(scratch.path)/hold.yaml")
        expectTheFilesAsTheyAre()
        #expect(standing.current()?.retention.map(\.name) == ["a"])
    }

    @Test func `documents that went wrong, or away, are none, until they are there again`() throws {
        let whole = try #require(standing.current())
        try scratch.write("a.yaml", "kind: [")
        #expect(standing.current() == nil)
        try FileManager.default.removeItem(atPath: "\(scratch.path)/a.yaml")
        #expect(standing.current() == nil)
        try scratch.write("a.yaml", policy() + noHolds)
        #expect(standing.current()?.digest == whole.digest)
        try #require(mkfifo("\(scratch.path)/b.yaml", 0o600) == 0)
        #expect(standing.current() == nil)
    }

    @Test func `documents beside a trusted lock that cannot be read, or is none, are none`() throws {
        let elsewhere = try Scratch()
        let anchor = "\(elsewhere.path)/trusted.lock"
        let trusting = StandingPolicies(scratch.path, asOf: asOf, lockAnchor: anchor)
        #expect(trusting.current() == nil)
        try elsewhere.write("trusted.lock", "broken")
        #expect(trusting.current() == nil)
        #expect(standing.current() != nil)
    }
}
