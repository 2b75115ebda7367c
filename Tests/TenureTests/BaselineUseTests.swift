import Foundation
import TestSupport
import Testing

@testable import tenure

/// The options of `scan` that speak of a baseline.
@Suite struct BaselineUseTests {
    private func estate(_ scratch: Scratch) -> [String] {
        let export = scratch.path("estate")
        _ = Transcript("estate", "--threads", "60", "--overdue", "10", "--out", export)
        return ["scan", "--export", export, "--policies", ExitCodeTests.policies, "--as-of", ExitCodeTests.asOf]
    }

    @Test func `a baseline is begun on purpose, then old debt passes, new debt fails, paid debt is stale`() throws {
        let scratch = try Scratch()
        let scan = estate(scratch)
        let file = scratch.path("baseline.json")
        #expect(Transcript(scan + ["--baseline", file]).exitCode == .usage)
        #expect(Transcript(scan + ["--baseline", file, "--update-baseline"]).exitCode == .usage)
        #expect(Transcript(scan).exitCode == .violations)
        let begun = Transcript(scan + ["--baseline", file, "--update-baseline", "--accept-new"])
        #expect(begun.exitCode == .clean, "\(begun.output)\(begun.errors)")
        #expect(Transcript(scan + ["--baseline", file]).exitCode == .clean)

        let text = try String(contentsOfFile: file, encoding: .utf8)
        let entry = try #require(text.split(separator: "\n").first { $0.contains("\"id\":") })
        let id = try #require(entry.firstMatch(of: /"id":"([^"]*)"/)?.1)
        try scratch.write("baseline.json", text.replacing(id, with: "paid-off"))
        let run = Transcript(scan + ["--baseline", file])
        #expect(run.exitCode == .violations && run.output.contains("met by no finding"))
        let updated = Transcript(scan + ["--baseline", file, "--update-baseline"])
        #expect(updated.exitCode == .violations)
        let after = try String(contentsOfFile: file, encoding: .utf8)
        #expect(!after.contains("paid-off") && !after.contains(id))
    }

    @Test func `a report never takes the place of the baseline that the run reads`() throws {
        let scratch = try Scratch()
        let scan = estate(scratch)
        let file = scratch.path("baseline.json")
        #expect(Transcript(scan + ["--baseline", file, "--update-baseline", "--accept-new"]).exitCode == .clean)
        let before = try String(contentsOfFile: file, encoding: .utf8)
        let run = Transcript(
            scan + ["--baseline", file, "--report", "json=\(scratch.url.path)/./estate/../baseline.json"])
        #expect(run.exitCode == .usage && run.errors.contains("would replace"), "\(run.errors)")
        #expect(try String(contentsOfFile: file, encoding: .utf8) == before)
    }

