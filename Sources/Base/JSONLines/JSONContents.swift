/// What the objects of a tree say in their keys.
public struct JSONContents: Sendable, Equatable {
    /// Whether any object has a key twice: how a value could hide from one reader and show itself to another.
    public internal(set) var repeatsKey = false
    /// Whether any key is one of the names that are looked for.
    public internal(set) var hasName = false

    /// Adds what another tree says.
    mutating func formUnion(_ other: JSONContents) {
        repeatsKey = repeatsKey || other.repeatsKey
        hasName = hasName || other.hasName
    }
}
