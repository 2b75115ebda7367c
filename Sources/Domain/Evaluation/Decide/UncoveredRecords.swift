internal import Records

/// Finds records of which no `atMost` speaks, nor of anything that contains them.
enum UncoveredRecords {
    static func rows(_ assessment: Assessment) -> [Int] {
        let isCovered = assessment.plans.map(\.isCovered)
        let cells = assessment.cells
        guard cells.contains(where: { !isCovered[Int($0)] }) else { return [] }
        var marks = cells.map { isCovered[Int($0)] }
        ContainmentFlow(facts: assessment.facts, isLayered: assessment.isLayered).down(&marks)
        return marks.indices.filter { !marks[$0] }
    }
}
