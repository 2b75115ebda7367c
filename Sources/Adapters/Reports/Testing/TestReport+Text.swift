internal import Chronology
internal import Evaluation
internal import Policies
internal import Terminal

extension TestReport {
    /// What failed, what is not covered, and the numbers; for people.
    public var text: String {
        var lines: [String] = []
        for outcome in run.outcomes where !outcome.isPassed {
            lines.append("FAILED \(outcome.test.name)")
            for failure in outcome.failures {
                lines.append("  \(failure.location): \(failure.summary)")
                lines.append("    because: \(failure.because)")
                lines.append("    next: \(failure.advice)")
            }
            lines.append("")
        }
        let missing = run.coverage.missing
        if !missing.isEmpty {
            lines.append("NOT COVERED")
            for item in missing {
                lines.append("  \(item.name)")
                guard let witness = run.coverage.witnesses[item] else { continue }
                lines.append("    such as, as of \(witness.asOf):")
                lines += witness.records.map { "      - \($0.yaml)" }
            }
            lines.append("")
        }
        let failed = run.outcomes.count - run.passed
        let tests = run.outcomes.count == 1 ? "1 test" : "\(run.outcomes.count) tests"
        lines.append("\(tests), \(failed == 0 ? "all passed" : "\(failed) failed"); \(coverageSummary)")
        if !isCovered { lines.append("FAILED: --fail-under \(failUnder) asks for more coverage") }
        return lines.map(\.visible).joined(separator: "\n") + "\n"
    }
}
