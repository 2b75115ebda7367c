/// The rules by which a name is looked up in a container.
enum Names {
    /// Where `name` may be declared, innermost first: in `a.b`, the name `x` is `a.b.x`, `a.x` or `x`; `.x` is only `x`.
    static func candidates(for name: String, in container: String) -> [String] {
        if name.hasPrefix(".") { return [String(name.dropFirst())] }
        var parts = container.split(separator: ".")
        var names: [String] = []
        while !parts.isEmpty {
            names.append(parts.joined(separator: ".") + "." + name)
            parts.removeLast()
        }
        return names + [name]
    }

    /// Types that an expression may name.
    static let types: [String: CELType] = {
        let named: [CELType] = [
            .bool, .int, .uint, .double, .string, .bytes, .null, .anyList, .anyMap, .type(.dyn), .timestamp, .duration,
        ]
        return Dictionary(uniqueKeysWithValues: named.map { ($0.name, $0) })
    }()
}

/// What a name in an expression stands for.
enum Referent: Sendable {
    /// The variable of a macro, by how many macros are around it.
    case local(Int)
    case variable(Int)
    case type(CELType)
    case undeclared(String)
}
