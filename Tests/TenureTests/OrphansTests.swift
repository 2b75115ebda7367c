import Foundation
import Records
import TestSupport
import Testing

@testable import tenure

/// `tenure audit orphans`: what it says of an export, and how it ends.
@Suite struct OrphansTests {
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try write(gaps: "[]")
        for kind in Kind.allCases { try scratch.write("export/\(kind.fileStem).ndjson", "") }
    }

    /// The one document: what the export is.
    private func write(gaps: String) throws {
        try scratch.write(
            "policies/source.yaml",
            """
            apiVersion: tenure/v1
            kind: Source
            metadata: {name: export}
            spec: {type: export, path: \(scratch.path("export")), acceptedGaps: \(gaps)}
            """)
    }

    private func search(_ more: String...) -> Transcript {
        Transcript(
            ["audit", "orphans", "--export", scratch.path("export"), "--policies", scratch.path("policies")]
                + ["--as-of", ExitCodeTests.asOf] + more)
    }

    private func file(_ id: String, _ purpose: String?) -> String {
        let purpose = purpose.map { #","purpose":"\#($0)""# } ?? ""
        return #"{"id":"\#(id)","object":"file","created_at":1700000000,"filename":"SECRET.pdf"\#(purpose)}"# + "\n"
    }

    @Test func `an export in which all hangs together ends with exit code 0`() throws {
        try scratch.write("export/files.ndjson", file("f", "assistants"))
        try scratch.write(
            "export/batches.ndjson",
            #"{"id":"b","object":"batch","created_at":1700000000,"output_file_id":"f"}"# + "\n")
        let run = search()
        #expect(run.exitCode == .clean, "\(run.output)\(run.errors)")
        #expect(run.output.hasPrefix("NO ORPHANS: 0 leftover, 0 unreferenced, 0 dangling\n"))
    }

    @Test func `what a deletion left behind, what nothing names and what leads nowhere end with exit code 1`() throws {
        try scratch.write("export/files.ndjson", file("f", "user_data"))
        try scratch.write(
            "export/conversation_items.ndjson", #"{"id":"i","type":"message","conversation_id":"c"}"# + "\n")
        try scratch.write(
            "export/batches.ndjson",
            #"{"id":"b","object":"batch","created_at":1700000000,"input_file_id":"x"}"# + "\n")
        let run = search()
        #expect(run.exitCode == .violations)
        for line in [
            "ORPHANS: 1 leftover, 1 unreferenced, 1 dangling", "export/item/i: its conversation is gone",
            "export/file/f: nothing refers to it", "export/batch/b: names 1 files that are not there",
        ] { #expect(run.output.contains(line), "\(line) in \(run.output)") }
        #expect(!run.output.contains("SECRET"))
        #expect(search("--fail-on", "leftover").exitCode == .violations)
        try scratch.write("export/conversation_items.ndjson", "")
        #expect(search("--fail-on", "leftover").exitCode == .clean)
        #expect(search("--fail-on", "leftover", "--fail-on", "dangling").exitCode == .violations)
        #expect(search("--older-than", "10y", "--fail-on", "unreferenced").exitCode == .clean)
        #expect(search("--fail-on", "orphan").exitCode == .usage)
    }

    @Test func `files whose purpose no list shows are never claimed (case 36)`() throws {
        for (purpose, isClaimed) in [
            ("assistants", true), ("assistants_output", true), ("batch_output", true), ("vision", true),
            ("fine-tune", false), ("fine-tune-results", false), ("evals", false), ("new-purpose", false), (nil, true),
        ] {
            try scratch.write("export/files.ndjson", file("f", purpose))
            let run = search()
            #expect(run.exitCode == (isClaimed ? .violations : .incomplete), "\(purpose ?? "none")")
            #expect(run.output.contains("fine-tuning jobs and evaluations are in no list") == !isClaimed)
        }
    }

    @Test func `what the inventory writes out is judged alike`() throws {
        try scratch.write("export/files.ndjson", file("f", "fine-tune") + file("g", "assistants"))
        let out = scratch.path("out")
        let words = ["--policies", scratch.path("policies"), "--as-of", ExitCodeTests.asOf]
        _ = Transcript(["inventory", "--export", scratch.path("export"), "--out", out] + words)
        let again = Transcript(["audit", "orphans", "--export", "\(out)/export"] + words)
        #expect(again.output == search().output)
        #expect(again.output.contains("0 leftover, 1 unreferenced, 0 dangling"))
    }

    @Test func `a file of the export that is missing makes what it could tell unknown (case 37)`() throws {
        try scratch.write("export/files.ndjson", file("f", "assistants"))
        try FileManager.default.removeItem(atPath: scratch.path("export/uploads.ndjson"))
        let run = search()
        #expect(run.exitCode == .incomplete)
        #expect(run.output.contains("1 files may be unreferenced: not read to their end: uploads"))
        try write(gaps: "[{kinds: [upload], reason: none, ticket: T-1, until: 2027-01-01}]")
        let accepted = search()
        #expect(accepted.exitCode == .clean, "\(accepted.output)")
        #expect(accepted.output.contains("(accepted)"))
    }

    @Test func `nothing to look at is exit code 2`() throws {
        try scratch.write("policies/source.yaml", "")
        #expect(Transcript("audit", "orphans", "--policies", scratch.path("policies")).exitCode == .usage)
    }
}
