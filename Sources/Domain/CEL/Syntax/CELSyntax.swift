/// An expression as it was written: nodes that refer to each other by number, parts before wholes.
public struct CELSyntax: Sendable {
    /// A node's number.
    public typealias ID = Int

    /// What a node is.
    public enum Kind: Sendable {
        case literal(CELValue)
        /// A name. With a leading dot it is looked up at the root only.
        case identifier(String)
        /// `operand.field`; as a test, `has(operand.field)`.
        case select(operand: ID, field: String, isTest: Bool)
        /// A function or operator. Operators have names such as `_+_`, `_[_]`, `_?_:_`; `_&&_` and `_||_` take two or more.
        /// With optional values, `a.?b` is `_?._` of `a` and the string `b`, `a[?b]` is `_[?_]`, and an element or a
        /// map's value that may be left out is `?_`.
        case call(function: String, receiver: ID?, arguments: [ID])
        case list([ID])
        case map([Entry])
        case comprehension(Comprehension)
    }

    /// One `key: value` of a map.
    public struct Entry: Sendable {
        /// The key.
        public let key: ID
        /// The value.
        public let value: ID
    }

    /// A macro that names something for one of its parts: mostly the elements of a list or the keys of a map in turn.
    public struct Comprehension: Sendable {
        /// Which macro.
        public enum Operation: String, Sendable {
            case all, exists, existsOne = "exists_one", map, filter
            case transformList, transformMap, transformMapEntry
            /// Names one value, which is the range.
            case bind = "cel.bind"
            /// These two name what is in an optional, which is the range.
            case optMap, optFlatMap
        }

        /// Which macro it is.
        public let operation: Operation
        /// What is gone through.
        public let range: ID
        /// The name of the variable that holds each element; of two, each index or key.
        public let variable: String
        /// The name of the variable that holds each element or map's value where there are two.
        public let secondVariable: String?
        /// What is asked of each element; nil for `map` without a condition.
        public let condition: ID?
        /// What `map` makes of each element.
        public let transform: ID?
    }

    /// A node: what it is, and where in the text as UTF-8 offsets.
    public struct Node: Sendable {
        /// What it is.
        public let kind: Kind
        /// Where it is in the text, as UTF-8 offsets.
        public let range: Range<Int>
        /// Where the name stands that it adds to its parts: the field of `a.b.c`, the function of `a.f(x)`. The whole
        /// range where it adds none.
        public let name: Range<Int>
    }

    /// The text.
    public let source: CELSource
    /// All nodes, by number.
    public internal(set) var nodes: [Node] = []
    /// The node that is the whole.
    public internal(set) var root: ID = 0

    init(source: CELSource) { self.source = source }

    /// The node of that number.
    public subscript(id: ID) -> Node { nodes[id] }

    /// The text of a node.
    public func text(of id: ID) -> String { source.excerpt(nodes[id].range) }

    /// The parts of a node, in the order of the text.
    public func children(of id: ID) -> [ID] {
        switch nodes[id].kind {
        case .literal, .identifier: []
        case .select(let operand, _, _): [operand]
        case .call(_, let receiver, let arguments): (receiver.map { [$0] } ?? []) + arguments
        case .list(let elements): elements
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .comprehension(let comprehension):
            [comprehension.range] + [comprehension.condition, comprehension.transform].compactMap(\.self)
        }
    }

    /// Calls `visit` with every node from one down, each before its parts; where it returns false the parts are left out.
    ///
    /// - Parameter first: the node to begin with; nil for the root.
    public func walk(from first: ID? = nil, _ visit: (ID, Node) -> Bool) {
        var pending = [first ?? root]
        while let id = pending.popLast() {
            if visit(id, nodes[id]) { pending += children(of: id).reversed() }
        }
    }
}
