internal import Records

/// Carries a mark from containers to everything inside, or from parts to everything that they are in.
struct ContainmentFlow {
    let facts: RecordFacts
    let isLayered: Bool

    /// Marks everything inside of what is marked.
    func down(_ marks: inout RowSet) {
        if marks.isEmpty { return }
        guard isLayered else {
            let relations = facts.relations
            return flood(&marks) { relations.parts(of: $0) }
        }
        let containers = facts.inventory.containers
        let edges = facts.inventory.edges
        for layer in facts.segments.byLayer {
            for segment in layer where !segment.kind.containers.isEmpty {
                for row in segment.rows {
                    let container = containers[row]
                    if container < Inventory.unknownContainer, marks[Int(container)] { marks[row] = true }
                }
            }
            for segment in layer where !segment.kind.parts.isEmpty {
                for edge in edges.leaving(segment.rows) where edges.relation[edge] == .contains {
                    if marks[Int(edges.from[edge])] { marks[Int(edges.to[edge])] = true }
                }
            }
        }
    }

    /// Marks everything that what is marked is in.
    func up(_ marks: inout RowSet) {
        if marks.isEmpty { return }
        guard isLayered else {
            let relations = facts.relations
            return flood(&marks) { relations.containers(of: $0) }
        }
        let containers = facts.inventory.containers
        let edges = facts.inventory.edges
        for layer in facts.segments.byLayer.reversed() {
            for segment in layer where !segment.kind.parts.isEmpty {
                for edge in edges.leaving(segment.rows) where edges.relation[edge] == .contains {
                    if marks[Int(edges.to[edge])] { marks[Int(edges.from[edge])] = true }
                }
            }
            for segment in layer where !segment.kind.containers.isEmpty {
                var start = segment.rows.lowerBound
                while let row = marks.next(in: start..<segment.rows.upperBound) {
                    let container = containers[row]
                    if container < Inventory.unknownContainer { marks[Int(container)] = true }
                    start = row + 1
                }
            }
        }
    }

    private func flood(_ marks: inout RowSet, _ next: (Int) -> [Int]) {
        var stack = marks.rows
        while let row = stack.popLast() {
            for other in next(row) where !marks[other] {
                marks[other] = true
                stack.append(other)
            }
        }
    }
}
