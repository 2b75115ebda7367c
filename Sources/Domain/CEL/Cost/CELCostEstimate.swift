/// What an evaluation can cost, told from the expression alone.
///
/// The bounds are those of an evaluation that no limit stops, over values that keep what ``CELSizes`` promises. They are
/// safe and not exact: no such evaluation costs less or more, and perhaps none costs just as much.
public struct CELCostEstimate: Sendable, Hashable {
    /// What the expression itself costs, in the units of ``CELLimits/cost``, whether it gives a value or fails.
    public let cost: CELBounds
    /// What the expression and all that it reads cost, in the units of ``CELLimits/total``.
    public let total: CELBounds
    /// What it costs at least to come to a value; ``CELBounds/unlimited`` where it never does.
    public let leastCostOfValue: Int
    /// What it and all that it reads cost at least to come to a value; ``CELBounds/unlimited`` where it never does.
    public let leastTotalOfValue: Int
    /// The innermost part that alone may cost more than the limits of the expression; the whole where no part does.
    public let costliest: CELSyntax.ID

    /// Whether an evaluation could come to a value, and never within these limits.
    public func isHopeless(within limits: CELLimits) -> Bool {
        guard leastCostOfValue < CELBounds.unlimited else { return false }
        return leastCostOfValue > limits.cost || leastTotalOfValue > limits.total
    }

    /// Whether every evaluation is certain to stay within these limits.
    public func isCertain(within limits: CELLimits) -> Bool { cost.most <= limits.cost && total.most <= limits.total }
}
