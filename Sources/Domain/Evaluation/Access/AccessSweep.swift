internal import CEL
internal import Policies
internal import Records

/// Asks every validation of every record that its policy speaks of, once.
///
/// A validation that reads only texts of which the inventory knows the codes is asked once for each combination of
/// codes; any other is asked record by record.
struct AccessSweep {
    private let assessment: Assessment
    private let policies: [AccessPolicy]
    /// By policy, then validation.
    private var tables: [[AnswerTable?]]
    private(set) var findings: [Finding] = []
    /// By access policy.
    private(set) var counts: [Summary.PolicyCounts]

    init(_ assessment: Assessment) {
        self.assessment = assessment
        policies = assessment.rules.policies.access
        tables = assessment.access.tables(assessment.book)
        counts = Array(repeating: .init(), count: policies.count)
    }

    mutating func run() {
        let access = assessment.plans.map(\.access)
        guard access.contains(where: { !$0.isEmpty }) else { return }
        let cells = assessment.cells
        for segment in assessment.facts.segments.all {
            for row in segment.rows {
                for entry in access[Int(cells[row])] { ask(entry, row, segment.group) }
            }
        }
    }

    private mutating func ask(_ entry: CellPlan.Access, _ row: Int, _ group: Int) {
        counts[entry.policy].matched += 1
        for validation in tables[entry.policy].indices {
            let answer = entry.isCertain ? answer(validation, entry.policy, row, group) : .fails
            let verdict = Assessment.accessVerdict(validation, entry, answer)
            counts[entry.policy][verdict.state] += 1
            if verdict.state != .allowed { findings.append(Finding(verdict, row, policies[entry.policy])) }
        }
    }

    private mutating func answer(_ validation: Int, _ policy: Int, _ row: Int, _ group: Int) -> Answer {
        if let known = tables[policy][validation]?.answer(row, group) { return known }
        let answer = assessment.access.answer(validation, of: policy, row)
        tables[policy][validation]?.note(answer, row, group)
        return answer
    }
}

extension Finding {
    init(_ verdict: AccessVerdict, _ row: Int, _ policy: AccessPolicy) {
        self.init(
            row: row, accessPolicy: verdict.policy, validation: verdict.validation, state: verdict.state,
            severity: policy.severity)
        // What could not be asked for want of data makes the run incomplete; a violation is something that is known.
        let isWrong = verdict.state == .denied || (verdict.state == .error && !verdict.isUnread)
        isViolation = policy.mode == .enforce && isWrong
    }
}
