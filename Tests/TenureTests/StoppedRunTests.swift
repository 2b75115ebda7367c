import Foundation
import TestSupport
import Testing

/// A run that somebody ends before its time.
@Suite struct StoppedRunTests {
    @Test(arguments: [SIGINT, SIGTERM])
    func `what a rehearsal made for itself goes with it, and it says that it did not come to its end: exit code 3`(
        signal: Int32
    ) throws {
        let plan = try RehearsedPlan()
        let scratch = plan.scratch
        try scratch.makeDirectory("tmp")
        let run = try WaitingRun(
            ["rehearse", "plan.json", "--estate", "estate"], in: scratch, environment: ["TMPDIR": scratch.path("tmp")])
        try #require(try scratch.names("tmp").count == 1)
        kill(run.process.processIdentifier, signal)
        try run.goOn()
        run.process.waitUntilExit()
        #expect(run.process.terminationReason == .exit && run.process.terminationStatus == 3)
        let output = try scratch.text("out")
        #expect(output.contains("it did not come to its end") && output.contains("not reached"), "\(output)")
        #expect(output.hasSuffix("Next: rehearse again, to the end: this rehearsal was stopped\n"))
        #expect(try scratch.names("tmp") == [])
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `an execution that still reads ends at once, with nothing called, and the next one does everything`(
        signal: Int32
    ) throws {
        let live = try LiveThreads()
        let twin = try live.twin()
        try live.rules(twin)
        try live.plan()
        let run = try WaitingRun(
            ["apply", "--execute"] + LiveThreads.keys, in: live.scratch, environment: ["TWIN_KEY": "sk-twin"])
        kill(run.process.processIdentifier, signal)
        run.process.waitUntilExit()
        #expect(run.process.terminationReason == .uncaughtSignal && run.process.terminationStatus == signal)
        #expect(try live.scratch.text("out") == "")
        try run.goOn()
        let next = try live.apply()
        #expect(next.status == 0 && next.lines == LiveThreads.everything && next.calls == 6, "\(next)")
    }
}

/// The command as a process that waits in its first scan until somebody writes down which ids there are.
private struct WaitingRun {
    let process = Process()
    private let scratch: Scratch
    private let ids: String
    private let writer: FileHandle

    init(_ words: [String], in scratch: Scratch, environment: [String: String]) throws {
        self.scratch = scratch
        let path = scratch.path("ids.txt")
        ids = try scratch.text("ids.txt")
        try FileManager.default.removeItem(atPath: path)
        #expect(mkfifo(path, 0o600) == 0)
        process.executableURL = Tool.binary
        process.arguments = words
        process.currentDirectoryURL = scratch.url
        process.environment = environment
        process.standardOutput = FileHandle(forWritingAtPath: try scratch.write("out", ""))
        process.standardError = FileHandle(forWritingAtPath: try scratch.write("err", ""))
        // Where it ends without a look at them, nobody waits for it in vain.
        process.terminationHandler = { _ in _ = FileHandle(forReadingAtPath: path) }
        try process.run()
        writer = try #require(FileHandle(forWritingAtPath: path))
    }

    /// Tells the ids; later scans find them in a file.
    func goOn() throws {
        try FileManager.default.removeItem(atPath: scratch.path("ids.txt"))
        try scratch.write("ids.txt", ids)
        if process.isRunning { try writer.write(contentsOf: Data(ids.utf8)) }
        try writer.close()
    }
}
