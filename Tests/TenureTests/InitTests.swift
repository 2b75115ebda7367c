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
        #expect(first.status == 0 && first.output.hasPrefix("0 errors, 0 warnings\n"), "\(first.output)\(first.errors)")

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
}
