internal import CEL
internal import Policies
internal import Records

/// Asks every validation of every record that its policy speaks of, once.
///
/// A validation that reads only texts of which the inventory knows the codes is asked once for each combination of
/// codes; any other is asked record by record.
struct AccessSweep {
    private let assessment: Assessment
    /// By policy, then validation.
    private var tables: [[AnswerTable?]]
    private(set) var findings: [Finding] = []
    /// By access policy.
    private(set) var counts: [Summary.PolicyCounts]

    init(_ assessment: Assessment) {
        self.assessment = assessment
        let facts = assessment.facts
        tables = assessment.rules.policies.access.enumerated().map { index, policy in
            let segments = facts.segments.all.filter { segment in
                assessment.book.rules.contains {
                    $0.document == .access(index) && $0.covers(segment.kind, source: segment.source)
                }
            }
            return policy.validations.map { AnswerTable($0.expression.program, facts.inventory, segments) }
        }
        counts = Array(repeating: .init(), count: assessment.rules.policies.access.count)
    }

    mutating func run() {
        let isSpokenOf = assessment.plans.map { !$0.access.isEmpty }
        guard isSpokenOf.contains(true) else { return }
        let cells = assessment.cells
        for row in cells.indices where isSpokenOf[Int(cells[row])] {
            for entry in assessment.plans[Int(cells[row])].access { ask(entry, row) }
        }
    }

    private mutating func ask(_ entry: CellPlan.Access, _ row: Int) {
        counts[entry.policy].matched += 1
        let policy = assessment.rules.policies.access[entry.policy]
        for validation in policy.validations.indices {
            let holds = entry.isCertain ? holds(validation, entry.policy, row) : nil
            let verdict = assessment.accessVerdict(validation, entry, holds: holds)
            counts[entry.policy][verdict.state] += 1
            if verdict.state != .allowed { findings.append(Finding(verdict, row, policy)) }
        }
    }

    private mutating func holds(_ validation: Int, _ policy: Int, _ row: Int) -> Bool? {
        let group = assessment.facts.group(row)
        if let known = tables[policy][validation]?.answer(row, group) { return known.holds }
        let holds = assessment.access.outcome(validation, of: policy, row).condition
        tables[policy][validation]?.note(holds, row, group)
        return holds
    }
}

extension Finding {
    init(_ verdict: AccessVerdict, _ row: Int, _ policy: AccessPolicy) {
        self.init(
            row: row, accessPolicy: verdict.policy, validation: verdict.validation, state: verdict.state,
            severity: policy.severity)
        isViolation = policy.mode == .enforce && (verdict.state == .denied || verdict.state == .error)
    }
}

/// The answers of a validation by what it reads.
private struct AnswerTable {
    struct Answer { let holds: Bool? }

    private let column: ConditionColumn
    /// By source and kind, then code: 0 where the validation was not asked, else one more than its answer.
    private var answers: [Int: [UInt8]] = [:]

    /// Nil where the validation reads more than such texts.
    init?(_ program: CELProgram, _ inventory: Inventory, _ segments: [Segments.Segment]) {
        guard program.reads(only: [.object, .params]), let column = ConditionColumn(program, inventory, segments) else {
            return nil
        }
        self.column = column
    }

    func answer(_ row: Int, _ group: Int) -> Answer? {
        guard let known = answers[group]?[place(row)], known > 0 else { return nil }
        return Answer(holds: known == 1 ? nil : known == 2)
    }

    mutating func note(_ holds: Bool?, _ row: Int, _ group: Int) {
        answers[group, default: Array(repeating: 0, count: column.count + 1)][place(row)] =
            holds.map { $0 ? 2 : 3 } ?? 1
    }

    private func place(_ row: Int) -> Int {
        let code = column.codes[row]
        return code == StringTable.undecided ? 0 : Int(code) + 1
    }
}

extension CELProgram {
    /// Whether no other variable is read.
    fileprivate func reads(only variables: [ExpressionVariable]) -> Bool {
        let others = Set(ExpressionVariable.allCases.map(\.name)).subtracting(variables.map(\.name))
        return syntax.nodes.allSatisfy { node in
            guard case .identifier(let name) = node.kind else { return true }
            return !others.contains(name)
        }
    }
}
