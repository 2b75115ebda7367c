import Foundation
import TestSupport
import Testing

/// Broken and hostile input ends with exit code 2 or 3 and an error that says where and what, and nothing hangs.
@Suite struct HostileInputTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try Tool.tenure("init", in: scratch.url)
    }

    private func run(_ words: [String], environment: [String: String] = [:]) throws -> Tool.Outcome {
        try Tool.run(
            "/usr/bin/timeout", ["20", Tool.binary.path] + words, in: scratch.url, environment: environment)
    }

    private func shell(_ script: String) throws -> Tool.Outcome {
        try Tool.run("/usr/bin/timeout", ["20", "/bin/sh", "-c", script], in: scratch.url)
    }

    private static let readers = [["lint"], ["test"], ["lock", "make", "--lock", "x"], ["scan", "--export", "."]]

    @Test(arguments: readers)
    func `documents that are no text, no file, too large or a loop are refused with their place`(verb: [String]) throws
    {
        try scratch.write("binary.yaml", (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ $0 / 7) })
        try scratch.write("empty.yaml", "")
        try scratch.write("huge.yaml", "")
        try FileHandle(forWritingTo: scratch.url.appending(path: "huge.yaml")).truncate(atOffset: 5 << 30)
        try scratch.link("loop.yaml", to: "loop.yaml")
        try #require(mkfifo(scratch.path("pipe.yaml"), 0o600) == 0)
        for (path, said) in [
            ("binary.yaml", "binary.yaml:1:"), ("huge.yaml", "huge.yaml: "),
            ("pipe.yaml", "neither a file nor a directory"),
            ("loop.yaml", "Too many levels of symbolic links"), ("/dev/zero", "neither a file nor a directory"),
            ("nowhere", "there is no such file or directory"), ("", "the value is empty"),
        ] {
            let outcome = try run(verb + ["--policies", path])
            #expect(outcome.status == 2 && (outcome.output + outcome.errors).contains(said), "\(path): \(outcome)")
            #expect(!outcome.errors.contains(#"\n"#), "\(outcome.errors)")
        }
    }

    /// A pipe that nobody writes to would be waited for until the job is killed.
    @Test func `a pipe in the place of a lock, a trusted lock or a key is not waited for`() throws {
        try #require(mkfifo(scratch.path("pipe"), 0o600) == 0)
        let anchored = try run(["lint"], environment: ["TENURE_LOCK_ANCHOR": scratch.path("pipe")])
        #expect(anchored.status == 2 && anchored.output.contains("[lock-untrusted]"), "\(anchored)")
        try scratch.write("policies/policies.lock.draft", "{}")
        let signed = try run(["lock", "sign", "--key", "pipe"])
        #expect(signed.status == 2 && signed.errors.contains("pipe is no Ed25519 key"), "\(signed)")
        try #require(mkfifo(scratch.path("policies/policies.lock"), 0o600) == 0)
        for words in [["lock", "verify"], ["lint", "--policies", "policies/retention.yaml"]] {
            let outcome = try run(words)
            #expect(outcome.status == 2 && (outcome.output + outcome.errors).contains("policies.lock"), "\(outcome)")
        }
    }

    @Test func `a pipe to which somebody writes is read to its end`() throws {
        let outcome = try shell(
            "mkfifo made; cat policies/retention.yaml >made & exec \(Tool.binary.path) lock make --signer a=made")
        #expect(outcome.status == 2 && outcome.errors.contains("made is no Ed25519 public key"), "\(outcome)")
    }

    @Test(arguments: ["lint --policies", "test --policies", "init", "lock verify --policies", "schema", "completions"])
    func `an argument that is not UTF-8 is refused, and nothing is written by another name`(words: String) throws {
        let before = try scratch.names()
        let outcome = try shell("\(Tool.binary.path) \(words) \"$(printf 'd\\377')\"")
        #expect(outcome.status == 2 && outcome.errors.contains("an argument is not UTF-8"), "\(outcome)")
        #expect(try scratch.names() == before)
    }

    @Test func `what may not be read or written is said to be so`() throws {
        let setUser = try #require(Tool.find("setpriv"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path)
        func run(_ words: String...) throws -> Tool.Outcome {
            let user = geteuid() == 0 ? [setUser, "--reuid=65534", "--regid=65534", "--clear-groups"] : []
            return try Tool.run("/usr/bin/env", user + [Tool.binary.path] + words, in: scratch.url)
        }
        try scratch.makeDirectory("closed/policies")
        try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: scratch.path)
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: scratch.path("closed"))
        for words in [["lint", "--policies", "closed"], ["lint", "--policies", "closed/policies"]] {
            let outcome = try run(words[0], words[1], words[2])
            #expect(outcome.status == 2 && outcome.output.contains("Permission denied"), "\(outcome)")
        }
        let made = try run("init", "new")
        #expect(made.status == 2 && made.errors.contains("new: cannot create: Permission denied"), "\(made)")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path("closed"))
    }

    @Test func `init leaves all of its files or none, also where nobody hears of them`() throws {
        try scratch.write("half/.github/workflows", "a file in the way")
        let outcome = try run(["init", "half"])
        #expect(outcome.status == 2 && outcome.errors.contains("nothing was written"), "\(outcome)")
        #expect(!FileManager.default.fileExists(atPath: scratch.path("half/policies/retention.yaml")))
        let unheard = try shell("\(Tool.binary.path) init whole >&-")
        #expect(unheard.status == 3 && unheard.errors.contains("standard output: cannot write"), "\(unheard)")
        #expect(try run(["lint", "--policies", "whole/policies", "--fail-on", "info"]).status == 0)
        #expect(FileManager.default.fileExists(atPath: scratch.path("whole/.github/workflows/retention.yml")))
    }

    @Test func `each problem of documents that a test run cannot use stands on a line of its own`() throws {
        try scratch.write("policies/x.yaml", "apiVersion: tenure/v1\nkind: x\nmetadata: {name: x}\nspec: {}\n")
        let outcome = try run(["test"])
        #expect(outcome.status == 2, "\(outcome)")
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.first == "tenure: the policies cannot be used", "\(outcome.errors)")
        #expect(lines.count > 2 && lines[1].hasPrefix("policies/x.yaml:2:7: error: "), "\(outcome.errors)")
    }

    @Test func `a lock or draft that is missing is named with the command that makes it`() throws {
        let verified = try run(["lock", "verify"])
        #expect(
            verified.errors.contains("there is no policies/policies.lock (`tenure lock sign` makes it"), "\(verified)")
        try scratch.write("k.pem", "x")
        let signed = try run(["lock", "sign", "--key", "k.pem"])
        #expect(signed.status == 2 && !signed.errors.contains("name the lock's file"), "\(signed)")
    }
}
