/// Why a source could not be looked at at all.
public struct ConnectorError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What stands in the way.
    public enum Code: Equatable, Sendable {
        /// There is no such directory.
        case absent
        /// It is not a directory.
        case notADirectory
        /// The system refuses to read it; its words follow.
        case unreadable(String)
        /// The directory holds nothing that is known.
        case nothingKnown
        /// The source's document does not say enough to ask a service; what is wrong, and what to do about it.
        case misconfigured(String, hint: String)
    }

    /// What stands in the way.
    public let code: Code
    /// The source's name.
    public let source: String
    /// Where it was looked for: a directory, or the place of the source's document.
    public let path: String

    /// The failure of this source.
    public init(_ code: Code, source: String, path: String) {
        self.code = code
        self.source = source
        self.path = path
    }

    /// What to do about it.
    public var hint: String {
        switch code {
        case .absent, .notADirectory: "give the directory that the export was unpacked to"
        case .unreadable: "check its permissions"
        case .misconfigured(_, let hint): hint
        case .nothingKnown:
            """
            looked for \(ExportFile.knownNames), each .ndjson, .jsonl or .json, .gz too, and for any such file whose \
            objects say what they are
            """
        }
    }

    /// One line: where, what, and what to do next.
    public var description: String { "\(path): source \(source): \(reason); \(hint)" }

    /// What happened, without where.
    public var reason: String {
        switch code {
        case .absent: "no such directory"
        case .notADirectory: "not a directory"
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .nothingKnown: "holds nothing that is known"
        case .misconfigured(let what, _): what
        }
    }
}
