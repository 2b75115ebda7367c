internal import CEL
internal import Policies
internal import Records

/// Asks every validation of every record that its policy speaks of, once.
///
/// Validations are asked of blocks of records.
struct AccessSweep {
    private let assessment: Assessment
    private let policies: [AccessPolicy]
    /// By policy, then validation.
    private let kernels: [[Kernel]]
    private(set) var findings: [Finding] = []
    /// By access policy.
    private(set) var counts: [Summary.PolicyCounts]

    init(_ assessment: Assessment) {
        self.assessment = assessment
        policies = assessment.rules.policies.access
        kernels = assessment.access.kernels()
        counts = Array(repeating: .init(), count: policies.count)
    }

    mutating func run() {
        let access = assessment.plans.map(\.access)
        guard access.contains(where: { !$0.isEmpty }) else { return }
        for segment in assessment.facts.segments.all {
            var start = segment.rows.lowerBound
            while start < segment.rows.upperBound {
                let end = min(start + Kernel.blockSize, segment.rows.upperBound)
                ask(start..<end, access)
                start = end
            }
        }
    }

    private mutating func ask(_ block: Range<Int>, _ access: [[CellPlan.Access]]) {
        let cells = assessment.cells
        var asked = [[(row: UInt32, entry: CellPlan.Access)]](repeating: [], count: policies.count)
        for row in block {
            for entry in access[cells[row]] { asked[entry.policy].append((UInt32(row), entry)) }
        }
        for policy in asked.indices where !asked[policy].isEmpty {
            counts[policy].matched += asked[policy].count
            let certain = asked[policy].filter(\.entry.isCertain)
            let undecided = asked[policy].filter { !$0.entry.isCertain }
            for validation in kernels[policy].indices {
                let answers = kernels[policy][validation].answers(certain.map(\.row))
                for (index, (row, entry)) in certain.enumerated() {
                    let answer = assessment.access.answer(answers[index], validation, of: policy, Int(row))
                    take(validation, entry, row, answer)
                }
                for (row, entry) in undecided { take(validation, entry, row, .fails) }
            }
        }
    }

    private mutating func take(_ validation: Int, _ entry: CellPlan.Access, _ row: UInt32, _ answer: Answer) {
        let verdict = Assessment.accessVerdict(validation, entry, answer)
        counts[entry.policy][verdict.state] += 1
        if verdict.state != .allowed { findings.append(Finding(verdict, Int(row), policies[entry.policy])) }
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
