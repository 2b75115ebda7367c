import Foundation
import TestSupport
import Testing

@testable import tenure

/// From an empty directory to a green job.
@Suite struct InitTests {
    @Test func `what init writes passes its own CI script, without data and with data`() throws {
        let scratch = try Scratch()
        let written = try Tool.tenure("init", in: scratch.url)
        #expect(written.status == 0, "\(written.errors)")
        let first = try Tool.run("/bin/sh", ["ci/retention.sh"], in: scratch.url)
        let said = "0 errors, 0 warnings\n1 test, all passed; 5 of 5 states covered (100 %)\n"
        #expect(first.status == 0 && first.output == said, "\(first.output)\(first.errors)")

        let now = Date.now.formatted(.iso8601)
        try Tool.tenure(
            "estate", "--threads", "30", "--overdue", "0", "--as-of", now, "--out", "export", in: scratch.url)
        let second = try Tool.run("/bin/sh", ["ci/retention.sh"], in: scratch.url)
        #expect(second.status == 0 && second.output.contains("CLEAN"), "\(second.output)\(second.errors)")
        for report in ["retention.json", "retention.xml", "retention.sarif"] {
            #expect(FileManager.default.fileExists(atPath: scratch.path("reports/\(report)")))
        }
    }

    @Test func `an export that is named and not there fails the script`() throws {
        let scratch = try Scratch()
        try Tool.tenure("init", in: scratch.url)
        let run = try Tool.run("/bin/sh", ["ci/retention.sh", "nowhere"], in: scratch.url)
        #expect(run.status == 2, "\(run.output)\(run.errors)")
    }

    @Test func `the first test holds the first policy: what it says cannot change unseen`() throws {
        let scratch = try Scratch()
        try Tool.tenure("init", in: scratch.url)
        let policy = try scratch.text("policies/retention.yaml")
        for (old, new) in [
            ("365d", "366d"), ("365d", "364d"), ("30d", "29d"), ("30d", "31d"), ("lastActivity}", "created}"),
            ("medium", "high"), ("vectorStore, ", ""), ("whenDue: review", "whenDue: delete"),
        ] {
            try scratch.write("policies/retention.yaml", policy.replacing(old, with: new))
            let run = try Tool.run("/bin/sh", ["ci/retention.sh"], in: scratch.url)
            #expect(run.status == 1 && run.output.contains("FAILED"), "\(new): \(run.output)\(run.errors)")
        }
    }

    @Test func `an empty export is not clean, and a second init touches nothing`() throws {
        let scratch = try Scratch()
        try Tool.tenure("init", in: scratch.url)
        try scratch.makeDirectory("export")
        let run = try Tool.run("/bin/sh", ["ci/retention.sh"], in: scratch.url)
        #expect(run.status == 2 && run.errors.contains("holds nothing that is known"), "\(run.errors)")
        try FileManager.default.removeItem(at: scratch.url.appending(path: "policies/holds.yaml"))
        let again = try Tool.tenure("init", in: scratch.url)
        #expect(again.status == 2 && again.errors.contains("policies/retention.yaml exists already"))
        #expect(try scratch.names() == [".github", "ci", "export", "policies", "reports"])
        #expect(!FileManager.default.fileExists(atPath: scratch.path("policies/holds.yaml")))
    }
}
