internal import Patterns

/// What takes much longer than a step, in steps of about 100 ns.
enum Price {
    /// A zone that is looked up by name when it is needed.
    static let zone = 10
    /// A name that no zone has is compared with all of them, for the hint.
    static let unknownZone = 50_000
    /// A pattern that is given up because it is too large: some 50 ms, up to where its memory ends.
    static let failedPattern = 500_000

    /// Compiling a pattern takes about a microsecond for each instruction.
    static func of(_ pattern: Pattern) -> Int { 10 * pattern.size }
}
