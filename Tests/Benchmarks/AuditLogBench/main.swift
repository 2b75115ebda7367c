import AuditLog
import CanonicalJSON
import Chronology
import Crypto
import Files
import Glibc

// Measures the audit log: how fast it takes entries, and how fast it is verified.
//
//   AuditLogBench write DIR KEY ENTRIES BATCH   makes a log; each batch waits for the disk once, and is signed
//   AuditLogBench verify DIR                    verifies it with the key beside it
//
// It prints what it did, how long that took, what of a processor it used, and the most memory that it ever had.

func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

func usage() -> Never {
    print("AuditLogBench write DIR KEY ENTRIES BATCH | verify DIR")
    exit(2)
}

/// An entry of the length that a deletion has: two tokens, a commitment, what is to be done and in which run.
func append(to log: inout LogWriter, _ token: [UInt8]) throws {
    let number = log.size
    try log.append("deletion.intent", at: Instant(seconds: 1_795_132_800 + Int64(number / 1000))) { data in
        data.member("action", number)
        data.member("kind", literal: "thread")
        data.member("object", utf8: token.span)
        data.member("opening", utf8: token.span)
        data.member("plan", literal: "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        data.member("verb", literal: "delete")
    }
}

func write(_ directory: String, _ keyFile: String, _ entries: Int, _ batch: Int) throws {
    let pem = String(decoding: try Files.read(keyFile, limit: 4096), as: UTF8.self)
    guard let key = Ed25519.PrivateKey(pem: pem), batch > 0 else { usage() }
    let signer = try LogSigner(name: "audit.example.test/bench", key: key)
    let token = Array("hmac-sha256:01234567:\(String(repeating: "0123456789abcdef", count: 4))".utf8)
    var log = try LogWriter.make(
        in: directory, signer: signer, genesis: Genesis(tool: "bench"), at: Instant(seconds: 1_795_132_800))
    while log.size < entries {
        for _ in 0..<min(batch, entries - log.size) { try append(to: &log, token) }
        try log.checkpoint()
    }
    print("\(log.size) entries, \(log.synchronizations) waits for the disk")
}

func verify(_ directory: String) throws {
    let key = try LogVerifier.keyBeside(directory)
    let result = try LogVerifier(directory, trusting: [key]).verify()
    print("\(result.entries) entries, \(result.checkpoints) checkpoints, verified: \(result.isVerified)")
    if !result.isVerified { exit(1) }
}

let start = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
let words = Array(CommandLine.arguments.dropFirst())
switch (words.first, words.count) {
case ("write", 5):
    guard let entries = Int(words[3]), let batch = Int(words[4]) else { usage() }
    try write(words[1], words[2], entries, batch)
case ("verify", 2): try verify(words[1])
default: usage()
}
var used = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
let wall = seconds(CLOCK_MONOTONIC) - start.0
print("\(wall) s, \(seconds(CLOCK_PROCESS_CPUTIME_ID) - start.1) CPU-s, \(used.ru_maxrss) KiB")
