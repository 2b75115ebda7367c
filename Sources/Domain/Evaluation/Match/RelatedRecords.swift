internal import CEL
internal import Records
internal import Synchronization

/// The records that stand in one relation to another, as lists of the expression language.
///
/// A list is a row of compressed rows, and an element is a row of the inventory: naming either makes nothing. They are
/// sorted when an element is first named by its place, for sorting costs more than all that counts elements or asks
/// about all of them.
final class RelatedRecords: CELListSource {
    /// How the elements of a list stand to the record that has it.
    enum Relation: Sendable { case contained, used, using }

    private unowned let facts: RecordFacts
    private let rows: CompressedRows
    private let sortedRows = AtomicLazyReference<Sorted>()

    private final class Sorted: Sendable {
        let rows: CompressedRows

        init(_ rows: CompressedRows) { self.rows = rows }
    }

    init(_ relation: Relation, _ facts: RecordFacts) {
        self.facts = facts
        let inventory = facts.inventory
        let edges = inventory.edges
        let wanted: Records.Relation = relation == .contained ? .contains : .uses
        rows = CompressedRows { pair in
            if relation == .contained { Self.forEachContainer(inventory.containers, pair) }
            for edge in 0..<edges.count where edges.relation[edge] == wanted {
                let (from, to) = (edges.from[edge], edges.to[edge])
                if relation == .using {
                    pair(to, from..<from + 1)
                } else {
                    pair(from, to..<to + 1)
                }
            }
        }
    }

    /// Calls with every container and what follows each other in it: the parts of one mostly stand together.
    @inline(__always)
    private static func forEachContainer(
        _ containers: [UInt32], _ body: (_ container: UInt32, _ parts: Range<UInt32>) -> Void
    ) {
        let containers = containers.span
        var start = 0
        while start < containers.count {
            let container = containers[unchecked: start]
            var end = start + 1
            while end < containers.count, containers[unchecked: end] == container { end += 1 }
            if container < Inventory.unknownContainer {
                body(container, UInt32(truncatingIfNeeded: start)..<UInt32(truncatingIfNeeded: end))
            }
            start = end
        }
    }

    func count(of row: Int) -> Int { rows.count(of: row) }

    func element(at index: Int, of row: Int) -> CELLookup {
        .value(.object(CELObject(facts, row: self.row(at: index, of: row))))
    }

    /// The row of an element at an index below the count.
    func row(at index: Int, of row: Int) -> Int {
        let sorted = sortedRows.load() ?? sortedRows.storeIfNil(Sorted(rows.sorted(facts.inventory)))
        return sorted.rows.other(at: index, of: row)
    }

    /// Elements without an order, for what asks about all of them.
    var anyOrder: CompressedRows { rows }
}

/// The records that stand in a container beside the one in their column, which is so only where two records of one id
/// name two.
final class FurtherContainers: Sendable {
    private let byRow: [UInt32: [UInt32]]

    init(_ edges: Edges) {
        var byRow: [UInt32: [UInt32]] = [:]
        for edge in 0..<edges.count where edges.relation[edge] == .contains {
            byRow[edges.to[edge], default: []].append(edges.from[edge])
        }
        self.byRow = byRow
    }

    subscript(row: Int) -> [UInt32] { byRow.isEmpty ? [] : byRow[UInt32(row)] ?? [] }
}
