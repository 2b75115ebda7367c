/// What reading may cost.
///
/// At any moment a reader holds one window of text and one parser for each thread, one window more for what the next
/// begins with, and the results of `windowsInFlight` windows that wait for their turn.
public struct JSONLimits: Sendable {
    /// The size of a read window: small enough that the parser finds it in a core's own cache. Larger records make
    /// their window grow.
    public var windowBytes = 1 << 18
    /// A longer record is skipped and reported. The parser needs up to 14 times as much for one that is all brackets.
    public var maximumRecordBytes = 1 << 26
    /// How many windows may be read before the first of them is consumed.
    public var windowsInFlight = 16
    /// Compressed data may expand to this many bytes whatever its ratio.
    public var unquestionedExpansion = 1 << 28
    /// Beyond that, to this many times its compressed size.
    public var expansionRatio = 200

    /// The limits of a scan.
    public init() {}
}
