public import Chronology
public import Policies
public import Records

/// Decides about every record at one instant.
///
/// - Source: the design, section 5.
public struct Evaluator: Sendable {
    private let policies: PolicySet
    private let asOf: Moment
    private let options: ScanOptions

    /// An evaluator of these rules at this instant, which must be the one at which the inventory's times were read.
    public init(policies: PolicySet, asOf: Moment, options: ScanOptions) {
        self.policies = policies
        self.asOf = asOf
        self.options = options
    }

    /// The answer for an inventory.
    ///
    /// - Parameter gone: records that its sources had once and have no more, and that we did not delete.
    public func evaluate(_ inventory: Inventory, gone: [GoneRecord] = []) -> ScanResult {
        evaluate(inventory, gone: gone) { _ in }
    }

    /// The answer for an inventory, with a call at the end of each phase.
    package func evaluate(
        _ inventory: Inventory, gone: [GoneRecord] = [], after: (EvaluationPhase) -> Void
    ) -> ScanResult {
        let assessment = Assessment(inventory, policies, asOf: asOf, after: after)
        var sweep = PairSweep(assessment)
        sweep.run()
        after(.swept)
        let marks = assessment.settle(sweep.marks)
        after(.settled)
        var findings = sweep.finish(marks)
        var summary = sweep.summary
        add(EarlyExpiry(assessment: assessment).findings(), to: &findings, &summary, marks)
        var access = AccessSweep(assessment)
        access.run()
        after(.validated)
        add(access, to: &findings, &summary, marks)
        var matterSets = assessment.matterSets
        let lost = self.lost(gone, in: inventory, assessment.rules)
        add(lost, after: inventory.count, to: &findings, &summary, &matterSets, assessment.rules)
        let uncovered = UncoveredRecords.rows(assessment)
        summary[.uncovered] = uncovered.count
        for coverage in inventory.coverage { coverage.rereading.map { summary.add($0.tally) } }
        if options.requireCoverage { findings += uncovered.rows.map { Self.uncovered($0, mayGo: marks.mayGo[$0]) } }
        summary.violations = findings.count { $0.isViolation && $0.severity >= options.failOn }
        let completeness = Completeness(
            assessment: assessment, summary: summary, errors: findings.filter { $0.state == .error })
        let absorbed = options.isStrict ? AbsorbedSweep(assessment).errors() : []
        defer { after(.finished) }
        let named = lost.isEmpty ? inventory : inventory.naming(lost.map(\.record))
        let segments = lost.isEmpty ? assessment.facts.segments : Segments(named)
        return ScanResult(
            inventory: named, policies: policies, asOf: asOf, options: options,
            findings: FindingOrder(named, segments, policies).sorted(consume findings), summary: summary,
            incomplete: (completeness.reasons() + absorbed.map(\.incompleteness)).sorted(),
            warnings: completeness.warnings(), absorbed: absorbed, matterSets: matterSets, lost: lost,
            assessment: assessment, marks: marks)
    }

    private func add(
        _ early: [Finding], to findings: inout [Finding], _ summary: inout Summary, _ marks: Marks
    ) {
        for var finding in early {
            finding.mayGo = marks.mayGo[finding.row]
            summary[.earlyExpiry] += 1
            if let policy = finding.policy { summary.policies[policy][.earlyExpiry] += 1 }
            findings.append(finding)
        }
    }

    /// What of the records that are gone should be there. What another list still has is not gone.
    private func lost(_ gone: [GoneRecord], in inventory: Inventory, _ rules: RulesInForce) -> [LostRecord] {
        gone.compactMap { record in
            guard let source = inventory.sourceNames.firstIndex(of: record.source),
                inventory.row(source: source, kind: record.kind, id: record.id) == nil
            else { return nil }
            let breaches = LostRecords(rules: rules).breaches(record)
            return breaches.isEmpty ? nil : LostRecord(record: record, breaches: breaches)
        }
    }

    private func add(
        _ lost: [LostRecord], after count: Int, to findings: inout [Finding], _ summary: inout Summary,
        _ matterSets: inout [[Int]], _ rules: RulesInForce
    ) {
        for (place, record) in lost.enumerated() {
            let holds = record.breaches.filter { $0.until == Ends.never }.compactMap(\.hold).sorted {
                policies.holds[$0].name < policies.holds[$1].name
            }
            let set = matterSets.firstIndex(of: holds) ?? matterSets.count
            if set == matterSets.count { matterSets.append(holds) }
            for finding in record.findings(count + place, rules, matters: MatterSet(index: UInt32(set))) {
                summary[.lost] += 1
                if let policy = finding.policy { summary.policies[policy][.lost] += 1 }
                findings.append(finding)
            }
        }
    }

    private func add(
        _ access: AccessSweep, to findings: inout [Finding], _ summary: inout Summary, _ marks: Marks
    ) {
        summary.access = access.counts
        for counts in access.counts {
            for state in State.allCases { summary[state] += counts[state] }
        }
        for var finding in access.findings {
            finding.mayGo = marks.mayGo[finding.row]
            findings.append(finding)
        }
    }

    private static func uncovered(_ row: Int, mayGo: Bool) -> Finding {
        var finding = Finding(row: row, policy: nil, rule: .coverage, state: .uncovered, severity: .medium)
        finding.isViolation = true
        finding.mayGo = mayGo
        return finding
    }
}

extension Assessment {
    /// What may go, what goes with it, and what is in use.
    func settle(_ marks: Marks) -> Marks {
        var marks = marks
        if !marks.asksToGo.isEmpty {
            let isProtected = plans.map(\.isProtectedByUnread)
            for row in 0..<cells.count where isProtected[cells[row]] { marks.isBlocked[row] = true }
            if !review.isEmpty {
                for segment in facts.segments.all {
                    for row in segment.rows
                    where review.sendsToReview(row, segment.kind, source: segment.source) {
                        marks.isBlocked[row] = true
                    }
                }
            }
        }
        Departure(facts: facts, isLayered: isLayered).settle(&marks)
        return marks
    }
}
