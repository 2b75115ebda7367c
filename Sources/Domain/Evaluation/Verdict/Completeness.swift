internal import Chronology
internal import Policies
internal import Records

/// Says why a run did not see or decide everything, and what deserves a look.
struct Completeness {
    let assessment: Assessment
    let summary: Summary
    /// The errors among the findings.
    let errors: [Finding]

    private var inventory: Inventory { assessment.facts.inventory }
    private var policies: PolicySet { assessment.rules.policies }
    private var asOf: Int64 { assessment.rules.asOf }

    /// The reasons, sorted.
    func reasons() -> [Incompleteness] {
        var reasons = undecidedPairs() + undecidedValidations() + unreadSources()
        for (index, coverage) in inventory.coverage.enumerated() {
            reasons += lostData(coverage)
            reasons += retiredKinds(coverage)
            reasons += partlyKnownKinds(coverage)
            reasons += missingRecords(coverage)
            reasons += unreadUses(coverage)
            reasons += unmetExpectations(index, coverage)
            reasons += blindPolicies(index, coverage)
        }
        return Set(reasons).sorted()
    }

    private func undecidedPairs() -> [Incompleteness] {
        policies.retention.indices.flatMap { index -> [Incompleteness] in
            let policy = policies.retention[index]
            var reasons: [Incompleteness] = []
            let errors = summary.policies[index][.error]
            if errors > 0 {
                reasons.append(
                    .init(
                        source: nil,
                        message: "policy \(policy.name) could not be decided for \(records(errors))"
                            + assessment.budgetExcesses(self.errors.filter { $0.policy == index })))
            }
            let open = summary.policies[index][.undetermined]
            if open > 0, policy.onUndetermined == .fail {
                reasons.append(
                    .init(
                        source: nil,
                        message: "policy \(policy.name): the age of \(records(open)) is not known well enough"))
            }
            return reasons
        }
    }

    private func undecidedValidations() -> [Incompleteness] {
        policies.access.indices.compactMap { index in
            let count = summary.access[index][.error]
            guard count > 0 else { return nil }
            let validations = count == 1 ? "1 validation" : "\(count) validations"
            let excesses = assessment.budgetExcesses(errors.filter { $0.accessPolicy == index })
            return .init(
                source: nil,
                message: "policy \(policies.access[index].name): \(validations) could not be decided\(excesses)")
        }
    }

    /// A source that the documents name and nobody looked at, for whatever reason, is not clean.
    private func unreadSources() -> [Incompleteness] {
        let read = Set(inventory.sourceNames)
        return policies.sources.filter { !read.contains($0.name) }.map {
            .init(source: $0.name, message: "not looked at: this version reads no source of type \($0.type)")
        }
    }

    /// What was lost on the way, which no accepted gap excuses, and what the source does not show, which one does.
    ///
    /// Whoever accepts a gap says that a source never shows some kinds. So the gap excuses lists and records that the
    /// source itself refused from the beginning. It excuses no line that could not be read, no list that began and broke
    /// off, and no service that was busy or did not answer: they could be read, and something of them was lost.
    private func lostData(_ coverage: SourceCoverage) -> [Incompleteness] {
        let excused = policies.sources.first { $0.name == coverage.name }.map(excusedKinds) ?? []
        var reasons: [Incompleteness] = []
        for kind in Kind.allCases {
            let lost = coverage[kind].lost - (excused.has(kind) ? coverage[kind].withheld : 0)
            guard lost > 0 else { continue }
            reasons.append(.init(source: coverage.name, message: "\(lost) of \(kind.fileStem) could not be read"))
        }
        if coverage.lostOfUnknownKind > 0 {
            reasons.append(
                .init(
                    source: coverage.name,
                    message: "\(coverage.lostOfUnknownKind) lines of a kind that nobody knows could not be read"))
        }
        for (code, count) in inventory.problems.losses(inSource: coverage.name) {
            reasons.append(.init(source: coverage.name, message: "data was lost: \(code.rawValue) (\(count))"))
        }
        if Kind.allCases.allSatisfy({ coverage[$0].records == 0 }) {
            reasons.append(.init(source: coverage.name, message: "no record at all was seen"))
        }
        return reasons
    }

