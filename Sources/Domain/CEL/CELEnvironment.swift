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
    /// The names of the libraries that are used, in the order in which they were added.
    public private(set) var libraries: [String] = []
    private(set) var slots: [String: Int] = [:]
    private(set) var objectTypes: [String: CELObjectType] = [:]
    private(set) var functions: [String: [CELFunction]] = [:]
    /// Functions and operators that the evaluator knows by name.
    private(set) var builtIn = StandardSignatures.all
    private(set) var macros = Macro.standard
    private(set) var types = Names.types
    private(set) var hasOptionalSyntax = false

    /// An environment with the standard functions, and those of the libraries.
    public init(container: String = "", limits: CELLimits = .standard, libraries: [CELLibrary] = []) {
        self.container = container
        self.limits = limits
        for library in libraries { use(library) }
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

    /// Adds what a library has. Adding one twice changes nothing.
    public mutating func use(_ library: CELLibrary) {
        guard !libraries.contains(library.name) else { return }
        libraries.append(library.name)
        for function in library.functions { declare(function: function) }
        builtIn.merge(library.signatures) { $0 + $1 }
        macros += library.macros
        for type in library.types { types[type.name] = type }
        hasOptionalSyntax = hasOptionalSyntax || library.hasOptionalSyntax
    }

    /// The slot of a variable, or nil.
    public func slot(of variable: String) -> Int? { slots[variable] }

    /// Every operator, macro and function that expressions may use, sorted: `_+_`, `all`, `size`, `base64.encode`.
    public var names: [String] {
        Set(["has"] + functions.keys + builtIn.keys + macros.map(\.fullName) + ["_&&_", "_||_"]).sorted()
    }
}
