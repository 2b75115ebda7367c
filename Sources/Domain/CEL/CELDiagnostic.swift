/// What is wrong with an expression, where, and what to do about it.
public struct CELDiagnostic: Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let message: String
    /// What to do next, such as the nearest name that exists.
    public let hint: String?
    /// The part of the expression that is meant, as UTF-8 offsets into its text.
    public let range: Range<Int>
    /// Where that part begins.
    public let location: CELSource.Location

    /// How many are given for one expression; more would help nobody.
    public static let limit = 20

    init(_ message: String, hint: String? = nil, range: Range<Int>, in source: CELSource) {
        self.message = message
        self.hint = hint
        self.range = range
        location = source.location(at: range.lowerBound)
    }

    /// `line:column: message; hint`.
    public var description: String { "\(location): \(message)" + (hint.map { "; \($0)" } ?? "") }
}

/// An expression that cannot be compiled, with everything that was found wrong in it.
public struct CELCompileError: Error, Equatable, CustomStringConvertible {
    /// In the order of the text; never empty.
    public let diagnostics: [CELDiagnostic]

    /// One line each.
    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
