internal import Records

/// Who contains and who uses whom, taken from a run once for a walk over many records.
public struct Bonds: Sendable {
    private let containers: [UInt32]
    private let relations: Relations

    init(_ facts: RecordFacts) {
        containers = facts.inventory.containers
        relations = facts.relations
    }

    /// The first record that directly contains a record, of those that are wanted; nil where there is none.
    @inline(__always)
    public func container(of row: Int, where isWanted: (Int) -> Bool) -> Int? {
        let container = containers[row]
        if container < Inventory.unknownContainer, isWanted(Int(container)) { return Int(container) }
        guard relations.hasSharedParts else { return nil }
        return relations.containers(of: row).first(where: isWanted)
    }

    /// Whether any record stands in several containers.
    public var hasSharedParts: Bool { relations.hasSharedParts }

    /// The rows of the records that directly use a record.
    public func users(of row: Int) -> [Int] { relations.users(of: row) }
}

extension ScanResult {
    /// Who contains and who uses whom.
    public var bonds: Bonds { Bonds(assessment.facts) }

    /// Rows in the order of reports: by source, kind and id.
    public func ordered(_ rows: [Int]) -> [Int] {
        let (kinds, sources) = (inventory.kinds, inventory.sources)
        let order = inventory.sourceNames.indices.sorted { inventory.sourceNames[$0] < inventory.sourceNames[$1] }
        var ranks = [Int](repeating: 0, count: order.count)
        for (rank, source) in order.enumerated() { ranks[source] = rank }
        var groups = [[UInt32]](repeating: [], count: order.count * Kind.allCases.count)
        for row in rows {
            groups[ranks[Int(sources[row])] * Kind.allCases.count + Int(kinds[row].rawValue)].append(UInt32(row))
        }
        var ordered: [Int] = []
        ordered.reserveCapacity(rows.count)
        for group in groups { append(group, to: &ordered) }
        return ordered
    }

    /// Rows of one source and kind, by the bytes of their ids.
    private func append(_ rows: [UInt32], to ordered: inout [Int]) {
        var items = zip(inventory.idWords(rows), rows).map { RadixSort.Item(key: $0, index: $1) }
        RadixSort.sort(&items)
        var start = 0
        while start < items.count {
            var end = start + 1
            while end < items.count, items[end].key == items[start].key { end += 1 }
            if end - start > 1 {
                items[start..<end].sort { inventory.precedes(Int($0.index), Int($1.index)) }
            }
            start = end
        }
        for item in items { ordered.append(Int(item.index)) }
    }
}
