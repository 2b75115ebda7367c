/// What a function does with operands of some size: what it charges where it gives a value, and the size of that.
///
/// A function that fails may have charged less, down to nothing.
public struct CELCallEstimate: Sendable, Hashable {
    /// What it charges.
    public var cost: CELBounds
    /// How large its value is.
    public var extent: CELExtent

    /// That cost, and a value of that size.
    public init(_ cost: CELBounds = .none, giving extent: CELExtent = .scalar) {
        self.cost = cost
        self.extent = extent
    }

    func joined(_ other: CELCallEstimate) -> CELCallEstimate {
        CELCallEstimate(cost.joined(other.cost), giving: extent.joined(other.extent))
    }
}

extension Estimator {
    mutating func unary(_ function: UnaryFunction, _ operand: Int) -> Estimate {
        let value = estimate(operand)
        var path = CostPath.node
        path.follow(value)
        path.mayFail()
        let call = Estimator.call(function, value.extent)
        path.charge(call.cost)
        return path.giving(call.extent)
    }

    mutating func binary(_ function: BinaryFunction, _ left: Int, _ right: Int) -> Estimate {
        let first = estimate(left)
        let second = estimate(right)
        var path = CostPath.node
        path.follow(first)
        path.follow(second)
        path.mayFail()
        let call = Estimator.call(function, first.extent, second.extent)
        path.charge(call.cost)
        return path.giving(call.extent)
    }

    mutating func matches(_ operand: Int, _ size: Int) -> Estimate {
        let value = estimate(operand)
        var path = CostPath.node
        path.follow(value)
        path.mayFail()
        path.charge(Estimator.search(value.extent.bytes, size: CELBounds(exactly: size)))
        path.mayFail()
        return path.giving(.scalar)
    }

    /// An operator or function that the host overloads: its own where it takes the operands, else the host's.
    mutating func overloaded(
        _ function: BinaryFunction, _ operands: Operation.Operands, _ functions: [CELFunction]
    ) -> Estimate {
        var (path, extents) = arguments(operands)
        let call = extents.count == 2 ? Estimator.call(function, extents[0], extents[1]) : CELCallEstimate(.any)
        let all = Estimator.call(functions, extents).joined(call)
        path.charge(all.cost)
        return path.giving(all.extent)
    }

    mutating func call(_ operands: Operation.Operands, _ functions: [CELFunction]) -> Estimate {
        var (path, extents) = arguments(operands)
        var call = Estimator.call(functions, extents)
        if extents.count == 1, let unary = functions.first.flatMap({ UnaryFunction(rawValue: $0.name) }) {
            call = call.joined(Estimator.call(unary, extents[0]))
        }
        path.charge(call.cost)
        return path.giving(call.extent)
    }

    private mutating func arguments(_ operands: Operation.Operands) -> (CostPath, [CELExtent]) {
        var path = CostPath.node
        var extents: [CELExtent] = []
        for index in operands.range {
            let argument = estimate(plan.tables.operands[index])
            path.follow(argument)
            extents.append(argument.extent)
        }
        path.mayFail()
        return (path, extents)
    }

    private static func call(_ functions: [CELFunction], _ extents: [CELExtent]) -> CELCallEstimate {
        let calls = functions.map { $0.estimated(for: extents) }
        return calls.dropFirst().reduce(calls.first ?? CELCallEstimate()) { $0.joined($1) }
    }
}

// MARK: The standard functions

extension Estimator {
    private static func call(_ function: UnaryFunction, _ value: CELExtent) -> CELCallEstimate {
        let bytes = value.bytes
        switch function {
        case .dyn: return CELCallEstimate(giving: value)
        case .size: return CELCallEstimate(bytes.tenth.orNone)
        case .string:
            // What is no text is written in few bytes: a double in at most 25, a time in 35.
            let short = CELBounds(upTo: 40)
            if case .text = value {
                return CELCallEstimate(bytes.tenth.orNone, giving: .text(bytes.least > 0 ? bytes : bytes.joined(short)))
            }
            return CELCallEstimate(bytes.tenth.orNone, giving: .text(bytes.joined(short)))
        case .bytes: return CELCallEstimate(bytes.tenth.orNone, giving: .text(bytes))
        default: return CELCallEstimate(function.reads ? bytes.tenth : .none)
        }
    }

    private static func call(_ function: BinaryFunction, _ left: CELExtent, _ right: CELExtent) -> CELCallEstimate {
        switch function {
        case .equal, .notEqual: CELCallEstimate(left.equality(with: right))
        case .less, .lessOrEqual, .greater, .greaterOrEqual: CELCallEstimate(left.bytes.smaller(right.bytes).tenth)
        case .add: sum(left, right)
        case .subtract, .multiply, .divide, .modulo: CELCallEstimate()
        case .index: CELCallEstimate(giving: left.indexed)
        case .optionalIndex: CELCallEstimate(giving: .optional(left.optionalElement))
        case .optionalSelect: CELCallEstimate(.any, giving: .optional(.anything))
        case .isIn: CELCallEstimate(membership(of: left, in: right))
        case .contains: CELCallEstimate(left.bytes.searched(for: right.bytes).lessOne)
        case .startsWith, .endsWith: CELCallEstimate(right.bytes.tenth)
        // What a pattern costs that is computed hangs on what it says.
        case .matches: CELCallEstimate(CELBounds(right.bytes.least, CELBounds.unlimited))
        default: CELCallEstimate(CELBounds(Price.zone, Price.zone + Price.unknownZone))
        }
    }

    private static func search(_ text: CELBounds, size: CELBounds) -> CELBounds {
        ((text.tenth + .one) * (size.divided(by: 4) + .one)).lessOne
    }

    private static func membership(of element: CELExtent, in container: CELExtent) -> CELBounds {
        switch container {
        case .list, .anything:
            let each = container.element.equality(with: element)
            return CELBounds(container.count.least == 0 ? 0 : each.least, (container.count * each).most)
        default: return .none
        }
    }

    private static func sum(_ left: CELExtent, _ right: CELExtent) -> CELCallEstimate {
        switch (left, right) {
        case (.scalar, .scalar): CELCallEstimate()
        case (.text(let left), .text(let right)): CELCallEstimate((left + right).tenth, giving: .text(left + right))
        case (.list(let count, let element), .list(let other, let otherElement)):
            CELCallEstimate(
                ((count + other) * Footprint.element).tenth,
                giving: .list(count + other, of: element.joined(otherElement)))
        // Texts join texts, and lists lists; what stays open on one side has no bound.
        default: CELCallEstimate(.any, giving: .anything)
        }
    }
}

extension CELExtent {
    fileprivate var indexed: CELExtent {
        switch self {
        case .list(_, let element): element
        case .map(_, _, let values): values
        case .optional: .optional(optionalElement)
        case .anything: .anything
        case .scalar, .text, .object: .scalar
        }
    }

    /// What an optional holds that is an element of this, or of what this holds.
    fileprivate var optionalElement: CELExtent {
        switch self {
        case .optional(let wrapped): wrapped.optionalElement
        default: indexed
        }
    }
}

extension CELBounds {
    fileprivate var lessOne: CELBounds { CELBounds(least - 1, most == CELBounds.unlimited ? most : most - 1) }
}
