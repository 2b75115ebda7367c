import Chronology
import Foundation
import Policies
import TestSupport
import Testing

/// Two people may edit the documents at once: what one of them wrote is not lost.
@Suite struct HoldEditorTests {
    private let scratch: Scratch
    private let draft: HoldDraft

    init() throws {
        scratch = try Scratch()
        draft = HoldDraft(name: "matter", matter: "A matter", from: try CivilDate("2026-11-01"))
        try scratch.write("a.yaml", policy() + noHolds)
    }

    @Test func `a document that somebody else wrote meanwhile stays as they wrote it`() throws {
        let edit = try HoldEditor(scratch.path, asOf: asOf).adding(draft)
        let theirs = policy() + noHolds + "# theirs\n"
        try scratch.write("a.yaml", theirs)
        #expect(throws: HoldEditError.self) { try edit.write() }
        #expect(try scratch.text("a.yaml") == theirs)
        try scratch.write("a.yaml", policy() + noHolds)
        try edit.write()
        #expect(PolicyLoader.load(scratch.path, asOf: asOf).policies?.holds.map(\.name) == ["matter"])
    }

    @Test func `a file that appeared meanwhile is not replaced`() throws {
        try scratch.write("a.yaml", policy())
        let edit = try HoldEditor(scratch.path, asOf: asOf).adding(draft)
        #expect(edit.paths == [scratch.path("holds.yaml")])
        try scratch.write("holds.yaml", "# theirs\n")
        #expect(throws: HoldEditError.self) { try edit.write() }
        #expect(try scratch.text("holds.yaml") == "# theirs\n")
        try FileManager.default.removeItem(atPath: scratch.path("holds.yaml"))
        try FileManager.default.removeItem(atPath: scratch.path("a.yaml"))
        try edit.write()
        #expect(try scratch.text("holds.yaml").contains("name: \"matter\""))
    }
}
