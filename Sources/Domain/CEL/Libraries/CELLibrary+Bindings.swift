extension CELLibrary {
    /// `cel.bind(x, 1 + 2, x * x)`: a name for a value that is used more than once.
    public static let bindings: CELLibrary = {
        var library = CELLibrary(name: "bindings")
        library.macros = [Macro(name: "bind", namespace: "cel", arguments: 3, operation: .bind)]
        return library
    }()
}
