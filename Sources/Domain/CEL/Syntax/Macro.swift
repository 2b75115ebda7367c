/// A call that is no function: what it is written like, and what it stands for.
struct Macro: Sendable {
    let name: String
    /// What is written before the dot: nil for an operand, `cel` in `cel.bind`.
    var namespace: String?
    /// How many variables it names, in its first arguments.
    var variables = 1
    /// How many arguments it takes in all.
    let arguments: Int
    let operation: CELSyntax.Comprehension.Operation

    var fullName: String { namespace.map { "\($0).\(name)" } ?? name }

    /// `has` is none of these, for it asks about a field and goes through nothing.
    static let standard: [Macro] = [
        Macro(name: "all", arguments: 2, operation: .all), Macro(name: "exists", arguments: 2, operation: .exists),
        Macro(name: "exists_one", arguments: 2, operation: .existsOne),
        Macro(name: "existsOne", arguments: 2, operation: .existsOne),
        Macro(name: "filter", arguments: 2, operation: .filter), Macro(name: "map", arguments: 2, operation: .map),
        Macro(name: "map", arguments: 3, operation: .map),
    ]
}
