internal import Chronology
internal import Policies
internal import Records

/// Goes over all pairs once: what is certainly allowed or kept is counted by its cell, all else is judged.
struct PairSweep {
    private let assessment: Assessment
    private let outlines: [PolicyOutline]
    private(set) var summary: Summary
    private var findings: [Finding] = []
    private(set) var marks: Marks
    /// Rows whose verdicts wait for the question who uses whom.
    private var deferred: [Int] = []
    /// The verdicts on the row at hand.
    private var verdicts: [PairVerdict] = []

    init(_ assessment: Assessment) {
        self.assessment = assessment
        outlines = assessment.rules.policies.retention.map(PolicyOutline.init)
        summary = Summary()
        summary.records = assessment.cells.count
        summary.policies = Array(repeating: .init(), count: outlines.count)
        marks = Marks(count: assessment.cells.count)
    }

    /// The rows of a cell, by what became of them.
    private struct Tally {
        var rows = 0
        var kept = 0
        var judged = 0
    }

    mutating func run() {
        let limits = PairLimits(assessment)
        let asOf = assessment.rules.asOf
        let cells = assessment.cells
        let keepEnds = assessment.keepEnds
        let keepMatters = assessment.keepMatters
        let obliges = !keepEnds.isEmpty
        var tallies = [Tally](repeating: Tally(), count: assessment.plans.count)
        for row in cells.indices {
            let cell = Int(cells[row])
            tallies[cell].rows += 1
            let entry = limits.entries[cell]
            if entry.isIdle { continue }
            if entry.isAlwaysJudged || !limits.areNotReached(entry, row) {
                tallies[cell].judged += 1
                judge(row, entry, limits)
            } else if obliges, keepEnds[row].late > asOf || keepMatters[row] != 0 {
                tallies[cell].kept += 1
            }
        }
        count(tallies)
    }

    /// All findings, once it is answered who uses whom and which records may go.
    mutating func finish(_ marks: Marks) -> [Finding] {
        self.marks = marks
        for row in deferred {
            for verdict in assessment.verdicts(row, isUsed: marks.isUsed[row]) { take(verdict, row) }
        }
        for index in findings.indices { findings[index].mayGo = marks.mayGo[findings[index].row] }
        summary.mayGo = marks.mayGo.count
        defer { findings = [] }
        return findings
    }

    private mutating func count(_ tallies: [Tally]) {
        for (tally, plan) in zip(tallies, assessment.plans) {
            for policy in plan.matched { summary.policies[policy].matched += tally.rows }
            for pair in plan.pairs {
                count(.kept, pair.policy, tally.kept)
                count(.allowed, pair.policy, tally.rows - tally.judged - tally.kept)
            }
        }
    }

    private mutating func count(_ state: State, _ policy: Int, _ number: Int = 1) {
        summary[state] += number
        summary.policies[policy][state] += number
    }

    private mutating func judge(_ row: Int, _ entry: PairLimits.Entry, _ limits: PairLimits) {
        let circumstances = assessment.circumstances(row, isUsed: false)
        let isFree = !circumstances.hasMatter && circumstances.keep.late <= assessment.rules.asOf
        verdicts.removeAll(keepingCapacity: true)
        for index in entry.limits {
            let pair = limits.pairs[index]
            let verdict = assessment.judge.verdict(pair, clock: limits.clock(index, row), circumstances)
            if isFree, pair.deletes, verdict.isDue { marks.asksToGo[row] = true }
            verdicts.append(verdict)
        }
        if entry.isAlwaysJudged { verdicts += assessment.errors(row, assessment.plan(row)) }
        if verdicts.contains(where: \.blocksDeletion) { marks.isBlocked[row] = true }
        if verdicts.contains(where: \.asksForUsers) {
            marks.asksForUsers[row] = true
            deferred.append(row)
        } else {
            for verdict in verdicts { take(verdict, row) }
        }
    }

    private mutating func take(_ verdict: PairVerdict, _ row: Int) {
        count(verdict.state, verdict.policy)
        guard verdict.isReported(asOf: assessment.rules.asOf) else { return }
        findings.append(assessment.finding(verdict, row, outlines[verdict.policy]))
    }
}
