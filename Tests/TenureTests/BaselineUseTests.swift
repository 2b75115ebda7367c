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
