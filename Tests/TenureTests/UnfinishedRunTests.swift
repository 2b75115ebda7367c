import Foundation
import TestSupport
import Testing

/// What a run leaves that has no result: never an older report that could be taken for its own.
@Suite struct UnfinishedRunTests {
    private let scratch: Scratch
    private let tests = ExitCodeTests()

    init() throws { scratch = try Scratch() }

    private var reports: [String] {
        ["--report", "json=\(scratch.path("report.json"))", "--report", "junit=\(scratch.path("report.xml"))"]
    }

    private func leaveOlderReports() throws {
        for name in ["report.json", "report.xml"] { try scratch.write(name, "of yesterday") }
    }

    private func json() throws -> [String: Any] {
        let report = try JSONSerialization.jsonObject(
            with: Data(contentsOf: scratch.url.appending(path: "report.json")))
        return try #require(report as? [String: Any])
    }

    private func reason() throws -> String? {
        let report = try json()
        #expect(report["findings"] is NSNull && report["summary"] is NSNull)
        #expect(report["exitCode"] as? Int != 0)
        return (report["incomplete"] as? [[String: Any]])?.first?["message"] as? String
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
    }

    @Test func `a run that is aborted says so in every report, and why`() throws {
        try leaveOlderReports()
        try scratch.write("policies/a.yaml", "apiVersion: tenure/v1\nkind: RetentionPolicy\nmetadata: {nam: x}\n")
        let outcome = try tests.scan(scratch.path("export"), policies: scratch.path("policies"), reports)
        #expect(outcome.status == 2)
        let reason = try #require(try reason())
        #expect(reason.hasPrefix("the policies cannot be used\n") && reason.contains("a.yaml:3:"))
        #expect(try json()["exitCode"] as? Int == 2)
        #expect(try String(contentsOfFile: scratch.path("report.xml"), encoding: .utf8).contains("a.yaml:3:"))
    }

    @Test(arguments: [".", "plain/report.json", "/proc/report.json"])
    func `a report that has no place ends with 2 before anything is read`(place: String) throws {
        try leaveOlderReports()
        try scratch.write("plain", "")
        let export = try tests.estate(overdue: 5, in: scratch, threads: 10)
        let outcome = try Tool.run(
            Tool.binary.path,
            ["scan", "--export", export, "--policies", ExitCodeTests.policies] + reports + [
                "--report", "json=\(place)",
            ],
            in: scratch.url)
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains(place) && outcome.errors.contains("cannot "), "\(outcome.errors)")
        #expect(try reason()?.contains("cannot ") == true)
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL, SIGHUP])
    func `a run that is killed leaves reports that say that it did not finish`(signal: Int32) throws {
        let export = try tests.estate(overdue: 5, in: scratch, threads: 3000)
        try leaveOlderReports()
        // The first report goes to a pipe of which nobody reads more than a byte: there the run waits to be killed.
        let pipe = scratch.path("pipe")
        try #require(mkfifo(pipe, 0o600) == 0)
        let before = try names()
        let process = try start(
            ["scan", "--export", export, "--policies", ExitCodeTests.policies, "--as-of", ExitCodeTests.asOf]
                + ["--report", "json=\(pipe)"] + reports)
        let reader = open(pipe, O_RDONLY)
        var byte: UInt8 = 0
        try #require(read(reader, &byte, 1) == 1 && byte == UInt8(ascii: "{"))
        kill(process, signal)
        close(reader)
        var status: Int32 = 0
        try #require(waitpid(process, &status, 0) == process)
        #expect(status & 0x7F == signal)
        #expect(try reason()?.hasPrefix("the run did not finish") == true)
        #expect(try String(contentsOfFile: scratch.path("report.xml"), encoding: .utf8).contains("did not finish"))
        #expect(try names() == before)
    }

    /// Starts the command so that signals reach it, whatever this process blocks or ignores.
    private func start(_ words: [String]) throws -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in Int32(0)...2 { posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0) }
        var arguments = ([Tool.binary.path] + words).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        try #require(posix_spawn(&process, Tool.binary.path, &actions, &attributes, &arguments, environ) == 0)
        return process
    }

    @Test func `a command line that cannot be understood changes no file`() throws {
        try leaveOlderReports()
        let outcome = try tests.scan(scratch.path("export"), reports + ["--fail-on", "hihg"])
        #expect(outcome.status == 2)
        #expect(try String(contentsOfFile: scratch.path("report.json"), encoding: .utf8) == "of yesterday")
    }

    @Test func `a device takes a report, and is not asked twice`() throws {
        let export = try tests.estate(overdue: 5, in: scratch, threads: 10)
        let outcome = try tests.scan(export, ["--report", "json=/dev/stderr"])
        let report = try JSONSerialization.jsonObject(with: Data(outcome.errors.utf8)) as? [String: Any]
        #expect(outcome.status == 1 && report?["exitCode"] as? Int == 1)
    }
}
