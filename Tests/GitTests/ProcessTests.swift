import Testing

@testable import Processes

@Suite struct ProcessTests {
    @Test func `a program's output, errors and exit code come back whole`() throws {
        let outcome = try ChildProcess.run(
            "sh", ["-c", "cat; echo oops >&2; exit 7"], environment: [], input: Array("in\n".utf8), limit: 100)
        #expect(outcome == .init(status: 7, output: Array("in\n".utf8), errors: Array("oops\n".utf8)))
    }

    @Test func `what looks like a shell's word stays an argument`() throws {
        let outcome = try ChildProcess.run("echo", ["$HOME; `id`"], environment: [], limit: 100)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "$HOME; `id`\n")
    }

    @Test func `a program has the variables that are stated, and no others`() throws {
        let outcome = try ChildProcess.run("/usr/bin/env", [], environment: ["A=1"], limit: 100)
        #expect(String(decoding: outcome.output, as: UTF8.self) == "A=1\n")
    }

    @Test func `a program that writes without end is ended at the limit`() {
        #expect(throws: ProcessError.self) { try ChildProcess.run("yes", [], environment: [], limit: 1 << 20) }
    }

    @Test func `much on both streams blocks neither`() throws {
        let script = "i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789; i=$((i+1)); done"
        let outcome = try ChildProcess.run("sh", ["-c", "(\(script)) >&2; \(script)"], environment: [], limit: 1 << 20)
        #expect(outcome.status == 0 && outcome.output.count == 3000 * 41)
    }

    @Test func `a program that is not there is an error that names it`() {
        let error = #expect(throws: ProcessError.self) {
            try ChildProcess.run("no-such-program", [], environment: [], limit: 1)
        }
        #expect(error?.isAbsent == true && error?.description.contains("no-such-program") == true)
    }
}
