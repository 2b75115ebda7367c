/// Why a part of a file could not be read. It says nothing of the content.
public enum JSONDefect: Error, Hashable, Sendable {
    /// Not JSON: braces, commas, quotes or literals are not where they belong, or the end is missing.
    case structure
    /// A number that JSON does not know, or one that no 64-bit integer or double holds.
    case number
    /// A string that is not closed, has an unknown escape, or holds raw control characters.
    case string
    /// Not UTF-8.
    case encoding
    /// Nested too deeply.
    case depth
    /// One record longer than the limit.
    case tooLong
    /// The compressed data ends, or is damaged, before its end.
    case compression
    /// The compressed data expands beyond all measure.
    case bomb
    /// The operating system failed to open or read the file; its own words follow.
    case unreadable(String)
    /// Memory ran out.
    case memory

    /// One sentence for a report.
    public var description: String {
        switch self {
        case .structure: "not valid JSON, or cut off"
        case .number: "a number that is not valid JSON or is out of range"
        case .string: "a string that is not valid JSON"
        case .encoding: "not valid UTF-8"
        case .depth: "nested too deeply"
        case .tooLong: "one record is longer than the limit"
        case .compression: "the compressed data is damaged or cut off"
        case .bomb: "the compressed data expands beyond the limit"
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .memory: "not enough memory for this record"
        }
    }
}
