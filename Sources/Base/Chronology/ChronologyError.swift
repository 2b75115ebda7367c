/// Why a text is no time, period or zone: what was given, what is wrong with it, and what is accepted.
public struct ChronologyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is.
    public enum Code: Equatable, Sendable {
        case malformedInstant, instantOutOfRange, malformedDate
        case malformedPeriod, periodTooLong
        case unknownZone(nearest: String?), zoneDataMissing
    }

    /// What kind of mistake it is.
    public let code: Code
    /// The text that was given.
    public let text: String
    /// What is wrong with it.
    public let reason: String
    /// What to write instead.
    public let hint: String

    /// One line: ``"90 days" is not a period: … (write …)``.
    public var description: String { "\"\(text)\" \(reason) (\(hint))" }
}
