import CanonicalJSON
import Chronology
import Foundation
import TestSupport

@testable import AuditLog

/// Logs to try things on.
enum Logs {
    static let start = Instant(seconds: 1_795_132_800)

    /// Makes a log of so many entries in `log`, with a checkpoint after every `every` of them and at its end.
    static func make(
        _ count: Int, in scratch: Scratch, every: Int = .max, segmentEntries: Int = 100,
        signer: LogSigner? = nil, salt: String = ""
    ) throws {
        let signer = try signer ?? Samples.signer()
        var log = try LogWriter.make(
            in: scratch.path("log"), signer: signer, genesis: Genesis(tool: "test", segmentEntries: segmentEntries),
            at: start)
        while log.size < count {
            try append(to: &log, salt)
            if log.size.isMultiple(of: every) { try log.checkpoint() }
        }
        try log.checkpoint()
    }

    static func append(to log: inout LogWriter, _ salt: String = "") throws {
        let number = log.size
        try log.append("deletion.intent", at: start) { data in
            data.member("number", number)
            data.member("salt", salt)
        }
    }

    static func verify(_ scratch: Scratch, since: String? = nil, signer: LogSigner? = nil) throws -> LogVerification {
        let key = try (signer ?? Samples.signer()).verifier
        let anchor = try since.map { try LogVerifier.anchor(scratch.path($0), trusting: [key]) }
        return try LogVerifier(scratch.path("log"), trusting: [key], since: anchor).verify()
    }

    static func open(_ scratch: Scratch) throws -> LogWriter {
        try LogWriter.open(scratch.path("log"), signer: try Samples.signer(), at: start)
    }
}
