internal import Records

/// Carries obligations over the references: `needed` down from containers and users, then K up from parts.
///
/// - Source: the design, section 5. Both are least fixed points. Real references go down the layers of kinds, and one
///   sweep each way reaches everything; made-up ones are flooded from the largest value, which visits a row once.
struct ObligationFlow {
    let facts: RecordFacts
    let isLayered: Bool

    /// From each row's own obligation to its K.
    func spread(_ obligations: inout Obligations) {
        if isLayered {
            sweepDown(&obligations)
            sweepUp(&obligations)
        } else {
            let relations = facts.relations
            flood(&obligations) { relations.parts(of: $0) + relations.used(by: $0) }
            flood(&obligations) { relations.containers(of: $0) }
        }
    }

    private func sweepDown(_ obligations: inout Obligations) {
        let containers = facts.inventory.containers
        let edges = facts.inventory.edges
        for layer in facts.segments.byLayer {
            for segment in layer where !segment.kind.containers.isEmpty {
                for row in segment.rows where containers[row] < Inventory.unknownContainer {
                    obligations.join(row, from: Int(containers[row]))
                }
            }
            for segment in layer {
                for edge in edges.leaving(segment.rows) where edges.relation[edge] != .cites {
                    obligations.join(Int(edges.to[edge]), from: Int(edges.from[edge]))
                }
            }
        }
    }

    private func sweepUp(_ obligations: inout Obligations) {
        let containers = facts.inventory.containers
        let edges = facts.inventory.edges
        for layer in facts.segments.byLayer.reversed() {
            for segment in layer where !segment.kind.parts.isEmpty {
                for edge in edges.leaving(segment.rows) where edges.relation[edge] == .contains {
                    obligations.join(Int(edges.from[edge]), from: Int(edges.to[edge]))
                }
            }
            for segment in layer where !segment.kind.containers.isEmpty {
                for row in segment.rows where containers[row] < Inventory.unknownContainer {
                    obligations.join(Int(containers[row]), from: row)
                }
            }
        }
    }

    private func flood(_ obligations: inout Obligations, _ next: (Int) -> [Int]) {
        obligations.ends.changeEach { flood(&$0, next) }
        floodMatters(&obligations, next)
    }

    private func flood(_ ends: inout [Int64], _ next: (Int) -> [Int]) {
        let sources = ends.indices.filter { ends[$0] != Ends.open }
        var isReached = [Bool](repeating: false, count: ends.count)
        for source in sources.sorted(by: { ends[$0] > ends[$1] }) where !isReached[source] {
            let value = ends[source]
            isReached[source] = true
            var stack = [source]
            while let row = stack.popLast() {
                ends[row] = value
                for other in next(row) where !isReached[other] {
                    isReached[other] = true
                    stack.append(other)
                }
            }
        }
    }

    private func floodMatters(_ obligations: inout Obligations, _ next: (Int) -> [Int]) {
        let own = obligations.matters
        let holds = Set(own.flatMap { obligations.sets.sets[Int($0)] })
        for hold in holds.sorted() {
            let matter = obligations.sets.number(of: CollectionOfOne(hold))
            var stack = own.indices.filter { obligations.sets.sets[Int(own[$0])].contains(hold) }
            var isReached = [Bool](repeating: false, count: own.count)
            for row in stack { isReached[row] = true }
            while let row = stack.popLast() {
                obligations.add(matter, to: row)
                for other in next(row) where !isReached[other] {
                    isReached[other] = true
                    stack.append(other)
                }
            }
        }
    }
}

extension Edges {
    /// The positions of the edges that leave consecutive rows.
    func leaving(_ rows: Range<Int>) -> Range<Int> {
        let start = firstLeaving(rows.lowerBound)
        return start..<max(start, firstLeaving(rows.upperBound))
    }

    private func firstLeaving(_ row: Int) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if Int(from[middle]) < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
