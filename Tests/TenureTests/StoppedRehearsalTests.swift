import Foundation
import TestSupport
import Testing

/// A rehearsal that somebody ends before its time.
@Suite struct StoppedRehearsalTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func `what it made for itself goes with it, and it says that it did not come to its end: exit code 3`(
        signal: Int32
    ) throws {
        let plan = try RehearsedPlan()
        let scratch = plan.scratch
        try scratch.makeDirectory("tmp")
        // It waits in its first scan until somebody writes down which ids there are.
        let (path, ids) = (scratch.path("ids.txt"), try scratch.text("ids.txt"))
        try FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
        let process = Process()
        process.executableURL = Tool.binary
        process.arguments = ["rehearse", "plan.json", "--estate", "estate"]
        process.currentDirectoryURL = scratch.url
        process.environment = ["TMPDIR": scratch.path("tmp")]
        process.standardOutput = FileHandle(forWritingAtPath: try scratch.write("out", ""))
        process.standardError = FileHandle(forWritingAtPath: try scratch.write("err", ""))
        // Where it ends without a look at them, nobody waits for it in vain.
        process.terminationHandler = { _ in _ = FileHandle(forReadingAtPath: path) }
        try process.run()
        let writer = try #require(FileHandle(forWritingAtPath: path))
        try #require(try scratch.names("tmp").count == 1)
        // Later scans find them in a file.
        try FileManager.default.removeItem(atPath: path)
        try scratch.write("ids.txt", ids)
        kill(process.processIdentifier, signal)
        try writer.write(contentsOf: Data(ids.utf8))
        try writer.close()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 3)
        let output = try scratch.text("out")
        #expect(output.contains("it did not come to its end") && output.contains("not reached"), "\(output)")
        #expect(output.hasSuffix("Next: rehearse again, to the end: this rehearsal was stopped\n"))
        #expect(try scratch.names("tmp") == [])
    }
}
