/// What expressions may name: variables, object types and functions, besides the standard ones.
public struct CELEnvironment: Sendable {
    /// A variable and its type.
    public struct Variable: Sendable, Hashable {
        /// Its name, which may be dotted.
        public let name: String
        /// What it may hold.
        public let type: CELType
    }

    /// The namespace in which names are looked up first.
    public var container: String
    /// What its expressions may be and cost.
    public var limits: CELLimits
    /// In the order of their slots.
    public private(set) var variables: [Variable] = []
    private(set) var slots: [String: Int] = [:]
    private(set) var objectTypes: [String: CELObjectType] = [:]
    private(set) var functions: [String: [CELFunction]] = [:]

    /// An environment with the standard functions and nothing else.
    public init(container: String = "", limits: CELLimits = .standard) {
        self.container = container
        self.limits = limits
    }

    /// Declares a variable; its slot is the number of those declared before. A second declaration changes the type.
    @discardableResult
    public mutating func declare(variable name: String, _ type: CELType) -> Int {
        if let slot = slots[name] {
            variables[slot] = Variable(name: name, type: type)
            return slot
        }
        slots[name] = variables.count
        variables.append(Variable(name: name, type: type))
        return variables.count - 1
    }

    /// Declares an object type, which other declarations may then name.
    public mutating func declare(object type: CELObjectType) { objectTypes[type.name] = type }

    /// Declares a function, or one more overload of it.
    public mutating func declare(function: CELFunction) { functions[function.name, default: []].append(function) }

    /// The slot of a variable, or nil.
    public func slot(of variable: String) -> Int? { slots[variable] }
}
