import Chronology
import Policies
import Records
import RuleSupport

@testable import Evaluation

/// A scan that leaves unread what earlier ones found settled, in memory: no service, no ledger, and the same decisions.
struct RememberedScan {
    /// What is known of a thread that need not be read.
    private struct Known {
        let until: Moment
        let tally: SettledTally
        let marks: [(kind: Kind, id: String, at: Moment)]
    }

    let policies: PolicySet
    let options: ScanOptions
    private var known: [String: Known] = [:]
    private var mustReadAll = true

    init(_ policies: PolicySet, _ options: ScanOptions = ScanOptions()) {
        (self.policies, self.options) = (policies, options)
    }

    /// What one scan came to.
    struct Outcome {
        let result: ScanResult
        /// The threads that it did not read.
        let leftOut: Set<String>
        /// Whether something that it read made it read everything.
        let leans: Bool
    }

    /// Scans what a service has at an instant, and remembers for the next time.
    mutating func scan(_ estate: Estate, asOf: Moment) -> Outcome {
        var leftOut = mustReadAll ? [] : Set(known.filter { $0.value.until > asOf }.keys)
        var result = evaluate(estate, without: leftOut, asOf)
        let leans = !leftOut.isEmpty && !result.sourcesLeaningOnUnread.isEmpty
        if leans {
            leftOut = []
            result = evaluate(estate, without: [], asOf)
        }
        let settling = result.settling(source: 0)
        known = known.filter { leftOut.contains($0.key) }
        for thread in settling.settled {
            let marks = thread.marks.map { (result.inventory.kinds[$0], result.inventory.id($0), $1) }
            known[result.inventory.id(thread.row)] = Known(until: thread.until, tally: thread.tally, marks: marks)
        }
        mustReadAll = settling.leans || ScanResult.obstacleToSettling(policies, source: "live") != nil
        return Outcome(result: result, leftOut: leftOut, leans: leans)
    }

    /// A scan that reads everything.
    static func whole(
        _ estate: Estate, _ policies: PolicySet, asOf: Moment, _ options: ScanOptions = ScanOptions()
    ) -> ScanResult {
        Evaluator(policies: policies, asOf: asOf, options: options).evaluate(estate.inventory(asOf: asOf))
    }

    private func evaluate(_ estate: Estate, without leftOut: Set<String>, _ asOf: Moment) -> ScanResult {
        guard !leftOut.isEmpty else { return Self.whole(estate, policies, asOf: asOf, options) }
        // What stands in what is left out, at any depth.
        var unread = leftOut
        for _ in Kind.allCases {
            let below = estate.items.filter { $0.container.map(unread.contains) ?? false }.map(\.id)
            unread.formUnion(below)
        }
        var read = estate
        read.items = estate.items.filter { !unread.contains($0.id) }
        let inventory = read.inventory(asOf: asOf) { builder in
            var rereading = Rereading(full: asOf, reason: nil)
            for (thread, known) in known.sorted(by: { $0.key < $1.key }) where leftOut.contains(thread) {
                rereading.settled[.thread, default: 0] += 1
                rereading.tally.add(known.tally)
                for mark in known.marks { builder.know(mark.kind, id: mark.id, activeAt: mark.at) }
            }
            for (kind, count) in rereading.tally.kinds { builder.currentCoverage[kind].records += count }
            builder.currentCoverage.rereading = rereading
        }
        return Evaluator(policies: policies, asOf: asOf, options: options).evaluate(inventory)
    }
}

extension ScanResult {
    /// What a report says, without how it was read: the findings, what is incomplete, and the counts; where something
    /// happened in what was left out, without the counts of what is fine.
    func words(withCounts: Bool) -> [String] {
        let findings = findings.map { finding in
            let rule = policyName(finding) ?? finding.rule.rawValue
            return "\(inventory.id(finding.row)): \(rule) \(finding.state.name) \(finding.severity) "
                + "kept until \(finding.keepUntil.map { "\($0)" } ?? "-"), clock \(finding.clock.map { "\($0)" } ?? "-")"
        }
        let fine: Set<State> = withCounts ? [] : [.kept, .allowed, .uncovered]
        let states = State.allCases.filter { !fine.contains($0) }
        let counts = policies.retention.indices.map { index in
            "\(policies.retention[index].name): "
                + states.map { "\($0.name) \(summary.policies[index][$0])" }.joined(separator: ", ")
        }
        let all = states.map { "\($0.name) \(summary[$0])" }.joined(separator: ", ")
        let records = withCounts ? ["\(summary.records) records"] : []
        return findings.sorted() + incomplete.map { "\($0.message)" } + counts + [all, "\(summary.mayGo) may go"]
            + records
    }
}