    /// What a service no longer has may still be there: nobody can look.
    private func retiredKinds(_ coverage: SourceCoverage) -> [Incompleteness] {
        let kinds = unexcused(coverage) { $0.isRetired }
        guard !kinds.isEmpty else { return [] }
        let surfaces = Set(kinds.compactMap { coverage[$0].retiredSurface }).sorted().joined(separator: ", ")
        return [
            .init(
                source: coverage.name,
                message: "retired: the service has no surface for \(names(kinds)) (\(surfaces) is not there), "
                    + "or the address is wrong; scan an export of them, or accept the gap")
        ]
    }

    /// What no list has is known in part, unless somebody vouches that the rest is nothing.
    private func partlyKnownKinds(_ coverage: SourceCoverage) -> [Incompleteness] {
        let kinds = unexcused(coverage) { $0.isKnownInPart }
        guard !kinds.isEmpty else { return [] }
        let counts = kinds.map { "\($0.name) \(coverage[$0].records)" }.joined(separator: ", ")
        return [
            .init(
                source: coverage.name,
                message:
                    "known in part: no list has them all, so there may be more than what stands behind the ids that "
                    + "are known (\(counts)); name every id in a registry with complete: true, or accept the gap")
        ]
    }

    private func missingRecords(_ coverage: SourceCoverage) -> [Incompleteness] {
        unexcused(coverage) { $0.missing > 0 }.map { kind in
            .init(
                source: coverage.name,
                message: "the service counts \(coverage[kind].missing) more of \(kind.fileStem) than its lists have; "
                    + "scan again, and where that changes nothing accept the gap")
        }
    }

    private func unreadUses(_ coverage: SourceCoverage) -> [Incompleteness] {
        unexcused(coverage) { $0.unreadUses > 0 }.map { kind in
            .init(
                source: coverage.name,
                message: "what \(coverage[kind].unreadUses) of \(kind.fileStem) use could not be read to its end, so "
                    + "that nothing that they may use is called unused; scan again, or accept the gap")
        }
    }

    /// The kinds of which something holds that no accepted gap excuses.
    private func unexcused(_ coverage: SourceCoverage, _ holds: (KindCoverage) -> Bool) -> [Kind] {
        let excused = policies.sources.first { $0.name == coverage.name }.map(excusedKinds) ?? []
        return Kind.allCases.filter { holds(coverage[$0]) && !excused.has($0) }
    }

    private func names(_ kinds: [Kind]) -> String { kinds.map(\.name).joined(separator: ", ") }

    private func unmetExpectations(_ index: Int, _ coverage: SourceCoverage) -> [Incompleteness] {
        guard let source = policies.sources.first(where: { $0.name == coverage.name }) else { return [] }
        let excused = excusedKinds(source)
        var reasons: [Incompleteness] = []
        for (kind, minimum) in source.atLeast where coverage[kind].records < minimum && !excused.has(kind) {
            reasons.append(
                .init(
                    source: coverage.name,
                    message: "\(coverage[kind].records) of \(kind.fileStem) were seen, and \(minimum) are expected; "
                        + "check what the source shows, or correct the number"))
        }
        for canary in source.canaries {
            let isSeen = inventory.rows(withId: canary).contains { Int(inventory.sources[$0]) == index }
            if !isSeen {
                reasons.append(
                    .init(
                        source: coverage.name,
                        message: "the canary \(canary) was not seen; check what the source shows, or name another"))
            }
        }
        return reasons
    }

    private func blindPolicies(_ index: Int, _ coverage: SourceCoverage) -> [Incompleteness] {
        let excused = policies.sources.first { $0.name == coverage.name }.map(excusedKinds) ?? []
        let matches = policies.retention.map { ($0.name, $0.match) } + policies.access.map { ($0.name, $0.match) }
        return matches.compactMap { policy, match in
            guard let kinds = match.kinds,
                match.sources.isEmpty || match.sources.contains(where: { $0.matches(coverage.name) }),
                // What is known in part is a reason by itself.
                !kinds.kinds.contains(where: { coverage[$0].wasRead || coverage[$0].isKnownInPart }),
                !kinds.subtracting(excused).isEmpty
            else { return nil }
            let names = kinds.kinds.map(\.name).joined(separator: ", ")
            return Incompleteness(
                source: coverage.name, message: "policy \(policy) could not look: nothing was read of \(names)")
        }
    }

    /// The kinds that a source's live accepted gaps excuse.
    private func excusedKinds(_ source: Source) -> KindSet {
        source.acceptedGaps.reduce(into: []) { kinds, gap in
            if asOf < gap.until.microseconds { kinds.formUnion(gap.kinds) }
        }
    }

    private func records(_ count: Int) -> String { count == 1 ? "1 record" : "\(count) records" }
}
