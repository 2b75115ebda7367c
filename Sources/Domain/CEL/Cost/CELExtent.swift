/// How large the values are that stand somewhere in an expression.
public indirect enum CELExtent: Sendable, Hashable {
    /// Nothing is known: it may be any value of any size.
    case anything
    /// A value whose size never matters: a number, a truth value, a time, a type, null, an opaque value of the host.
    case scalar
    /// A string or bytes of so many bytes. Where it may be empty it may be a scalar as well.
    case text(CELBounds)
    /// A list of so many elements, each of this extent.
    case list(CELBounds, of: CELExtent)
    /// A map of so many entries, their keys and values each of these extents.
    case map(CELBounds, keys: CELExtent, values: CELExtent)
    /// A value that may be missing, and its extent where it is there.
    case optional(CELExtent)
    /// An object of that type; what its fields hold is looked up under the name.
    case object(String)

    /// What is known of a value when only its type is.
    public init(_ type: CELType) {
        switch type {
        case .dyn, .parameter: self = .anything
        case .string, .bytes: self = .text(.any)
        case .list(let element): self = .list(.any, of: CELExtent(element))
        case .map(let key, let value): self = .map(.any, keys: CELExtent(key), values: CELExtent(value))
        case .object(let name): self = .object(name)
        case .opaque(CELOptional.typeName, let parts) where parts.count == 1: self = .optional(CELExtent(parts[0]))
        case .opaque(CELOptional.typeName, _): self = .optional(.anything)
        case .null, .bool, .int, .uint, .double, .timestamp, .duration, .type, .opaque: self = .scalar
        }
    }

    /// The extent of one value. What lists and maps of the host hold is not looked at.
    public init(of value: CELValue) {
        switch value {
        case .string(let text): self = .text(CELBounds(exactly: text.utf8.count))
        case .bytes(let bytes): self = .text(CELBounds(exactly: bytes.count))
        case .list(let list):
            guard case .values(let values) = list.storage else {
                self = .list(.any, of: .anything)
                return
            }
            self = .list(CELBounds(exactly: values.count), of: CELExtent(ofAll: values.map { CELExtent(of: $0) }))
        case .map(let map):
            guard case .entries(let entries) = map.storage else {
                self = .map(.any, keys: .text(.any), values: .anything)
                return
            }
            self = .map(
                CELBounds(exactly: entries.keys.count), keys: CELExtent(ofAll: entries.keys.map { CELExtent(of: $0) }),
                values: CELExtent(ofAll: entries.values.map { CELExtent(of: $0) }))
        case .object(let object): self = .object(object.source.objectType.name)
        case .opaque(let optional as CELOptional):
            self = .optional(optional.value.map { CELExtent(of: $0) } ?? .scalar)
        case .null, .bool, .int, .uint, .double, .timestamp, .duration, .type, .opaque: self = .scalar
        }
    }

    /// What holds of each of these. Of none of them anything would hold, and scalar is the least that can be said.
    init(ofAll extents: [CELExtent]) {
        self = extents.dropFirst().reduce(extents.first ?? .scalar) { $0.joined($1) }
    }

    /// What holds of a value that is of one of two extents.
    public func joined(_ other: CELExtent) -> CELExtent {
        switch (self, other) {
        case (.scalar, .scalar): .scalar
        case (.text(let left), .text(let right)): .text(left.joined(right))
        case (.text(let bytes), .scalar), (.scalar, .text(let bytes)): .text(bytes.orNone)
        case (.list(let left, let element), .list(let right, let other)):
            .list(left.joined(right), of: element.joined(other))
        case (.map(let left, let keys, let values), .map(let right, let otherKeys, let otherValues)):
            .map(left.joined(right), keys: keys.joined(otherKeys), values: values.joined(otherValues))
        case (.optional(let left), .optional(let right)): .optional(left.joined(right))
        case (.object(let left), .object(let right)) where left == right: self
        default: .anything
        }
    }
}

extension CELExtent {
    /// The bytes, where it is a string or bytes.
    var bytes: CELBounds {
        switch self {
        case .text(let bytes): bytes
        case .anything: .any
        default: .none
        }
    }

    /// How many elements or entries there are, where it is a list or a map.
    var count: CELBounds {
        switch self {
        case .list(let count, _), .map(let count, _, _): count
        case .anything: .any
        default: .none
        }
    }

    /// What stands in a list.
    var element: CELExtent {
        switch self {
        case .list(_, let element): element
        case .anything: .anything
        default: .scalar
        }
    }

    /// The same, where there are fewer elements, or none.
    var orFewer: CELExtent {
        if case .list(let count, let element) = self { .list(count.orNone, of: element) } else { self }
    }

    /// What an optional holds.
    var wrapped: CELExtent {
        switch self {
        case .optional(let wrapped): wrapped
        case .anything: .anything
        default: .scalar
        }
    }

    /// What comparing two values for equality charges: one for each part that both have, and a tenth of the bytes of
    /// texts. Where the two differ early it is one.
    func equality(with other: CELExtent) -> CELBounds {
        CELBounds(1, 1.saturatingSum(mostOfParts(beside: other)))
    }

    private func mostOfParts(beside other: CELExtent) -> Int {
        switch (self, other) {
        case (.anything, .anything): return CELBounds.unlimited
        case (.text, .text), (.text, .anything), (.anything, .text):
            return bytes.smaller(other.bytes).tenth.most
        case (.list, .list), (.list, .anything), (.anything, .list):
            return (count.smaller(other.count) * element.equality(with: other.element)).most
        case (.map, .map), (.map, .anything), (.anything, .map):
            return (count.smaller(other.count) * values.equality(with: other.values)).most
        case (.optional, .optional), (.optional, .anything), (.anything, .optional):
            return wrapped.equality(with: other.wrapped).most
        default: return 0
        }
    }

    /// What stands under the keys of a map.
    var values: CELExtent {
        switch self {
        case .map(_, _, let values): values
        case .anything: .anything
        default: .scalar
        }
    }

    /// The keys of a map.
    var keys: CELExtent {
        switch self {
        case .map(_, let keys, _): keys
        case .anything: .anything
        default: .scalar
        }
    }
}
