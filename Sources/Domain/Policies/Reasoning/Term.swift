import CEL
import Chronology

/// A number in an expression: quantities added and subtracted, and a constant.
struct Term {
    enum NumberType {
        /// Nanoseconds since 1970.
        case time
        /// Nanoseconds.
        case duration
        case size
    }

    let type: NumberType
    /// How often each quantity is added.
    var factors: [Quantity: Int] = [:]
    /// Nanoseconds, or what the size counts.
    var constant: Int128 = 0
    /// What must hold, or the number is out of range, which is a failure.
    var conditions: [Term] = []

    static func quantity(_ quantity: Quantity) -> Term {
        Term(type: quantity == .bytes || quantity == .tokens ? .size : .time, factors: [quantity: 1])
    }

    /// The number and what makes it fail, for a sum or difference of numbers of these types.
    func adding(_ other: Term, sign: Int, as type: NumberType) -> Term {
        var sum = Term(type: type, factors: factors, constant: constant + Int128(sign) * other.constant)
        for (quantity, factor) in other.factors {
            sum.factors[quantity, default: 0] += sign * factor
            if sum.factors[quantity] == 0 { sum.factors[quantity] = nil }
        }
        sum.conditions = conditions + other.conditions + [sum.bare]
        return sum
    }

    private var bare: Term { Term(type: type, factors: factors, constant: constant) }

    /// The range outside of which CEL fails.
    ///
    /// - Source: CEL, timestamps of the years 1 to 9999, durations of a signed 64-bit count of nanoseconds.
    private var range: ClosedRange<Int128> {
        switch type {
        case .time: Self.nanoseconds(.minimum)...Self.nanoseconds(.maximum)
        case .duration, .size: Int128(Int64.min)...Int128(Int64.max)
        }
    }

    static func nanoseconds(_ instant: Instant) -> Int128 {
        Int128(instant.seconds) * 1_000_000_000 + Int128(instant.nanoseconds)
    }

    /// What holds where the number is no more than so much; nil where it says something of more than two quantities.
    func isAtMost(_ limit: Int128) -> Formula? {
        let rest = limit - constant
        let added = factors.filter { $0.value > 0 }
        let subtracted = factors.filter { $0.value < 0 }
        guard factors.values.allSatisfy({ abs($0) == 1 }), added.count <= 1, subtracted.count <= 1 else { return nil }
        guard !factors.isEmpty else { return rest >= 0 ? .truth : .falsehood }
        let left = added.first?.key ?? .origin
        let right = subtracted.first?.key ?? .origin
        return .holds(.bound(Bound(left, right, atMost: type == .size ? rest : rest.flooredQuotient(by: 1000))))
    }

    func isAtLeast(_ limit: Int128) -> Formula? { negated.isAtMost(-limit) }

    private var negated: Term {
        Term(type: type, factors: factors.mapValues { -$0 }, constant: -constant)
    }

    /// What holds where the number and its parts are there and in range; nil where it cannot be said.
    var isDefined: Formula? {
        var parts = factors.keys.filter(\.isOptional).map { Formula.holds(.isPresent($0)) }
        for condition in conditions {
            parts += condition.factors.keys.filter(\.isOptional).map { .holds(.isPresent($0)) }
            guard let least = condition.isAtLeast(condition.range.lowerBound),
                let most = condition.isAtMost(condition.range.upperBound)
            else { return nil }
            parts += [least, most]
        }
        return .conjunction(parts)
    }
}

extension Int128 {
    fileprivate func flooredQuotient(by divisor: Int128) -> Int128 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension CELComparison {
    /// The comparison of two numbers of one type; nil where it says something of more than two quantities.
    func reading(of left: Term, _ right: Term) -> Reading? {
        let difference = left.adding(right, sign: -1, as: left.type)
        guard let leftDefined = left.isDefined, let rightDefined = right.isDefined,
            let isAtMost = difference.isAtMost(0), let isAtLeast = difference.isAtLeast(0),
            let isLess = difference.isAtMost(-1), let isGreater = difference.isAtLeast(1)
        else { return nil }
        let isDefined = Formula.conjunction([leftDefined, rightDefined])
        let equal = Formula.conjunction([isAtMost, isAtLeast])
        let unequal = Formula.disjunction([isLess, isGreater])
        let (holds, fails) =
            switch self {
            case .equal: (equal, unequal)
            case .notEqual: (unequal, equal)
            case .less: (isLess, isAtLeast)
            case .lessOrEqual: (isAtMost, isGreater)
            case .greater: (isGreater, isAtMost)
            case .greaterOrEqual: (isAtLeast, isLess)
            }
        return Reading(holds: .conjunction([isDefined, holds]), fails: .conjunction([isDefined, fails]))
    }
}
