public import Policies

extension ScanResult {
    /// What documents select of which no record was read, and exceptions that excepted nothing, each at its place.
    ///
    /// A selector with a typo is how retention silently stops (hard case 28). It says what this scan saw and no more:
    /// in another source, or another month, there may be such records.
    public var idleDocuments: [Diagnostic] { IdleDocuments(self).diagnostics.sorted() }
}

/// Finds the documents that had no part in a scan.
private struct IdleDocuments {
    private(set) var diagnostics: [Diagnostic] = []
    private let result: ScanResult
    private var selectors: IdleSelectors

    init(_ result: ScanResult) {
        self.result = result
        selectors = IdleSelectors(result.inventory)
        let set = result.policies
        let plans = result.assessment.plansInUse
        let holds = Set(plans.flatMap(\.holds))
        let matched = Set(plans.flatMap(\.exceptions))
        for (index, policy) in set.retention.enumerated() {
            check(
                "policy", policy.name, policy.match, policy.location,
                isIdle: result.summary.policies[index].matched == 0)
        }
        for (index, policy) in set.access.enumerated() {
            check(
                "policy", policy.name, policy.match, policy.location, isIdle: result.summary.access[index].matched == 0)
        }
        for (index, hold) in set.holds.enumerated() {
            check("hold", hold.name, hold.match, hold.location, isIdle: !holds.contains(index))
        }
        let used = result.exceptionsInUse
        for (index, exception) in set.exceptions.enumerated() where result.asOf < exception.expiresAt {
            let isIdle = !matched.contains(index)
            check("exception", exception.name, exception.match, exception.location, isIdle: isIdle)
            if !isIdle, !used.contains(exception.name) {
                warn(
                    "exception-unused", at: exception.location,
                    "exception '\(exception.name)' excepted nothing: no record that it matches violates its policies",
                    hint: "remove it if it is no longer needed: it would except the next violation unseen")
            }
        }
    }

    private mutating func check(
        _ noun: String, _ name: String, _ match: Match, _ location: SourceLocation, isIdle: Bool
    ) {
        let idle = selectors.idle(in: match)
        for selector in idle {
            warn(
                "selector-unmatched", at: match.places[selector] ?? location,
                "\(selectors.reason(selector)), of which \(noun) '\(name)' speaks",
                hint: "look for a typo; if it is right, the data is not there yet or was not read")
        }
        guard idle.isEmpty, isIdle else { return }
        warn(
            "matched-nothing", at: location, "\(noun) '\(name)' matches no record that was read",
            hint: "compare its match with the records; what was not read cannot match")
    }

    private mutating func warn(_ code: String, at location: SourceLocation, _ message: String, hint: String) {
        diagnostics.append(Diagnostic(.warning, code, at: location, message, hint: hint))
    }
}

extension ScanResult {
    /// The names of exceptions but for which something would be found. Findings of one cell and policy have the same.
    fileprivate var exceptionsInUse: Set<String> {
        var seen: Set<[Int]> = []
        var used: Set<String> = []
        for finding in findings where finding.state == .excepted {
            let cell = assessment.cells[finding.row]
            guard seen.insert([cell, finding.policy ?? -1, finding.accessPolicy ?? -1]).inserted else { continue }
            let name =
                finding.policy.map { policies.retention[$0].name }
                ?? finding.accessPolicy.map { policies.access[$0].name } ?? ""
            used.formUnion(
                assessment.plans[cell].exceptions.map { policies.exceptions[$0] }
                    .filter { $0.policies.contains(name) }.map(\.name))
        }
        return used
    }
}
