import Foundation
import TestSupport
import Testing

@testable import tenure

/// No way around a lock leads through naming a part of what it covers (case 30).
@Suite struct LockedPartsTests {
    private let locked: Locked

    /// The lock covers one policy; beside it stand another and one in a directory below.
    init() throws {
        locked = try Locked()
        let other = String(Locked.policy.split(separator: "---")[0]).replacing("minimum", with: "other")
        try locked.scratch.write("policies/other.yaml", other)
        try locked.scratch.write("policies/team/third.yaml", other.replacing("other", with: "third"))
        try locked.scratch.link("link.yaml", to: "policies/p.yaml")
        try locked.scratch.link("team", to: "policies/team")
    }

    private func lint(_ path: String) throws -> Tool.Outcome {
        try Tool.tenure("lint", "--policies", path, "--as-of", ExitCodeTests.asOf, in: locked.scratch.url)
    }

    private static let parts = [
        "policies", "policies/", "./policies/p.yaml", "policies/../policies/p.yaml", "policies/team/../p.yaml",
        "link.yaml",
    ]

    @Test(arguments: parts)
    func `one file of a locked directory is held to the lock`(path: String) throws {
        let sound = try lint(path)
        #expect(sound.status == 0, "\(sound.output)")
        try locked.change("atLeast: 5y", "atLeast: 1y")
        for path in [path, locked.scratch.path(path)] {
            let run = try lint(path)
            #expect(run.status == 2 && run.output.contains(".yaml:8:19: error: "), "\(run.output)")
            #expect(run.output.contains("atLeast is P1Y, and P5Y is locked"), "\(run.output)")
        }
    }

    @Test(arguments: ["policies/other.yaml", "policies/team", "policies/team/third.yaml", "team", "team/third.yaml"])
    func `a part without the locked policy is refused, and the whole is named`(path: String) throws {
        let run = try lint(path)
        #expect(run.status == 2, "\(run.output)")
        #expect(
            run.output.contains("policies/policies.lock: error: the locked policy 'minimum' is not there [locked]\n")
                && run.output.contains("hint: name the whole directory, policies: "), "\(run.output)")
        for verb in [
            ["scan", "--export", "."], ["explain", "x", "--export", "."], ["forecast", "--until", "2027-01-01"],
        ] {
            let run = try Tool.run(Tool.binary.path, verb + ["--policies", path], in: locked.scratch.url)
            #expect(run.status == 2 && run.errors.contains("'minimum' is not there"), "\(verb): \(run.errors)")
        }
    }

    @Test func `a lock below a lock releases nothing`() throws {
        let stranger = try Locked()
        try FileManager.default.copyItem(
            atPath: stranger.lock, toPath: locked.scratch.path("policies/team/policies.lock"))
        for path in ["policies", "policies/team", "team"] {
            let run = try lint(path)
            #expect(run.status == 2 && run.output.contains("there is another lock at "), "\(path): \(run.output)")
        }
        try FileManager.default.removeItem(atPath: locked.scratch.path("policies/team/policies.lock"))
        let made = Transcript(
            "lock", "make", "--policies", locked.scratch.path("policies/team"), "--lock", "third", "--signer",
            locked.signer("ann"), "--signer", locked.signer("bob"))
        #expect(made.exitCode == .usage && made.errors.contains("policies.lock covers "), "\(made.errors)")
    }

    @Test func `a lock that cannot be read covers what is below it, too`() throws {
        try FileManager.default.removeItem(atPath: locked.lock)
        try locked.scratch.makeDirectory("policies/policies.lock")
        let run = try lint("policies/team/third.yaml")
        #expect(run.status == 2 && run.output.contains("policies.lock: error: cannot read"), "\(run.output)")
    }
}
