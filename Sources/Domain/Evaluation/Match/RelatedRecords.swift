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
        rows = CompressedRows(inventory) { pair in
            if relation == .contained {
                let containers = inventory.containers
                for row in containers.indices where containers[row] < Inventory.unknownContainer {
                    pair(containers[row], UInt32(truncatingIfNeeded: row))
                }
            }
            for edge in 0..<edges.count where edges.relation[edge] == wanted {
                if relation == .using {
                    pair(edges.to[edge], edges.from[edge])
                } else {
                    pair(edges.from[edge], edges.to[edge])
                }
            }
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

    /// The rows of all elements, in an order that means nothing.
    func anyOrder(of row: Int) -> ArraySlice<UInt32> { rows.others(of: row) }
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
