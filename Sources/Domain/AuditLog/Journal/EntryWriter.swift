internal import CanonicalJSON
internal import Chronology

/// Makes the lines of a journal: `{"at":…,"data":…,"type":…}`, one after the other in memory that they share.
struct EntryWriter {
    private var writer = CanonicalWriter()
    private var second: Int64?
    private var secondText: [UInt8] = []
    private var time: [UInt8] = []

    /// The entry that was made last, without a line feed.
    var bytes: [UInt8] { writer.bytes }

    /// Makes an entry. The time has three digits of a fraction, so that all entries have one length of it.
    mutating func make(
        _ type: StaticString, at instant: Instant, _ data: (inout CanonicalWriter) -> Void
    ) throws(AuditError) {
        write(instant)
        let time = time
        writer.reset()
        writer.object { entry in
            entry.member("at", utf8: time.span)
            entry.object("data", data)
            entry.member("type", literal: type)
        }
        if let error = writer.error {
            throw AuditError(.entry, "", "an entry \(type): \(error)")
        }
        guard writer.bytes.count <= JournalReader.longestEntry else {
            throw AuditError(
                .entry, "", "an entry \(type) has \(writer.bytes.count) bytes, and the log takes 65535",
                hint: "put the SHA-256 of what is larger into the entry")
        }
    }

    private mutating func write(_ instant: Instant) {
        if second != instant.seconds {
            second = instant.seconds
            secondText = Array(Instant(seconds: instant.seconds).rfc3339.utf8.dropLast())
        }
        let milliseconds = Int(instant.nanoseconds) / 1_000_000
        time.removeAll(keepingCapacity: true)
        time += secondText
        time.append(UInt8(ascii: "."))
        for divisor in [100, 10, 1] { time.append(UInt8(ascii: "0") + UInt8(milliseconds / divisor % 10)) }
        time.append(UInt8(ascii: "Z"))
    }
}
