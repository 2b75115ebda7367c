extension CELLibrary {
    /// Macros that name the index or key besides the element: `list.all(i, x, …)`, `map.transformMap(k, v, …)`.
    ///
    /// In cel-go this is `TwoVarComprehensions`.
    public static let twoVariables: CELLibrary = {
        var library = CELLibrary(name: "two-var-comprehensions")
        let predicates: [(String, CELSyntax.Comprehension.Operation)] = [
            ("all", .all), ("exists", .exists), ("exists_one", .existsOne), ("existsOne", .existsOne),
        ]
        library.macros = predicates.map { Macro(name: $0, variables: 2, arguments: 3, operation: $1) }
        for operation: CELSyntax.Comprehension.Operation in [.transformList, .transformMap, .transformMapEntry] {
            for arguments in 3...4 {
                library.macros.append(
                    Macro(name: operation.rawValue, variables: 2, arguments: arguments, operation: operation))
            }
        }
        return library
    }()
}
