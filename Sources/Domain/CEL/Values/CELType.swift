/// A type of the Common Expression Language, as declared, deduced, or found in a value.
public indirect enum CELType: Hashable, Sendable {
    /// Anything: the checker lets it pass and the evaluator decides.
    case dyn
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case timestamp
    case duration
    case list(CELType)
    case map(CELType, CELType)
    /// The type of a type: `type(1)` is of type `type(int)`.
    case type(CELType)
    /// An object whose fields the environment declares under this name.
    case object(String)
    /// A type of the host that only registered functions can use, and the types that it is made of.
    case opaque(String, [CELType] = [])
    /// A variable in the signature of a generic function.
    case parameter(String)

    /// A list of anything, which is also what `list` denotes as a value.
    public static let anyList = CELType.list(.dyn)

    /// A map of anything, which is also what `map` denotes as a value.
    public static let anyMap = CELType.map(.dyn, .dyn)
}

extension CELType: CustomStringConvertible {
    /// The type as the language's documents write it: `map(string, list(int))`.
    public var description: String {
        switch self {
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .type(.dyn): "type"
        case .type(let inner): "type(\(inner))"
        case .opaque(let name, let parts) where !parts.isEmpty:
            "\(name)(\(parts.map(\.description).joined(separator: ", ")))"
        default: name
        }
    }

    /// The name that the type has as a value of the language, without parameters: `list`, `google.protobuf.Timestamp`.
    public var name: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .list: "list"
        case .map: "map"
        case .type: "type"
        case .object(let name), .opaque(let name, _), .parameter(let name): name
        }
    }
}
