import Foundation
import Processes
import TestSupport
import Testing

@testable import Git

/// A repository that goes when the test does.
final class Repository {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try git("init", "--quiet", "--initial-branch=main")
    }

    var url: URL { scratch.url }

    @discardableResult
    func git(_ arguments: String...) throws -> String {
        let outcome = try ChildProcess.run(
            "git",
            ["-C", url.path, "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"]
                + arguments,
            environment: ["PATH=/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_GLOBAL=/dev/null"], limit: 1 << 20)
        try #require(outcome.status == 0, "\(arguments): \(String(decoding: outcome.errors, as: UTF8.self))")
        return String(decoding: outcome.output, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    func write(_ name: String, _ text: String) throws { try scratch.write(name, text) }

    func link(_ name: String, to target: String) throws { try scratch.link(name, to: target) }

    func commit() throws {
        try git("add", "--all")
        try git("commit", "--quiet", "--message", "x")
    }

    func snapshot(_ reference: String, in directory: String = "policies") throws(GitError) -> GitSnapshot {
        try GitSnapshot(of: reference, in: url.appending(path: directory).path) { $0.hasSuffix(".yaml") }
    }
}

@Suite struct SnapshotTests {
    @Test func `a commit's files are read as they were, and the work tree stays as it is`() throws {
        let repository = try Repository()
        try repository.write("policies/a.yaml", "old\n")
        try repository.write("policies/deep/b.yaml", "")
        try repository.write("policies/.hidden.yaml", "hidden")
        try repository.write("policies/read.me", "no policy")
        try repository.write("other/c.yaml", "elsewhere")
        try repository.commit()
        try repository.write("policies/a.yaml", "new\n")
        let before = try repository.git("status", "--porcelain")
        let snapshot = try repository.snapshot("HEAD")
        #expect(snapshot.files.map(\.path) == ["policies/a.yaml", "policies/deep/b.yaml"])
        #expect(snapshot.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["old\n", ""])
        #expect(snapshot.gaps.isEmpty && snapshot.exists && snapshot.path == "policies")
        #expect(snapshot.commit == (try repository.git("rev-parse", "HEAD")))
        #expect(try repository.git("status", "--porcelain") == before)
    }

    @Test(arguments: ["main", "HEAD~1", "v1", "refs/heads/main~1"])
    func `branches, tags and ancestors are revisions`(reference: String) throws {
        let repository = try Repository()
        try repository.write("policies/a.yaml", "one")
        try repository.commit()
        try repository.git("tag", "--annotate", "--message", "x", "v1")
        try repository.write("policies/a.yaml", "two")
        try repository.commit()
        let text = try repository.snapshot(reference).files.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(text == [reference == "main" ? "two" : "one"])
    }

    @Test(arguments: ["--output=x", "-h", "", "no-such-branch", "main:policies", "a\nb", "main..main"])
    func `what is no revision is refused by name`(reference: String) throws {
        let repository = try Repository()
        try repository.write("policies/a.yaml", "one")
        try repository.commit()
        #expect(throws: GitError.self) { try repository.snapshot(reference) }
    }

    @Test func `links within the commit are followed, and those that lead elsewhere are gaps`() throws {
        let repository = try Repository()
        try repository.write("shared/base.yaml", "shared")
        try repository.write("policies/a.yaml", "a")
        try repository.link("policies/link.yaml", to: "../shared/base.yaml")
        try repository.link("policies/out.yaml", to: "/etc/passwd")
        try repository.link("policies/none.yaml", to: "absent.yaml")
        try repository.link("policies/loop.yaml", to: "loop.yaml")
        try repository.link("policies/directory", to: "../shared")
        try repository.commit()
        let snapshot = try repository.snapshot("HEAD")
        #expect(snapshot.files.map(\.path) == ["policies/a.yaml", "policies/link.yaml"])
        #expect(snapshot.files.last.map { String(decoding: $0.bytes, as: UTF8.self) } == "shared")
        #expect(
            snapshot.gaps.map(\.path) == [
                "policies/directory", "policies/loop.yaml", "policies/none.yaml", "policies/out.yaml",
            ])
    }

    @Test func `names that a line or a shell would break are read`() throws {
        let repository = try Repository()
        for name in ["policies/two\nlines.yaml", "policies/a b.yaml", "policies/$(id).yaml", "policies/ä.yaml"] {
            try repository.write(name, name)
        }
        try repository.commit()
        let snapshot = try repository.snapshot("HEAD")
        #expect(snapshot.files.count == 4)
        #expect(snapshot.files.allSatisfy { $0.path == String(decoding: $0.bytes, as: UTF8.self) })
    }

    @Test(arguments: ["règles", "ポリシー", "e\u{301}", "a/ü/b"])
    func `a directory's letters are not its bytes: no file below it is lost or hidden by mistake`(
        directory: String
    ) throws {
        let repository = try Repository()
        let names = (0..<16).map { String(repeating: "x", count: $0 + 1) + ".yaml" } + ["deep/y.yaml"]
        for name in names { try repository.write("\(directory)/\(name)", name) }
        try repository.write("\(directory)/.hidden.yaml", "hidden")
        try repository.commit()
        let snapshot = try repository.snapshot("HEAD", in: directory)
        #expect(Set(snapshot.files.map { String(decoding: $0.bytes, as: UTF8.self) }) == Set(names))
    }

    @Test func `a file is wanted by its name inside the path, not by the way to it`() throws {
        let repository = try Repository()
        try repository.write("far/policies/policies.lock", "lock")
        try repository.write("far/policies/old/policies.lock", "other")
        try repository.commit()
        let directory = repository.url.appending(path: "far/policies").path
        let snapshot = try GitSnapshot(of: "HEAD", in: directory) { $0 == "policies.lock" }
        #expect(snapshot.files.map(\.path) == ["far/policies/policies.lock"])
        let alone = try GitSnapshot(of: "HEAD", in: directory, name: "policies.lock") { $0 == "policies.lock" }
        #expect(alone.files.map(\.path) == ["far/policies/policies.lock"])
    }

    @Test func `a path that the commit does not have is not there`() throws {
        let repository = try Repository()
        try repository.write("read.me", "x")
        try repository.commit()
        try repository.write("policies/a.yaml", "new")
        let snapshot = try repository.snapshot("HEAD")
        #expect(!snapshot.exists && snapshot.files.isEmpty)
        #expect(try repository.snapshot("HEAD", in: "").exists)
    }

    @Test func `filters, attributes and replacements change nothing`() throws {
        let repository = try Repository()
        try repository.write("policies/a.yaml", "$Id$\n")
        try repository.write(".gitattributes", "*.yaml ident export-ignore export-subst eol=crlf\n")
        try repository.commit()
        let object = try repository.git("rev-parse", "HEAD:policies/a.yaml")
        try repository.write("other", "replaced")
        try repository.git("replace", object, try repository.git("hash-object", "-w", "other"))
        let snapshot = try repository.snapshot("HEAD")
        #expect(snapshot.files.map { String(decoding: $0.bytes, as: UTF8.self) } == ["$Id$\n"])
    }

    @Test func `many files are read in several calls`() throws {
        let repository = try Repository()
        for number in 0..<700 { try repository.write("policies/\(number).yaml", "\(number)") }
        try repository.commit()
        let snapshot = try repository.snapshot("HEAD")
        #expect(snapshot.files.count == 700)
        #expect(
            snapshot.files.allSatisfy { $0.path == "policies/\(String(decoding: $0.bytes, as: UTF8.self)).yaml" })
    }

    @Test func `a directory outside any repository is an error that says so`() throws {
        let directory = FileManager.default.temporaryDirectory.path
        let error = #expect(throws: GitError.self) {
            try GitSnapshot(of: "HEAD", in: directory) { _ in true }
        }
        #expect(error?.reason.contains(directory) == true)
    }
}
