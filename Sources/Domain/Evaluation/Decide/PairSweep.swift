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
        var kept = 0
        var judged = 0
    }

    mutating func run() {
        let limits = PairLimits(assessment)
        prepareActivities(limits)
        var tallies = [Tally](repeating: Tally(), count: assessment.plans.count)
        var found = [UInt32](repeating: 0, count: Self.blockSize)
        var cells = found
        let count = assessment.cells.count
        for start in stride(from: 0, to: count, by: Self.blockSize) {
            let block = start..<min(start + Self.blockSize, count)
            assessment.cells.read(block, into: &cells)
            countKept(block, cells, &tallies)
            for index in 0..<limits.findReaching(block, cells, &found) {
                let row = Int(found[index])
                let cell = Int(cells[row - start])
                let entry = limits.entries[cell]
                if entry.isIdle || !entry.isAlwaysJudged && limits.areNotReached(entry, row) { continue }
                tallies[cell].judged += 1
                if isKept(row) { tallies[cell].kept -= 1 }
                judge(row, entry, limits)
            }
        }
        self.count(tallies)
    }

    /// Rows are taken by blocks, so that what is looked at twice is in the cache.
    private static let blockSize = 4096

    /// Works out what other records tell of the last activity of the rows that may have reached a limit.
    private func prepareActivities(_ limits: PairLimits) {
        guard !limits.activities.isEmpty else { return }
        var needed = Array(repeating: RowSet(capacity: assessment.cells.count), count: limits.activities.count)
        var found = [UInt32](repeating: 0, count: Self.blockSize)
        var cells = found
        for segment in assessment.facts.segments.all where limits.groupsOfDerived.contains(segment.group) {
            for start in stride(from: segment.rows.lowerBound, to: segment.rows.upperBound, by: Self.blockSize) {
                let block = start..<min(start + Self.blockSize, segment.rows.upperBound)
                assessment.cells.read(block, into: &cells)
                for index in 0..<limits.findReaching(block, cells, &found) {
                    let row = Int(found[index])
                    for activity in limits.activitiesNeeded(limits.entries[Int(cells[row - start])], row) {
                        needed[activity][row] = true
                    }
                }
            }
        }
        for (activity, rows) in zip(limits.activities, needed) where !rows.isEmpty { activity.prepare(rows) }
    }

    private func isKept(_ row: Int) -> Bool {
        !assessment.keepEnds.isEmpty
            && (assessment.keepEnds[row].late > assessment.rules.asOf || assessment.matters(row) != 0)
    }

    /// - Parameter cells: those of the block's rows come first.
    private func countKept(_ block: Range<Int>, _ cells: [UInt32], _ tallies: inout [Tally]) {
        guard !assessment.keepEnds.isEmpty else { return }
        guard assessment.keepMatters.isEmpty else {
            for row in block where isKept(row) { tallies[Int(cells[row - block.lowerBound])].kept += 1 }
            return
        }
        let lateEnds = assessment.keepEnds.lateEnds
        let ends = lateEnds.span.extracting(block)
        let asOf = assessment.rules.asOf
        for place in ends.indices where ends[unchecked: place] > asOf { tallies[Int(cells[place])].kept += 1 }
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
        for (cell, plan) in assessment.plans.enumerated() {
            let (tally, rows) = (tallies[cell], assessment.rowsOfCells[cell])
            for policy in plan.matched { summary.policies[policy].matched += rows }
            for pair in plan.pairs {
                count(.kept, pair.policy, tally.kept)
                count(.allowed, pair.policy, rows - tally.judged - tally.kept)
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