    /// No message of a run that stops may name the file without the place of the fault, or change it.
    @Test(arguments: [
        ("", ":1:1:"), ("{", "baseline cannot be used"), ("[]", "schemaVersion is missing"),
        (#"{"schemaVersion":"2","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":[]}"#, ":1:18:"),
        (#"{"schemaVersion":1,"asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":[]}"#, ":1:18:"),
        (#"{"schemaVersion":"1","schemaVersion":"1","entries":[]}"#, "already there at 1:2"),
        (#"{"schemaVersion":"1","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":{}}"#, "entries is no list"),
        (#"{"schemaVersion":"1","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":[1]}"#, "is missing"),
        (entry("1e9"), "count"), (entry("-1"), "count"), (entry("0"), "count"), (entry("1.5"), "count"),
        (entry("99999999999999999999999999"), "count"), (entry("9223372036854775807"), "count"),
        (entry("1,\"count\":2"), "already there"), (entry("1},{\"policy\":null"), "is missing"),
        ("\u{0}\u{1}", "baseline cannot be used"),
    ])
    func `a baseline that somebody edited is refused with its place, and stays as it is`(text: String, what: String)
        throws
    {
        let scratch = try Scratch()
        let file = try scratch.write("b.json", text)
        for options in [[], ["--update-baseline"], ["--update-baseline", "--accept-new"]] {
            let run = Transcript(
                ["scan", "--export", scratch.path("none"), "--policies", ExitCodeTests.policies, "--baseline", file]
                    + options)
            #expect(run.exitCode == .usage && run.output.isEmpty)
            #expect(run.errors.contains("b.json:") && run.errors.contains(what), "\(run.errors)")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
        }
    }

    private static func entry(_ count: String) -> String {
        #"{"schemaVersion":"1","asOf":"2026-11-20T00:00:00Z","expiresAt":null,"entries":["#
            + #"{"policy":"files","rule":"atMost","source":"export","kind":"file","id":"a","count":\#(count)}]}"#
    }

    @Test func `a directory, a file without its directory and a report in its place are refused before the scan`()
        throws
    {
        let scratch = try Scratch()
        let scan = ["scan", "--export", scratch.path("none"), "--policies", ExitCodeTests.policies]
        let update = ["--update-baseline", "--accept-new"]
        #expect(Transcript(scan + ["--baseline", scratch.url.path] + update).exitCode == .usage)
        let nowhere = Transcript(scan + ["--baseline", scratch.path("absent/b.json")] + update)
        #expect(nowhere.exitCode == .usage && nowhere.errors.contains("absent/b.json"), "\(nowhere.errors)")
        let file = try scratch.write("b.json", "kept")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("link.json"), withDestinationPath: file)
        for report in [file, scratch.path("./b.json"), scratch.path("link.json")] {
            let run = Transcript(scan + ["--baseline", file, "--report", "json=\(report)"])
            #expect(run.exitCode == .usage && run.errors.contains("would replace"), "\(run.errors)")
            #expect(try String(contentsOfFile: file, encoding: .utf8) == "kept")
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted() == ["b.json", "link.json"])
    }

    @Test func `new debt is added only where it is accepted, whatever else an update does`() throws {
        let scratch = try Scratch()
        let scan = estate(scratch)
        let file = scratch.path("baseline.json")
        _ = Transcript(scan + ["--baseline", file, "--update-baseline", "--accept-new"])
        let all = try String(contentsOfFile: file, encoding: .utf8)
        let lines = all.split(separator: "\n", omittingEmptySubsequences: false)
        let first = try #require(lines.firstIndex { $0.contains("\"id\":") })
        // One entry less: what it covered is new debt now.
        try scratch.write(
            "baseline.json", (lines[..<first] + lines[(first + 1)...]).joined(separator: "\n"))
        let less = try String(contentsOfFile: file, encoding: .utf8)
        for more in [[], ["--baseline-until", "2027-01-01"]] {
            #expect(Transcript(scan + ["--baseline", file, "--update-baseline"] + more).exitCode == .violations)
            let after = try String(contentsOfFile: file, encoding: .utf8)
            #expect(after.replacing(/"expiresAt": .*/, with: "") == less.replacing(/"expiresAt": .*/, with: ""))
        }
        #expect(Transcript(scan + ["--baseline", file, "--update-baseline", "--accept-new"]).exitCode == .clean)
        let again = try String(contentsOfFile: file, encoding: .utf8)
        #expect(again.replacing(/"expiresAt": .*/, with: "") == all.replacing(/"expiresAt": .*/, with: ""))
    }

    @Test func `an expired baseline covers nothing`() throws {
        let scratch = try Scratch()
        let scan = estate(scratch)
        let file = scratch.path("baseline.json")
        let update = ["--baseline", file, "--update-baseline", "--accept-new", "--baseline-until"]
        #expect(Transcript(scan + update + ["2026-11-20"]).exitCode == .clean)
        let run = Transcript(scan + update + ["2026-11-19"])
        #expect(run.exitCode == .violations && run.output.contains("ended at 2026-11-20T00:00:00Z"))
    }

    @Test(arguments: [
        ["--update-baseline"], ["--baseline", "b", "--accept-new"],
        ["--baseline", "b", "--baseline-until", "2027-01-01"],
        ["--baseline", "b", "--update-baseline", "--accept-new", "--baseline-until", "soon"],
    ])
    func `options that do nothing by themselves are refused`(options: [String]) {
        let run = Transcript(["scan", "--export", "e"] + options)
        #expect(run.exitCode == .usage && run.output.isEmpty, "\(run.errors)")
    }
}
