public import Policies

/// What the caller of a run decides.
public struct ScanOptions: Sendable, Hashable {
    /// The least severity at which a violation fails the run.
    public var failOn = Severity.low
    /// Whether a record of which no policy with an `atMost` speaks is a violation.
    public var requireCoverage = false
    /// Whether errors in expressions make the run incomplete that another part of the expression outvoted.
    public var isStrict = false

    /// The defaults of the command line.
    public init() {}
}
