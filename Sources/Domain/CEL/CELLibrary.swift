/// A named extension of the language, which an environment opts into.
///
/// The names and what they mean are those of cel-go's extension libraries.
public struct CELLibrary: Sendable {
    /// What it is called: `strings`, `optionals`.
    public let name: String
    let functions: [CELFunction]
    /// Operators and functions that the evaluator itself knows, for they choose what to evaluate.
    var signatures: [String: [Signature]] = [:]
    var macros: [Macro] = []
    /// Types that expressions may then name.
    var types: [CELType] = []
    var hasOptionalSyntax = false

    init(name: String, functions: [CELFunction] = []) {
        self.name = name
        self.functions = functions
    }

    /// All libraries, by name.
    public static let all: [CELLibrary] = [.bindings, .encoders, .optionals, .strings, .twoVariables]

    /// What it adds, as expressions call it, sorted: `base64.encode`, `optMap`, `_[?_]`.
    public var names: [String] {
        let macros = macros.map(\.fullName)
        return Set(functions.map(\.name) + signatures.keys + macros).sorted()
    }
}
