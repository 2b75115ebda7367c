import Foundation
import TestSupport
import Testing

@testable import tenure

/// The lock of what a comparison is made with (case 30).
@Suite struct LockedDiffTests {
    private let locked: Locked

    /// Revisions `unlocked`, `first` and `second`, each with the lock of its time, and a trusted copy of the second.
    init() throws {
        locked = try Locked()
        let lock = try locked.scratch.bytes("policies/policies.lock")
        try FileManager.default.removeItem(atPath: locked.lock)
        try git("init", "--quiet", "--initial-branch=main")
        try commit("unlocked")
        try locked.scratch.write("policies/policies.lock", lock)
        try commit("first")
        try locked.change("atLeast: 5y", "atLeast: 6y")
        #expect(locked.make().exitCode == .clean)
        _ = locked.sign("ann")
        #expect(locked.sign("bob").output.contains("number 2"))
        try commit("second")
        try locked.scratch.write("trusted.lock", try locked.scratch.bytes("policies/policies.lock"))
    }

    private func git(_ words: String...) throws {
        let outcome = try Tool.run(
            "/usr/bin/env",
            ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"] + words,
            in: locked.scratch.url)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    private func commit(_ tag: String) throws {
        try git("add", "policies")
        try git("commit", "--quiet", "--allow-empty", "--message", tag)
        try git("tag", tag)
    }

    private func diff(_ against: String) throws -> Tool.Outcome {
        try Tool.run(
            Tool.binary.path, ["diff", "--against", against, "--as-of", ExitCodeTests.asOf], in: locked.scratch.url,
            environment: ["TENURE_LOCK_ANCHOR": locked.scratch.path("trusted.lock")])
    }

    @Test(arguments: ["first", "second"])
    func `a revision may carry the trusted lock or the one before it`(tag: String) throws {
        let run = try diff(tag)
        #expect(run.status == 0 && !run.errors.contains("lock"), "\(run.errors)")
        #expect(run.output.contains("atLeast") == (tag == "first"))
    }

    @Test func `so may a directory`() throws {
        try git("worktree", "add", "--quiet", "older", "first")
        let run = try diff("older/policies")
        #expect(run.status == 0, "\(run.errors)")
    }

    @Test func `a revision without a lock is compared, and said to have none`() throws {
        let run = try diff("unlocked")
        #expect(
            run.status == 0 && run.errors.contains("unlocked:policies: warning: these documents have no policies.lock"))
        #expect(run.errors.contains("[unlocked]"))
    }

    /// Number 1 or number 2 by other people, who are the signers that it names itself.
    @Test(arguments: [1, 2])
    func `a lock of strangers at the trusted one's number, or right before it, is refused`(serial: Int) throws {
        let stranger = try Locked()
        if serial == 2 {
            #expect(stranger.make().exitCode == .clean)
            _ = stranger.sign("ann")
            #expect(stranger.sign("bob").output.contains("number 2"))
        }
        let own = try locked.scratch.bytes("policies/policies.lock")
        try locked.scratch.write("policies/policies.lock", try stranger.scratch.bytes("policies/policies.lock"))
        try commit("forged")
        try locked.scratch.write("policies/policies.lock", own)
        let run = try diff("forged")
        #expect(run.status == 2 && run.errors.contains("forged:policies/policies.lock: error: "), "\(run.errors)")
        #expect(run.errors.contains("[lock-untrusted]"))
    }

    @Test func `the side that is to come into force must carry the trusted lock, or one after it`() throws {
        try git("checkout", "--quiet", "first")
        let run = try diff("second")
        #expect(run.status == 2 && run.errors.contains("number 2 was seen before"), "\(run.errors)")
        try git("checkout", "--quiet", "unlocked")
        let none = try diff("second")
        #expect(none.status == 2 && none.errors.contains("there is no policies.lock"), "\(none.errors)")
    }
}
