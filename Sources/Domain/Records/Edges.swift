/// References between rows: sorted by the row that they leave, each target once.
///
/// The container of a record stands in the inventory's own column; an edge `contains` is here only where two records
/// of one id named two containers.
public struct Edges: Sendable {
    /// The rows that the edges leave, ascending.
    public private(set) var from: [UInt32] = []
    /// The rows that they reach.
    public private(set) var to: [UInt32] = []
    /// How the one refers to the other.
    public private(set) var relation: [Relation] = []

    /// Edges in any order; repeated ones count once.
    init(_ edges: [(from: UInt32, to: UInt32, relation: Relation)]) {
        var ordered = edges
        Self.sort(&ordered)
        from.reserveCapacity(ordered.count)
        to.reserveCapacity(ordered.count)
        relation.reserveCapacity(ordered.count)
        for (index, edge) in ordered.enumerated() {
            if index > 0, Self.key(ordered[index - 1]) == Self.key(edge) { continue }
            from.append(edge.from)
            to.append(edge.to)
            relation.append(edge.relation)
        }
    }

    /// Edges come nearly in order: those of one record stand together, so that only these few need sorting.
    private static func sort(_ edges: inout [(from: UInt32, to: UInt32, relation: Relation)]) {
        guard zip(edges, edges.dropFirst()).allSatisfy({ $0.from <= $1.from }) else {
            return edges.sort { key($0) < key($1) }
        }
        var start = 0
        while start < edges.count {
            var end = start + 1
            var isSorted = true
            while end < edges.count, edges[end].from == edges[start].from {
                isSorted = isSorted && key(edges[end - 1]) < key(edges[end])
                end += 1
            }
            if !isSorted { edges[start..<end].sort { key($0) < key($1) } }
            start = end
        }
    }

    /// How many edges there are.
    public var count: Int { from.count }

    /// The positions of the edges that leave a row.
    public func leaving(_ row: Int) -> Range<Int> { Self.range(of: UInt32(row), in: from) }

    static func range(of value: UInt32, in sorted: [UInt32]) -> Range<Int> {
        let start = lowerBound(value, in: sorted)
        var end = start
        while end < sorted.count, sorted[end] == value { end += 1 }
        return start..<end
    }

    private static func lowerBound(_ value: UInt32, in sorted: [UInt32]) -> Int {
        var low = 0
        var high = sorted.count
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] < value { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func key(_ edge: (from: UInt32, to: UInt32, relation: Relation)) -> (UInt32, UInt8, UInt32) {
        (edge.from, edge.relation.rawValue, edge.to)
    }
}

/// The same references, found by what they reach. Made when something asks who holds a record.
public struct ReverseEdges: Sendable {
    private let starts: [UInt32]
    private let sources: [UInt32]
    private let relations: [Relation]

    /// The containers and the users of every row of the inventory.
    public init(_ inventory: Inventory) {
        let edges = inventory.edges
        var counts = [UInt32](repeating: 0, count: inventory.count + 1)
        for target in edges.to { counts[Int(target) + 1] += 1 }
        for row in 1..<counts.count where counts.count > 1 { counts[row] += counts[row - 1] }
        starts = counts
        var sources = [UInt32](repeating: 0, count: edges.count)
        var relations = [Relation](repeating: .cites, count: edges.count)
        for edge in 0..<edges.count {
            let target = Int(edges.to[edge])
            sources[Int(counts[target])] = edges.from[edge]
            relations[Int(counts[target])] = edges.relation[edge]
            counts[target] += 1
        }
        self.sources = sources
        self.relations = relations
    }

    /// How many rows refer to this one.
    public func count(_ row: Int) -> Int { Int(starts[row + 1] - starts[row]) }

    /// The rows that refer to this one, with how.
    public func reaching(_ row: Int) -> [(row: Int, relation: Relation)] {
        (Int(starts[row])..<Int(starts[row + 1])).map { (Int(sources[$0]), relations[$0]) }
    }
}
