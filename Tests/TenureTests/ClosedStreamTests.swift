import Foundation
import TestSupport
import Testing

/// A result that nobody received is no result, and no file of ours is taken for a stream.
@Suite struct ClosedStreamTests {
    private let tests = ExitCodeTests()

    private func shell(_ script: String, _ arguments: [String]) throws -> Tool.Outcome {
        try Tool.run("/bin/sh", ["-c", "exec \"$0\" \"$@\" \(script)", Tool.binary.path] + arguments)
    }

    @Test(arguments: [
        ["--version"], ["--help"], ["schema", "report"], ["lint", "--policies", ExitCodeTests.policies],
    ])
    func `a closed standard output ends with exit code 3 and says so`(words: [String]) throws {
        let outcome = try shell(">&-", words)
        #expect(outcome.status == 3 && outcome.errors.contains("standard output: cannot write"), "\(outcome.errors)")
    }

    @Test func `closed streams never become a report`() throws {
        let scratch = try Scratch()
        let export = try tests.estate(overdue: 5, in: scratch, threads: 50)
        let words = ["scan", "--export", export, "--policies", ExitCodeTests.policies, "--as-of", ExitCodeTests.asOf]
        try tests.scan(export, ["--report", "json=\(scratch.path("whole.json"))"])
        let whole = try Data(contentsOf: URL(filePath: scratch.path("whole.json")))
        for (script, status) in [(">&-", 3), ("<&- >&- 2>&-", 3), ("<&- 2>&-", 1)] as [(String, Int32)] {
            let path = scratch.path("closed.json")
            let outcome = try shell(script, words + ["--report", "json=\(path)"])
            #expect(outcome.status == status, "\(script)")
            #expect(try Data(contentsOf: URL(filePath: path)) == whole)
        }
    }

    @Test func `a reader that has gone is an error, and not the end of the process`() throws {
        let scratch = try Scratch()
        let export = try tests.estate(overdue: 20, in: scratch, threads: 500)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        let errors = scratch.url.appending(path: "err")
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = Tool.binary
        process.arguments = [
            "scan", "--export", export, "--policies", ExitCodeTests.policies, "--as-of", ExitCodeTests.asOf,
            "--format", "json", "--report", "json=\(scratch.path("report.json"))",
        ]
        process.standardOutput = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 3)
        #expect(try String(contentsOf: errors, encoding: .utf8).contains("standard output: cannot write: Broken pipe"))
        let report = try Data(contentsOf: URL(filePath: scratch.path("report.json")))
        #expect(report.last == UInt8(ascii: "\n") && report.count > 100_000)
    }
}
