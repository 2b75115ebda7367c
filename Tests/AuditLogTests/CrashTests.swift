import CanonicalJSON
import Foundation
import TestSupport
import Testing

@testable import AuditLog

/// A log after the process that wrote it was killed, or the power went: nothing that was durable is lost, nothing is
/// signed that was not written, and the next writer goes on.
@Suite struct CrashTests {
    private static let program: URL = {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let beside = own.deletingLastPathComponent().appending(path: "AuditLogCrash")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return Checkout.url.appending(path: ".build/debug/AuditLogCrash")
    }()

    private static let origin = "audit.example.test/crash"

    /// Runs the program that writes; the last number that it called durable, and whether it was killed.
    private func run(_ scratch: Scratch, _ step: LogStep?) throws -> (durable: Int, isKilled: Bool) {
        let words = [scratch.path("log"), scratch.path("key.pem")] + (step.map { [$0.rawValue] } ?? [])
        let outcome = try Tool.run(Self.program.path, words)
        let durable = outcome.output.split(separator: "\n").last { $0.hasPrefix("durable ") }
        #expect(step != nil || outcome.status == 0, "\(outcome.errors)")
        return (durable.flatMap { Int($0.dropFirst(8)) } ?? 0, outcome.status == SIGKILL)
    }

    @Test(arguments: LogStep.allCases)
    func `a writer that is killed at a step leaves a log on which the next one goes on`(step: LogStep) throws {
        let scratch = try Scratch()
        try scratch.write("key.pem", Samples.pem)
        let isOfRecovery = [.tailKept, .tailCut, .recoveryWritten, .recoverySynchronized, .recoveryRecorded].contains(
            step)
        var durable = 0
        if isOfRecovery {
            durable = try run(scratch, nil).durable
            let last = try #require(try scratch.names("log").last { $0.hasPrefix("audit-") })
            let file = try FileHandle(forWritingTo: scratch.url.appending(path: "log/\(last)"))
            try file.seekToEnd()
            try file.write(contentsOf: Data(#"{"at":"2026-11-2"#.utf8))
            try file.close()
        }
        let killed = try run(scratch, step)
        #expect(killed.isKilled, "the step was not reached")
        durable = max(durable, killed.durable)
        let next = try run(scratch, nil)
        let signer = try Samples.signer(Self.origin)
        let result = try Logs.verify(scratch, signer: signer)
        #expect(result.isVerified && result.warnings.isEmpty, "\(result.findings) \(result.warnings)")
        #expect(result.entries == next.durable && result.unsigned == 0)
        let entries = try Self.entries(scratch, signer)
        #expect(entries.count >= durable)
        // Every entry stands where its writer was told that it does.
        for (index, entry) in entries.enumerated() {
            guard let number = entry["data"]?["number"]?.wholeNumber else { continue }
            #expect(number == index)
        }
        let recovered = entries.filter { $0["type"]?.text == "log.recovered" }
        #expect(recovered.count == (isOfRecovery ? 1 : recovered.count) && recovered.count <= 1)
        #expect(try !scratch.names("log").contains { $0.hasSuffix(".pending") || $0.hasSuffix(".tmp") })
    }

    /// What a loss of power leaves of what was not synchronised: any beginning of it, or as many zeros.
    @Test(arguments: [false, true])
    func `whatever is left of unsigned entries, whole ones are kept and the rest is put aside`(
        zeros: Bool
    ) throws {
        let scratch = try Scratch()
        try Logs.make(5, in: scratch)
        let signed = try scratch.bytes("log/audit-000000000000.jsonl")
        do {
            var log = try Logs.open(scratch)
            for _ in 0..<3 { try Logs.append(to: &log) }
            try log.synchronize()
        }
        let all = try scratch.bytes("log/audit-000000000000.jsonl")
        #expect(all.count > signed.count + 100)
        let original = scratch.url.appending(path: "log")
        var torn = 0
        for count in stride(from: signed.count, through: all.count, by: 5) {
            let trial = try Scratch()
            try FileManager.default.copyItem(at: original, to: trial.url.appending(path: "log"))
            let left = all[..<count] + Data(repeating: 0, count: zeros ? all.count - count : 0)
            try trial.write("log/audit-000000000000.jsonl", left)
            let lines = all[..<count].count { $0 == 0x0A }
            let rest = left.count - ((left.prefix(count).lastIndex(of: 0x0A) ?? -1) + 1)
            do {
                var log = try Logs.open(trial)
                #expect(log.size == lines + (rest > 0 ? 1 : 0), "\(count)")
                try Logs.append(to: &log)
                try log.checkpoint()
            }
            let size = try Logs.open(trial).size
            #expect(size == lines + (rest > 0 ? 1 : 0) + 1, "\(count)")
            let result = try Logs.verify(trial)
            #expect(result.isVerified && result.warnings.isEmpty, "\(count): \(result)")
            if rest > 0 {
                torn += 1
                let kept = try #require(try trial.names("log").first { $0.hasPrefix("torn-\(lines)-") })
                #expect(try trial.bytes("log/\(kept)") == left.suffix(rest))
            }
        }
        #expect(torn > 20)
    }

    @Test func `a journal that is cut inside what was signed is refused, and left as it is`() throws {
        let scratch = try Scratch()
        try Logs.make(6, in: scratch)
        let journal = try scratch.bytes("log/audit-000000000000.jsonl")
        for cut in [1, 40, 200] {
            let left = journal.dropLast(cut)
            try scratch.write("log/audit-000000000000.jsonl", left)
            let error = #expect(throws: AuditError.self) { _ = try Logs.open(scratch).size }
            #expect(error?.code == .shortened)
            #expect(try scratch.bytes("log/audit-000000000000.jsonl") == left)
        }
    }

    @Test func `one process writes at a time, and the second is told so`() throws {
        let scratch = try Scratch()
        try Logs.make(2, in: scratch)
        var first = try Logs.open(scratch)
        let error = #expect(throws: AuditError.self) { _ = try Logs.open(scratch).size }
        #expect(error?.code == .locked && error?.description.contains("process \(getpid())") == true)
        try Logs.append(to: &first)
        try first.checkpoint()
        #expect(try Logs.verify(scratch).isVerified)
    }

    @Test func `a log is never made where one is, nor over entries that nobody signed`() throws {
        let scratch = try Scratch()
        try Logs.make(2, in: scratch)
        #expect(#expect(throws: AuditError.self) { try Logs.make(2, in: scratch) }?.code == .place)
        try FileManager.default.removeItem(atPath: scratch.path("log/checkpoint"))
        try FileManager.default.removeItem(atPath: scratch.path("log/checkpoints"))
        #expect(#expect(throws: AuditError.self) { try Logs.make(2, in: scratch) }?.code == .tampered)
        #expect(#expect(throws: AuditError.self) { _ = try Logs.open(scratch).size }?.code == .place)
    }

    @Test func `an entry that no log can hold is refused, and the next one is written`() throws {
        let scratch = try Scratch()
        try Logs.make(1, in: scratch)
        var log = try Logs.open(scratch)
        let large = String(repeating: "x", count: 65_536)
        #expect(throws: AuditError.self) { try log.append("a", at: Logs.start) { $0.member("text", large) } }
        #expect(throws: AuditError.self) { try log.append("a", at: Logs.start) { $0.member("number", Int.max) } }
        #expect(log.size == 1)
        try log.append("a", at: Logs.start) { $0.member("text", "line\nfeed") }
        try log.checkpoint()
        #expect(try Logs.verify(scratch).entries == 2)
    }

    @Test func `entries wait for the disk once for as many as there are`() throws {
        let scratch = try Scratch()
        try Logs.make(1, in: scratch)
        var log = try Logs.open(scratch)
        for _ in 0..<50 { try Logs.append(to: &log) }
        try log.synchronize()
        try log.synchronize()
        #expect(log.synchronizations == 1)
    }

    private static func entries(_ scratch: Scratch, _ signer: LogSigner) throws -> [CanonicalValue] {
        var entries: [CanonicalValue] = []
        try LogProver(scratch.path("log"), trusting: [signer.verifier]).entries { line, _ in
            if let value = CanonicalValue(object: line.copied) { entries.append(value) }
            return true
        }
        return entries
    }
}
