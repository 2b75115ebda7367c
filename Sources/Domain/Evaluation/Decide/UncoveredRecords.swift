internal import Records

/// Finds records of which no `atMost` speaks, nor of anything that contains them.
enum UncoveredRecords {
    static func rows(_ assessment: Assessment) -> RowSet {
        let isCovered = assessment.plans.map(\.isCovered)
        let cells = assessment.cells
        var uncovered = RowSet(capacity: cells.count)
        let inventory = assessment.facts.inventory
        // Which kinds of which sources have records that nothing speaks of.
        let groups = Set(assessment.plansInUse.filter { !$0.isCovered }.map(\.group))
        if groups.isEmpty { return uncovered }
        // Only where some record stands in two containers must everything that is covered be carried down.
        if inventory.edges.relation.contains(.contains) {
            var covered = RowSet(capacity: cells.count)
            for row in 0..<cells.count where isCovered[cells[row]] { covered[row] = true }
            ContainmentFlow(facts: assessment.facts, isLayered: assessment.isLayered).down(&covered)
            for row in 0..<cells.count where !covered[row] { uncovered[row] = true }
            return uncovered
        }
        let containers = inventory.containers
        for segment in assessment.facts.segments.all where groups.contains(segment.group) {
            for row in segment.rows where !isCovered[cells[row]] {
                var container = containers[row]
                while container < Inventory.unknownContainer, !isCovered[cells[Int(container)]] {
                    container = containers[Int(container)]
                }
                if container >= Inventory.unknownContainer { uncovered[row] = true }
            }
        }
        return uncovered
    }
}
