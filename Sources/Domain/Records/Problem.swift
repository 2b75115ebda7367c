/// Where in a source's material something stands.
public struct Place: Sendable, Hashable, Comparable {
    /// The file, relative to the export's directory.
    public let file: String
    /// The line, counted from 1.
    public let line: Int

    /// The place at this line of this file.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    /// By file, then line.
    public static func < (left: Place, right: Place) -> Bool {
        (left.file, left.line) < (right.file, right.line)
    }
}

/// Something that is wrong with the data itself. It never quotes the data.
public struct Problem: Sendable, Hashable {
    /// What is wrong, in a word that reports and filters can rely on.
    public enum Code: String, Sendable, Hashable, CaseIterable, Comparable {
        case malformedLine = "malformed-line"
        case unknownKind = "unknown-kind"
        case duplicateKey = "duplicate-key"
        case duplicateId = "duplicate-id"
        case missingId = "missing-id"
        case missingContainer = "missing-container"
        case danglingReference = "dangling-reference"
        case implausibleTime = "implausible-time"
        case futureTime = "future-time"
        case clockDrift = "clock-drift"
        case truncated = "truncated"
        case unreadable = "unreadable"
        case tooLarge = "too-large"
        case wrongType = "wrong-type"
        case incompleteRegistry = "incomplete-registry"
        case conflictingFields = "conflicting-fields"
        case countsDiffer = "counts-differ"
        case unprovenAbsence = "unproven-absence"

        /// By name.
        public static func < (left: Code, right: Code) -> Bool { left.rawValue < right.rawValue }
    }

    /// What is wrong.
    public let code: Code
    /// The source's name.
    public let source: String
    /// Where it was seen, if the source has places.
    public let place: Place?
    /// The kind of the record concerned, where it is known.
    public let kind: Kind?
    /// The record's id, where it is known.
    public let id: String?
    /// One sentence for people. It holds no content.
    public let message: String
    /// Whether something was lost by it, so that the scan is incomplete.
    public let losesData: Bool

    /// Records that must be kept are absent, and so is all else that an earlier run saw: nobody can tell whether they are
    /// gone.
    public static func unprovenAbsence(_ count: Int, source: String, kind: Kind?) -> Problem {
        Problem(
            code: .unprovenAbsence, source: source, place: nil, kind: kind,
            message: """
                \(count) that must be kept are absent, and so is all else of their part of the source that was known: what \
                was read is another account's, or all is gone; check it, and name a canary that exists
                """, losesData: true)
    }

    /// A problem as seen.
    public init(
        code: Code, source: String, place: Place?, kind: Kind? = nil, id: String? = nil, message: String,
        losesData: Bool
    ) {
        self.code = code
        self.source = source
        self.place = place
        self.kind = kind
        self.id = id
        self.message = message
        self.losesData = losesData
    }
}
