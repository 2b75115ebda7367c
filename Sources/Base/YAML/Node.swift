/// One node of a document, with the place where it starts.
public struct Node: Sendable {
    /// What a node holds.
    public enum Content: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping([Entry])
    }

    /// One key of a mapping and its value. Keys are scalars, and each is there once.
    public struct Entry: Sendable {
        /// The key.
        public let key: Scalar

        /// The value.
        public let value: Node
    }

    /// What the node holds.
    public let content: Content

    /// Where the node starts. An alias's node starts where the alias stands.
    public let mark: Mark

    /// The scalar, or nil if the node is none.
    public var scalar: Scalar? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar
    }

    /// The sequence's nodes, or nil if the node is no sequence.
    public var sequence: [Node]? {
        guard case .sequence(let nodes) = content else { return nil }
        return nodes
    }

    /// The mapping's entries, or nil if the node is no mapping.
    public var mapping: [Entry]? {
        guard case .mapping(let entries) = content else { return nil }
        return entries
    }

    /// Whether the node is the null of the core schema: nothing, `~` or `null`, unquoted.
    public var isNull: Bool { scalar?.resolved == .null }

    /// The value of that key in a mapping.
    public subscript(_ key: String) -> Node? {
        mapping?.first { $0.key.text == key }?.value
    }
}
