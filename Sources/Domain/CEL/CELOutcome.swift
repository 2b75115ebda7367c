/// What an evaluation came to.
public struct CELOutcome: Sendable {
    /// The value, or the error that was left.
    public let result: CELResult
    /// Errors that gave way to a decision, or to a graver error, in `&&`, `||`, `all` or `exists`: at most
    /// ``absorbedLimit`` of them, each with the part of the expression that failed. A part that failed in several rounds
    /// of a macro with one code is there once. Where there are none nothing is allocated.
    ///
    /// What stands behind a decision is not evaluated, so a guard such as `has(a.b) && a.b > 1` absorbs nothing.
    public let absorbed: [CELError]
    /// What it cost, in the units of ``CELLimits/cost``.
    public let cost: Int

    /// How many absorbed errors are kept.
    public static let absorbedLimit = 16

    /// The value, or nil after an error.
    public var value: CELValue? { try? result.get() }

    /// The error, or nil where there is a value.
    public var error: CELError? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    /// Whether a condition holds: true or false, nil where it is an error or no truth value.
    public var condition: Bool? {
        guard case .success(.bool(let flag)) = result else { return nil }
        return flag
    }
}
