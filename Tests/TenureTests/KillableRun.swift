import Foundation
import TestSupport
import Threads

/// The command as a process of its own, which can be killed whenever.
final class KillableRun: @unchecked Sendable {
    // Proof of Sendable: `process` is started once, and `isStarted` is used under `monitor`.
    private let process = Process()
    private let monitor = Monitor()
    private var isStarted = false
    private let ended = DispatchSemaphore(value: 0)

    init(_ words: [String], in directory: URL, environment: [String: String] = [:]) {
        process.executableURL = Tool.binary
        process.arguments = words
        process.environment = environment
        process.currentDirectoryURL = directory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.terminationHandler = { [ended] _ in ended.signal() }
    }

    /// How it ended: with its exit status; nil where it was killed.
    private var status: Int32? {
        process.terminationReason == .exit ? process.terminationStatus : nil
    }

    /// Runs it to its end, whatever that is.
    func run() throws -> Int32? {
        try start()
        ended.wait()
        return status
    }

    /// Runs it, and kills it after so long where it has not ended before.
    func run(forSeconds seconds: Double) throws -> Int32? {
        try start()
        if ended.wait(timeout: .now() + seconds) == .timedOut {
            strike()
            ended.wait()
        }
        return status
    }

    private func start() throws {
        try process.run()
        monitor.locked {
            isStarted = true
            monitor.changed()
        }
    }

    /// Kills it, from whatever thread, once it has begun.
    func strike() {
        monitor.locked { while !isStarted { monitor.wait() } }
        kill(process.processIdentifier, SIGKILL)
    }
}
