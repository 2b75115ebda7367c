internal import Records

/// Settles what may go, what goes with it, and what is in use because its user stays.
///
/// *Stays* is the least set that satisfies the rules: everything that is not stopped goes, until something that stays
/// uses it. On layered references a few sweeps reach the fixed point; on others every event is followed once.
struct Departure {
    let facts: RecordFacts
    let isLayered: Bool

    func settle(_ marks: inout Marks) {
        let flow = ContainmentFlow(facts: facts, isLayered: isLayered)
        guard !marks.asksToGo.isEmpty else {
            // Nothing goes, so every user stays.
            return markUsed(&marks, goes: RowSet(capacity: marks.mayGo.capacity))
        }
        flow.up(&marks.isBlocked)
        guard isLayered else {
            var spread = DepartureSpread(facts, marks)
            spread.run()
            marks = spread.marks
            return
        }
        while true {
            marks.mayGo = marks.asksToGo
            marks.mayGo.subtract(marks.isBlocked)
            var goes = marks.mayGo
            flow.down(&goes)
            let before = marks.isUsed
            markUsed(&marks, goes: goes)
            guard marks.isUsed != before else { return }
            flow.up(&marks.isBlocked)
        }
    }

    private func markUsed(_ marks: inout Marks, goes: RowSet) {
        if marks.asksForUsers.isEmpty { return }
        let edges = facts.inventory.edges
        for edge in 0..<edges.count where edges.relation[edge] == .uses {
            let target = Int(edges.to[edge])
            guard marks.asksForUsers[target], !goes[Int(edges.from[edge])] else { continue }
            marks.isUsed[target] = true
            marks.isBlocked[target] = true
        }
    }
}
