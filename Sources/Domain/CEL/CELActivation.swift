/// The variables of one evaluation.
///
/// A class, or a struct of three words or fewer, is handed over without allocating.
public protocol CELActivation {
    /// The variable that was the `slot`-th to be declared in the environment, from 0.
    func variable(at slot: Int) -> CELLookup
}

/// Variables held in an array, for callers that evaluate seldom.
public struct CELBindings: CELActivation, Sendable {
    private var values: [CELLookup]

    /// One value for each variable of the environment, in the order of declaration.
    public init(_ values: [CELLookup]) { self.values = values }

    /// Values by name, for this environment. Variables that are not named are absent; names that it does not know are ignored.
    public init(_ named: [String: CELValue] = [:], in environment: CELEnvironment) {
        values = environment.variables.map { variable in named[variable.name].map(CELLookup.value) ?? .absent }
    }

    /// The value at this place, or absent.
    public func variable(at slot: Int) -> CELLookup {
        values.indices.contains(slot) ? values[slot] : .absent
    }
}
