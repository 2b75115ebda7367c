import Foundation
import FoundationXML
import TestSupport
import Testing

/// What a script or a CI job relies on: the exit code, and reports that are the same bytes every time.
@Suite struct ExitCodeTests {
    static let asOf = "2026-11-20T00:00:00Z"
    static let policies = Checkout.policies

    func estate(overdue: Int, in scratch: Scratch, seed: Int = 7, threads: Int = 300) throws -> String {
        let path = scratch.path("estate-\(overdue)")
        let outcome = try Tool.tenure(
            "estate", "--seed", "\(seed)", "--threads", "\(threads)", "--overdue", "\(overdue)", "--out", path)
        #expect(outcome.status == 0, "\(outcome.errors)")
        return path
    }

    @discardableResult
    func scan(_ export: String, policies: String = ExitCodeTests.policies, _ more: [String] = []) throws -> Tool.Outcome
    {
        try Tool.run(
            Tool.binary.path, ["scan", "--export", export, "--policies", policies, "--as-of", Self.asOf] + more)
    }

    @Test func `an estate with violations ends with exit code 1`() throws {
        let scratch = try Scratch()
        let outcome = try scan(try estate(overdue: 5, in: scratch))
        #expect(outcome.status == 1, "\(outcome.output)\(outcome.errors)")
    }

    @Test func `a clean estate ends with exit code 0`() throws {
        let scratch = try Scratch()
        let outcome = try scan(try estate(overdue: 0, in: scratch))
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    }

    @Test func `a broken policy ends with exit code 2 and leaves a well-formed JUnit with one error`() throws {
        let scratch = try Scratch()
        try scratch.write("policies/broken.yaml", "apiVersion: tenure/v1\nkind: RetentionPolicy\nmetadata: {nam: x}\n")
        let report = scratch.path("aborted.xml")
        let outcome = try scan(
            try estate(overdue: 0, in: scratch), policies: scratch.path("policies"), ["--report", "junit=\(report)"])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("broken.yaml:3:"))
        let document = try XMLDocument(contentsOf: URL(filePath: report))
        #expect(try document.nodes(forXPath: "//error").count == 1)
    }

    @Test(arguments: ["messages", "threads", "files", "responses", "run_steps"])
    func `a torn file ends with exit code 3 and names the line (case 79)`(kind: String) throws {
        let scratch = try Scratch()
        let export = try estate(overdue: 0, in: scratch)
        let lines = try tear("\(kind).ndjson", of: export)
        let outcome = try scan(export)
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.errors)")
        #expect((outcome.output + outcome.errors).contains("\(kind).ndjson:\(lines)"))
    }

    @Test(arguments: [("messages", true), ("threads", true), ("files", false), ("run_steps", true)])
    func `a validation that needs what a torn file lost is an error, which is no violation and no pass (case 79)`(
        kind: String, isNeeded: Bool
    ) throws {
        let scratch = try Scratch()
        let export = try estate(overdue: 0, in: scratch)
        let lines = try tear("\(kind).ndjson", of: export)
        let outcome = try scan(export)
        #expect(outcome.status == 3, "\(outcome.output)\(outcome.errors)")
        let isUndecided = outcome.output.contains(/policy tenant-isolation: [0-9]+ validations could not be decided/)
        #expect(isUndecided == isNeeded)
        #expect(outcome.output.contains("\(kind).ndjson:\(lines)") && outcome.output.contains("Not complete"))
    }

    /// Takes the end off the last line, and says which it is.
    private func tear(_ name: String, of export: String) throws -> Int {
        let file = URL(filePath: export).appending(path: name)
        let whole = try Data(contentsOf: file)
        try whole.dropLast(40).write(to: file)
        return whole.reduce(0) { $0 + ($1 == 10 ? 1 : 0) }
    }

    @Test func `a directory that is absent, and one that holds nothing known, end with exit code 2`() throws {
        let scratch = try Scratch()
        #expect(try scan(scratch.path("absent")).status == 2)
        try scratch.write("nothing/readme.txt", "no records here")
        let outcome = try scan(scratch.path("nothing"))
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("threads"), "the error says what was looked for: \(outcome.errors)")
    }

    @Test func `an unknown option ends with exit code 2 and names its neighbour`() throws {
        let outcome = try Tool.tenure("scan", "--exprot", "x")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("--export"))
    }

    @Test func `two runs write the same bytes`() throws {
        let scratch = try Scratch()
        let export = try estate(overdue: 5, in: scratch)
        for run in ["a", "b"] {
            try scan(
                export,
                ["--report", "json=\(scratch.path("\(run).json"))", "--report", "junit=\(scratch.path("\(run).xml"))"]
            )
        }
        for name in ["json", "xml"] {
            let first = try Data(contentsOf: URL(filePath: scratch.path("a.\(name)")))
            let second = try Data(contentsOf: URL(filePath: scratch.path("b.\(name)")))
            #expect(first == second)
            #expect(!first.isEmpty)
        }
    }

    @Test func `shuffled lines write the same bytes, apart from the places of problems`() throws {
        let scratch = try Scratch()
        let export = try estate(overdue: 5, in: scratch)
        let shuffled = scratch.url.appending(path: "shuffled")
        try FileManager.default.copyItem(at: URL(filePath: export), to: shuffled)
        var random = SplitMix64(seed: 42)
        for file in try FileManager.default.contentsOfDirectory(at: shuffled, includingPropertiesForKeys: nil)
        where file.pathExtension == "ndjson" {
            let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").shuffled(using: &random)
            try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: file)
        }
        try scan(export, ["--report", "json=\(scratch.path("a.json"))", "--report", "junit=\(scratch.path("a.xml"))"])
        try scan(
            shuffled.path, ["--report", "json=\(scratch.path("b.json"))", "--report", "junit=\(scratch.path("b.xml"))"])
        #expect(try withoutPlaces(scratch.path("a.json")) == withoutPlaces(scratch.path("b.json")))
        #expect(
            try Data(contentsOf: URL(filePath: scratch.path("a.xml")))
                == Data(contentsOf: URL(filePath: scratch.path("b.xml"))))
    }

    private func withoutPlaces(_ path: String) throws -> NSDictionary {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: path)))
        var report = try #require(object as? [String: Any])
        report["problems"] = (report["problems"] as? [Any])?.count
        return NSDictionary(dictionary: report)
    }
}
