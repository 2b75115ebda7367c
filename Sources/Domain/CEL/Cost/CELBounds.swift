/// The least and the most that a number can be: bytes, elements, or units of cost.
public struct CELBounds: Sendable, Hashable {
    /// It is never less.
    public let least: Int
    /// It is never more; ``unlimited`` where nothing bounds it.
    public let most: Int

    /// Stands for no bound. Arithmetic that would pass it stays there.
    public static let unlimited = Int.max

    /// Anything from none on.
    public static let any = CELBounds(0, unlimited)
    /// None at all.
    public static let none = CELBounds(exactly: 0)

    /// From `least`, but not from less than 0, up to `most`, but not to less than `least`.
    public init(_ least: Int, _ most: Int) {
        self.least = max(least, 0)
        self.most = max(most, self.least)
    }

    /// Just that many.
    public init(exactly number: Int) { self.init(number, number) }

    /// None, or up to that many.
    public init(upTo most: Int) { self.init(0, most) }
}

extension CELBounds {
    static func + (left: CELBounds, right: CELBounds) -> CELBounds {
        CELBounds(left.least.saturatingSum(right.least), left.most.saturatingSum(right.most))
    }

    static func * (left: CELBounds, right: CELBounds) -> CELBounds {
        CELBounds(left.least.saturatingProduct(right.least), left.most.saturatingProduct(right.most))
    }

    static func * (left: CELBounds, right: Int) -> CELBounds { left * CELBounds(exactly: right) }

    /// A tenth, rounded down, as the meter counts bytes.
    var tenth: CELBounds { divided(by: 10) }

    func divided(by divisor: Int) -> CELBounds {
        CELBounds(least / divisor, most == CELBounds.unlimited ? most : most / divisor)
    }

    static let one = CELBounds(exactly: 1)

    /// What looking for a part in a text of so many bytes costs: the tenths of both, multiplied.
    func searched(for part: CELBounds) -> CELBounds { (tenth + .one) * (part.tenth + .one) }

    /// The bounds of whichever of the two it is.
    func joined(_ other: CELBounds) -> CELBounds { CELBounds(min(least, other.least), max(most, other.most)) }

    /// The bounds of the smaller of the two.
    func smaller(_ other: CELBounds) -> CELBounds { CELBounds(min(least, other.least), min(most, other.most)) }

    /// The same, but perhaps none at all.
    var orNone: CELBounds { CELBounds(upTo: most) }
}

extension Int {
    /// The sum of two numbers that are not negative, or the largest number.
    func saturatingSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }

    /// The product of two numbers that are not negative, or the largest number; of nothing there is none, however often.
    func saturatingProduct(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
