import Chronology
import Foundation
import Records
import TestSupport
import Testing

@testable import tenure

/// What single verbs do with what they are given, in this process.
@Suite struct VerbTests {
    @Test func `what init writes, lint accepts without a word`() throws {
        let scratch = try Scratch()
        #expect(Transcript("init", scratch.url.path).exitCode == .clean)
        let lint = Transcript("lint", "--policies", scratch.path("policies"))
        #expect(lint.exitCode == .clean, "\(lint.output)")
        #expect(lint.output == "0 errors, 0 warnings\n")
    }

    @Test func `lint prints every problem, as text or as JSON, and ends with exit code 2`() throws {
        let scratch = try Scratch()
        try scratch.write("policies/a.yaml", "apiVersion: tenure/v1\nkind: RetentionPolcy\nmetadata: {name: x}\n")
        let text = Transcript("lint", "--policies", scratch.path("policies"))
        #expect(text.exitCode == .usage && text.errors.isEmpty)
        #expect(text.output.contains("a.yaml:2:7: error:") && text.output.contains("RetentionPolicy"))
        let json = Transcript("lint", "--policies", scratch.path("policies"), "--format", "json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((object?["diagnostics"] as? [Any])?.isEmpty == false)
    }

    @Test(arguments: Schema.Subject.allCases.filter { $0 != .graph }.map(\.rawValue))
    func `schemas are JSON`(subject: String) throws {
        let run = Transcript("schema", subject)
        #expect(run.exitCode == .clean)
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    }

    @Test(arguments: [
        ["scan", "--export", "e", "--report", "xml=a"], ["scan", "--report", "json"], ["scan", "--fail-on", "hihg"],
        ["scan", "--as-of", "2026-11-20"], ["scan", "--report", "json=r", "--report", "junit=./r"], ["schema"],
        ["schema", "polcy"], ["explain"], ["estate", "--threads", "0", "--out", "never"],
    ])
    func `what makes no sense ends with exit code 2 before anything is read or written`(words: [String]) {
        let run = Transcript(words)
        #expect(run.exitCode == .usage && run.output.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: "r"))
        #expect(run.errors.hasPrefix("tenure: \(words[0]): "))
    }

    @Test func `an estate is never written over what is no estate`() throws {
        let scratch = try Scratch()
        try scratch.write("mine/thesis.txt", "precious")
        let run = Transcript("estate", "--threads", "10", "--out", scratch.path("mine"))
        #expect(run.exitCode == .usage && run.errors.contains("thesis.txt"))
        #expect(Transcript("estate", "--threads", "10", "--out", scratch.path("new")).exitCode == .clean)
        #expect(Transcript("estate", "--threads", "10", "--out", scratch.path("new")).exitCode == .clean)
    }

    @Test func `--export is a source named export, beside those that documents name`() throws {
        let scratch = try Scratch()
        for name in ["one", "two"] {
            try scratch.write(
                "\(name)/files.ndjson",
                #"{"id":"f-\#(name)","object":"file","created_at":1700000000,"bytes":1,"filename":"a","purpose":"x"}"#
                    + "\n")
        }
        try scratch.write(
            "policies/sources.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: two}
            spec: {type: export, path: \(scratch.path("two"))}
            """)
        let console = Console(output: { _ in }, error: { _ in })
        let survey = try Survey(
            policies: scratch.path("policies"), export: scratch.path("one"), ledger: nil, asOf: .now(), console)
        #expect(survey.inventory.sourceNames == ["two", "export"] && survey.inventory.count == 2)
        let documented = try Survey(policies: scratch.path("policies"), export: nil, ledger: nil, asOf: .now(), console)
        #expect(documented.inventory.sourceNames == ["two"])
    }

    @Test func `without anything to read a scan ends with exit code 2 and says how to name it`() throws {
        let scratch = try Scratch()
        #expect(Transcript("init", scratch.url.path).exitCode == .clean)
        let run = Transcript("scan", "--policies", scratch.path("policies"))
        #expect(run.exitCode == .usage && run.errors.contains("--export DIR"))
    }

    @Test func `a condition on metadata keys that it does not spell out is refused, never missed`() throws {
        let scratch = try Scratch()
        try scratch.write("export/files.ndjson", "")
        try scratch.write(
            "policies/any.yaml",
            """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: any-key}
            spec:
              match: {where: "object.metadata.exists(key, key == 'pinned')"}
              clock: {from: created}
              keep: {atMost: 30d}
            """)
        let run = Transcript("scan", "--policies", scratch.path("policies"), "--export", scratch.path("export"))
        #expect(run.exitCode == .usage && run.errors.contains("any.yaml:5:"))
    }

    @Test func `progress is shown on a terminal and taken away before anything else is printed`() throws {
        var written = ""
        let console = Console(
            showsProgress: true, output: { written += String(decoding: $0, as: UTF8.self) }, error: { written += $0 })
        console.progress("half")
        try console.print("result")
        #expect(written == "\r\u{1B}[Khalf\r\u{1B}[Kresult\n")
    }
}
