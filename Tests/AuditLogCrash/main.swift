import AuditLog
import CanonicalJSON
import Chronology
import Crypto
import Files
import Glibc

// Writes to a log as a run does, and kills itself at a step, so that a test can see what the next run makes of it.
//
//   AuditLogCrash DIR KEY [STEP]
//
// After each wait for the disk it says how many entries are there, at its end how many there are in all.

let words = Array(CommandLine.arguments.dropFirst())
let directory = words[0]
let pem = String(decoding: try Files.read(words[1], limit: 4096), as: UTF8.self)
guard let key = Ed25519.PrivateKey(pem: pem) else { exit(2) }
let signer = try LogSigner(name: "audit.example.test/crash", key: key)
let killing = words.dropFirst(2).first.flatMap(LogStep.init(rawValue:))
let step: (LogStep) -> Void = { if $0 == killing { kill(getpid(), SIGKILL) } }
let start = Instant(seconds: 1_795_132_800)

func write(_ log: consuming LogWriter) throws {
    for size in [3, 4, 6] {
        for _ in 0..<size {
            let number = log.size
            try log.append("deletion.intent", at: start) { $0.member("number", number) }
        }
        try log.synchronize()
        try StandardStream.output.write("durable \(log.size)\n")
        if size > 3 { try log.checkpoint() }
    }
    try StandardStream.output.write("done \(log.size)\n")
}

if Files.kind(of: Files.path(directory, "checkpoint")) == nil {
    let genesis = Genesis(tool: "test", segmentEntries: 5)
    try write(LogWriter.make(in: directory, signer: signer, genesis: genesis, at: start, onStep: step))
} else {
    try write(LogWriter.open(directory, signer: signer, at: start, onStep: step))
}
