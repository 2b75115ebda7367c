/// Asks for every record of a privacy request to go, and notes what stops it.
///
/// - Source: the design, section 5: the request is itself a due pair of each record in it; exceptions and undetermined age
///   do not stop it; errors do; what is in use goes to review.
struct RequestSweep {
    let assessment: Assessment
    let asked: RowSet

    /// What is asked for, and what errors and users stop: of the records, and of all that they contain.
    func marks() -> Marks {
        var marks = Marks(count: asked.capacity)
        var reached = asked
        ContainmentFlow(facts: assessment.facts, isLayered: assessment.isLayered).down(&reached)
        for row in reached.rows {
            if assessment.verdicts(row, isUsed: false).contains(where: assessment.blocksDeletion) {
                marks.isBlocked[row] = true
            }
            if assessment.plan(row).kind.mayBeInUse { marks.asksForUsers[row] = true }
            if asked[row], !isKept(row) { marks.asksToGo[row] = true }
        }
        return marks
    }

    private func isKept(_ row: Int) -> Bool {
        assessment.matters(row) != 0 || assessment.keep(row).late > assessment.rules.asOf
    }
}
