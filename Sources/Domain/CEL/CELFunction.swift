/// A function that the host adds to the language: one signature and what it does.
///
/// Register several under one name to overload it; the operators' own names (`_+_`, `_-_`) may be overloaded for opaque types.
public struct CELFunction: Sendable {
    /// What a call does. The first two hand over their arguments without an array.
    public enum Body: Sendable {
        case unary(@Sendable (CELValue) -> CELResult)
        case binary(@Sendable (CELValue, CELValue) -> CELResult)
        case variadic(@Sendable ([CELValue]) -> CELResult)
        /// For what may take long or make much: it pays before it works, and stops where the meter says so.
        case metered(@Sendable ([CELValue], inout CELMeter) -> CELResult)
    }

    /// What it is called.
    public let name: String
    /// The types that it takes, the receiver first.
    public let parameters: [CELType]
    /// The type that it gives.
    public let result: CELType
    /// Whether it is called as `x.f(y)`; the receiver is then the first parameter.
    public let isMember: Bool
    /// Whether equal arguments always give equal results, so that a call with constants is answered while compiling.
    public let isPure: Bool
    let body: Body
    private var estimate: (@Sendable ([CELExtent]) -> CELCallEstimate)?

    /// A function of that signature. A body of fewer arguments than `parameters` fails when it is called.
    public init(
        _ name: String, _ parameters: [CELType], returns result: CELType, isMember: Bool = false, isPure: Bool = true,
        _ body: Body
    ) {
        self.name = name
        self.parameters = parameters
        self.result = result
        self.isMember = isMember
        self.isPure = isPure
        self.body = body
    }
}

extension CELFunction {
    /// The same function, with what calls of it cost where they give a value, and how large the value is, for arguments
    /// of these sizes: so that ``CELProgram/estimatedCost(of:)`` need not take it for unbounded.
    ///
    /// The estimate must cover every argument that the parameters admit.
    public func estimated(_ estimate: @escaping @Sendable ([CELExtent]) -> CELCallEstimate) -> CELFunction {
        var copy = self
        copy.estimate = estimate
        return copy
    }

    /// What a call costs. Without an estimate of its own only a metered body costs anything, and its value is bounded by
    /// nothing but its type.
    func estimated(for arguments: [CELExtent]) -> CELCallEstimate {
        if let estimate, arguments.count == parameters.count { return estimate(arguments) }
        if case .metered = body { return CELCallEstimate(.any, giving: CELExtent(result)) }
        return CELCallEstimate(giving: CELExtent(result))
    }
}
