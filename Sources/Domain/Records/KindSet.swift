/// A set of kinds in one word.
public struct KindSet: OptionSet, Hashable, Sendable {
    /// One bit a member, at the place of its raw value.
    public let rawValue: UInt32

    /// The set of these bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The set of just this kind.
    public init(_ kind: Kind) { rawValue = 1 << UInt32(kind.rawValue) }

    /// The set of these kinds.
    public init(_ kinds: some Sequence<Kind>) {
        self = kinds.reduce(into: []) { $0.formUnion(KindSet($1)) }
    }

    /// Every kind there is.
    public static let all = KindSet(Kind.allCases)

    /// Whether the kind is in the set.
    @inlinable
    public func has(_ kind: Kind) -> Bool { rawValue & (1 << UInt32(kind.rawValue)) != 0 }

    /// The kinds of the set, in the vocabulary's order.
    public var kinds: [Kind] { Kind.allCases.filter(has) }
}
