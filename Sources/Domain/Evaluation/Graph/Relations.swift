internal import Records

/// Who contains, and who uses, whom, in both directions. Made when something asks about single records or about a
/// graph that no sweep can order.
struct Relations: Sendable {
    private let containers: [UInt32]
    private let edges: Edges
    private let incoming: ReverseEdges
    private let partStarts: [UInt32]
    private let parts: [UInt32]
    /// Whether any record names two containers.
    let hasSharedParts: Bool

    init(_ inventory: Inventory) {
        containers = inventory.containers
        edges = inventory.edges
        hasSharedParts = edges.relation.contains(.contains)
        incoming = ReverseEdges(inventory)
        var starts = [UInt32](repeating: 0, count: inventory.count + 1)
        for container in containers where container < Inventory.unknownContainer { starts[Int(container) + 1] += 1 }
        for row in starts.indices.dropFirst() { starts[row] += starts[row - 1] }
        partStarts = starts
        var parts = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
        for (row, container) in containers.enumerated() where container < Inventory.unknownContainer {
            parts[Int(starts[Int(container)])] = UInt32(row)
            starts[Int(container)] += 1
        }
        self.parts = parts
    }

    /// The rows that a row contains directly.
    func parts(of row: Int) -> [Int] {
        let range = Int(partStarts[row])..<Int(partStarts[row + 1])
        return parts[range].map(Int.init) + targets(of: row, .contains)
    }

    /// The rows that contain a row directly.
    func containers(of row: Int) -> [Int] {
        let container = containers[row]
        // Whoever refers to a hub is not asked where nothing is contained twice.
        guard hasSharedParts else { return container < Inventory.unknownContainer ? [Int(container)] : [] }
        let others = incoming.reaching(row).filter { $0.relation == .contains }.map(\.row)
        return container < Inventory.unknownContainer ? [Int(container)] + others : others
    }

    /// The rows that a row uses directly.
    func used(by row: Int) -> [Int] { targets(of: row, .uses) }

    /// The rows that use a row directly.
    func users(of row: Int) -> [Int] {
        incoming.reaching(row).filter { $0.relation == .uses }.map(\.row)
    }

    /// How many rows refer to a row in whatever way, its container apart.
    func countReferring(to row: Int) -> Int { incoming.count(row) }

    /// The rows that cite a row.
    func citing(_ row: Int) -> [Int] {
        incoming.reaching(row).filter { $0.relation == .cites }.map(\.row)
    }

    private func targets(of row: Int, _ relation: Relation) -> [Int] {
        edges.leaving(row).filter { edges.relation[$0] == relation }.map { Int(edges.to[$0]) }
    }
}
