internal import CanonicalJSON

/// The first entry of a log: what it is, how it goes on, and what it follows.
///
/// Without it a log would have no size that all tools agree about, and nothing would bind its name to its key.
public struct Genesis: Sendable {
    static let type: StaticString = "log.opened"
    /// The version of the entries' form.
    static let format = 1
    /// How many entries a segment has unless its log says otherwise.
    public static let usualSegmentEntries = 1_000_000

    /// What writes the log, with its version.
    public var tool: String
    /// How many entries a segment of the journal has.
    public var segmentEntries: Int
    /// The last checkpoint of the log before this one, as it was published.
    public var predecessor: Checkpoint?

    /// A log that follows no other, unless a predecessor is named.
    public init(tool: String, segmentEntries: Int = usualSegmentEntries, predecessor: Checkpoint? = nil) {
        (self.tool, self.segmentEntries, self.predecessor) = (tool, segmentEntries, predecessor)
    }

    func write(_ data: inout CanonicalWriter, for key: LogKey) {
        data.member("format", Self.format)
        data.member("origin", key.name)
        data.member("predecessor", predecessor.map { String(decoding: $0.note.bytes, as: UTF8.self) })
        data.member("segmentEntries", segmentEntries)
        data.member("tool", tool)
        data.member("verifier", key.text)
    }

    /// What a first entry says; nil where it is none of ours.
    static func read(_ entry: [UInt8]) -> (origin: String, verifier: String, segmentEntries: Int)? {
        guard let value = CanonicalValue(object: entry), value["type"]?.text == Self.type.description,
            let data = value["data"], data["format"]?.wholeNumber == Self.format, let origin = data["origin"]?.text,
            let verifier = data["verifier"]?.text, let segmentEntries = data["segmentEntries"]?.wholeNumber,
            segmentEntries > 0
        else { return nil }
        return (origin, verifier, segmentEntries)
    }
}
