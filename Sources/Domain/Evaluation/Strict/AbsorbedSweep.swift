internal import CEL
internal import Policies
internal import Records

/// Asks every condition, clock, variable and validation once more, of each record of which the run asked it, for the
/// errors that it absorbs.
///
/// The decisions are made in faster ways, which know the answer and not what gave way to it. This is the general
/// evaluator alone, so that what is reported depends on the documents and the records and on nothing else.
struct AbsorbedSweep {
    private let assessment: Assessment

    init(_ assessment: Assessment) { self.assessment = assessment }

    /// Sorted.
    func errors() -> [AbsorbedError] {
        (assessment.book.rules.flatMap(condition) + clocks() + validations()).sorted()
    }

    private var policies: PolicySet { assessment.rules.policies }

    private func condition(_ rule: MatchRule) -> [AbsorbedError] {
        guard !rule.isImpossible, let expression = rule.match.condition else { return [] }
        var tally = AbsorbedTally(policies.title(of: rule.document), expression)
        let columns = rule.conditionParts.map { parts in
            Set(parts.map(\.column)).map { $0.codes(assessment.facts.inventory) }
        }
        for segment in assessment.facts.segments.all where rule.covers(segment.kind, source: segment.source) {
            // Rows of one value in each column that the condition reads have one outcome.
            var rowsByCode: [[Int]: (row: Int, count: Int)] = [:]
            for row in segment.rows where rule.asksCondition(of: row) {
                if let columns {
                    rowsByCode[columns.map { $0.place(row) }, default: (row, 0)].count += 1
                } else {
                    tally.add(rule.absorbed(row))
                }
            }
            for (row, count) in rowsByCode.values { tally.add(rule.absorbed(row), records: count) }
        }
        return tally.errors
    }

    private func clocks() -> [AbsorbedError] {
        policies.retention.indices.flatMap { policy -> [AbsorbedError] in
            guard case .custom(let expression) = policies.retention[policy].clock else { return [] }
            let isMatched = assessment.plans.map { $0.matched.contains(policy) }
            var tally = AbsorbedTally(policies.title(of: .policy(policy)), expression)
            for row in 0..<assessment.cells.count where isMatched[assessment.cells[row]] {
                tally.add(assessment.judge.clocks.absorbed(policy, row))
            }
            return tally.errors
        }
    }

    private func validations() -> [AbsorbedError] {
        policies.access.indices.flatMap { policy -> [AbsorbedError] in
            let isMatched = assessment.plans.map { plan in
                plan.access.contains { $0.policy == policy && $0.isCertain }
            }
            let title = policies.title(of: .access(policy))
            var validations = policies.access[policy].validations.map { AbsorbedTally(title, $0.expression) }
            var variables = policies.access[policy].variables.map { AbsorbedTally(title, $0.expression) }
            for row in 0..<assessment.cells.count where isMatched[assessment.cells[row]] {
                for index in validations.indices {
                    validations[index].add(assessment.access.outcome(index, of: policy, row).absorbed)
                }
                for (index, errors) in assessment.access.absorbedByVariables(of: policy, row).enumerated() {
                    variables[index].add(errors)
                }
            }
            return (validations + variables).flatMap(\.errors)
        }
    }
}

extension MatchRule {
    /// Whether all else leaves open that the document speaks of the record, so that its condition is asked.
    fileprivate func asksCondition(of row: Int) -> Bool {
        hasId(row) && named(row) != .no && createdBetween(row) != .no
    }
}

extension PolicySet {
    /// A document's kind and name.
    fileprivate func title(of document: MatchRule.Document) -> String {
        switch document {
        case .policy(let index): "RetentionPolicy \(retention[index].name)"
        case .hold(let index): "LegalHold \(holds[index].name)"
        case .exception(let index): "PolicyException \(exceptions[index].name)"
        case .access(let index): "AccessPolicy \(access[index].name)"
        }
    }
}
