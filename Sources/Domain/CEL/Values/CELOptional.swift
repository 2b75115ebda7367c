internal import Chronology

/// A value that may be missing: what `optional.of(x)` and `a.?b` give.
public struct CELOptional: CELOpaque {
    /// The value, or nil for `optional.none()`.
    public let value: CELValue?

    static let typeName = "optional_type"

    /// An optional that holds this value, or nothing.
    public init(_ value: CELValue?) { self.value = value }

    /// `optional_type`, as the language calls it.
    public var typeName: String { CELOptional.typeName }

    /// Never: the evaluator compares what is in two optionals itself.
    public func isEqual(to other: any CELOpaque) -> Bool { false }
}

extension CELType {
    /// An optional of values of that type.
    public static func optional(_ wrapped: CELType) -> CELType { .opaque(CELOptional.typeName, [wrapped]) }
}

extension CELValue {
    static func optional(_ value: CELValue?) -> CELValue { .opaque(CELOptional(value)) }

    /// Whether it is what a value of its type is when nobody set it: null, false, 0, empty.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let flag): !flag
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let list): list.count == 0
        case .map(let map): map.count == 0
        case .duration(let length): length.nanoseconds == 0
        case .timestamp(let time): time == .minimum
        case .opaque(let optional as CELOptional): optional.value == nil
        case .type, .object, .opaque: false
        }
    }
}
