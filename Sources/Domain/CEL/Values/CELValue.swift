public import Chronology

/// A value of the language.
///
/// Errors are no values: they travel beside them, see ``CELResult``.
public enum CELValue: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list(CELList)
    case map(CELMap)
    case timestamp(Instant)
    case duration(CELDuration)
    case type(CELType)
    case object(CELObject)
    indirect case opaque(any CELOpaque)

    /// The type that the value carries at run time. Lists and maps do not say what they hold.
    public var type: CELType {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list: .anyList
        case .map: .anyMap
        case .timestamp: .timestamp
        case .duration: .duration
        case .type: .type(.dyn)
        case .object(let object): .object(object.source.objectType.name)
        case .opaque(let opaque): .opaque(opaque.typeName)
        }
    }
}

/// A value, or why there is none.
public typealias CELResult = Result<CELValue, CELError>

/// What a lookup in the host's data gives.
public enum CELLookup: Sendable {
    /// The value is there.
    case value(CELValue)
    /// There is none: `has()` is false, and reading it is an error.
    case absent
    /// Whether there is one is not known, and why: `has()` and reading are both errors.
    case unknown(String)
}
