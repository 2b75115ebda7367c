public import CEL
public import Chronology

/// The variables of a policy's expressions, by their slots.
public enum ExpressionVariable: Int, CaseIterable, Sendable {
    /// The record.
    case object
    /// The as-of instant.
    case now
    /// The document's constants.
    case params
    /// What an `AccessPolicy` names once for all its expressions.
    case variables

    /// The variable's name in expressions.
    public var name: String { String(describing: self) }

    /// The variable's type.
    public var type: CELType {
        switch self {
        case .object: .object(RecordField.typeName)
        case .now: .timestamp
        case .params: .map(.string, .dyn)
        case .variables: .object(AccessPolicy.variablesTypeName)
        }
    }
}

/// What expressions of a document may name.
public enum ExpressionEnvironment {
    /// CEL with the record, `now`, `params`, `age(t)`, `days(n)` and `period(text)`, and what its libraries add: strings,
    /// optional values, `cel.bind` and macros that name the index or key besides the element.
    ///
    /// - Parameters:
    ///   - asOf: the instant from which `age` counts; the evaluation's `now` must be the same.
    ///   - zone: the zone in which periods are added.
    ///   - variables: the names and types under `variables`, where the document has any.
    public static func environment(asOf: Instant, zone: Zone, variables: CELObjectType? = nil) -> CELEnvironment {
        var environment = CELEnvironment(libraries: [.bindings, .optionals, .strings, .twoVariables])
        // An expression that reads a variable is under way while that is evaluated, so each may be half as deep.
        if variables != nil { environment.limits.depth /= 2 }
        environment.declare(object: RecordField.objectType)
        for variable in ExpressionVariable.allCases where variable != .variables || variables != nil {
            environment.declare(variable: variable.name, variable.type)
        }
        if let variables { environment.declare(object: variables) }
        // `now` is a moment to the microsecond, and ages are counted to that same one.
        let now = Moment(asOf).instant ?? asOf
        for function in functions(asOf: now, zone: zone) { environment.declare(function: function) }
        return environment
    }
}
