/// What an evaluation has spent, and whether it may go on.
public struct CELMeter: Sendable {
    /// In the units of ``CELLimits/cost``.
    public private(set) var cost = 0
    /// What others evaluated for it, in the same units.
    public private(set) var costOfReading = 0
    /// Bytes of values that were made, also of those that are gone again.
    public private(set) var memory = 0
    let limits: CELLimits

    init(_ limits: CELLimits) { self.limits = limits }

    /// Whether a limit is passed. The evaluation is then an error whatever its parts give, so the work may be left undone.
    public var isExhausted: Bool { cost > limits.cost || total > limits.total || memory > limits.memory }

    /// What it spent, and what others spent for it.
    public var total: Int { cost + costOfReading }

    /// Pays for what was evaluated so that it could be read.
    mutating func read(_ units: Int) {
        costOfReading = min(costOfReading &+ min(max(units, 0), CELMeter.most), CELMeter.most)
    }

    /// Pays for work that is about to be done.
    ///
    /// - Returns: whether it may be done.
    @discardableResult
    public mutating func charge(_ units: Int) -> Bool {
        cost = min(cost &+ units, CELMeter.most)
        return !isExhausted
    }

    /// Pays for a value that is about to be made: its memory, and a unit for every ten bytes.
    ///
    /// - Returns: whether it may be made.
    @discardableResult
    public mutating func allocate(bytes: Int) -> Bool {
        memory = min(memory &+ min(bytes, CELMeter.most), CELMeter.most)
        return charge(min(bytes, CELMeter.most) / 10)
    }

    /// So large that two of it still fit in an `Int`.
    private static let most = Int.max / 4
}
