internal import Evaluation
internal import Policies

/// Counts what goes under each policy that asks for deletions.
struct LimitCount {
    private let result: ScanResult
    private let departures: [Int]
    private let goes: [Bool]
    private let asking: AskingFindings
    private let bonds: Bonds

    init(_ result: ScanResult, departures: [Int], goes: [Bool]) {
        self.result = result
        self.departures = departures
        self.goes = goes
        asking = AskingFindings(result)
        bonds = result.bonds
    }

    func limits() -> [PlannedLimit] {
        var limits: [PlannedLimit?] = result.policies.retention.indices.map { policy in
            guard asks(policy) else { return nil }
            return PlannedLimit(
                policy: policy, matched: matched(policy),
                limits: result.policies.retention[policy].limits)
        }
        var people = LimitedPeople(limits, result)
        // By policy: the last row that was counted for it, so that each counts once.
        var counted = [Int](repeating: -1, count: limits.count)
        for row in departures {
            asking.forEach(of: row) { finding in
                if let policy = finding.policy { limits[policy]?.asked += 1 }
            }
            forEachResponsible(row) { holder in
                asking.forEach(of: holder) { finding in
                    guard let policy = finding.policy, counted[policy] != row else { return }
                    counted[policy] = row
                    limits[policy]?.records += 1
                    people.count(row, for: policy)
                }
            }
        }
        return merged(limits.compactMap(\.self), people)
    }

    /// What was released in a review is asked for by policies of the name that reviewed it: their limits are one.
    private func merged(_ limits: [PlannedLimit], _ people: LimitedPeople) -> [PlannedLimit] {
        let policies = result.policies.retention
        var merged: [PlannedLimit] = []
        for limit in limits {
            if let last = merged.last, policies[last.policy].name == policies[limit.policy].name {
                merged[merged.count - 1].asked += limit.asked
                merged[merged.count - 1].records += limit.records
            } else {
                var first = limit
                first.perSubject = people.most(for: limit.policy)
                merged.append(first)
            }
        }
        return merged
    }

    private func matched(_ policy: Int) -> Int {
        let name = result.policies.retention[policy].name
        return result.policies.retention.indices.filter { result.policies.retention[$0].name == name }
            .map { result.summary.policies[$0].matched }.max() ?? 0
    }

    private func asks(_ policy: Int) -> Bool {
        result.policies.retention[policy].mode == .enforce && result.policies.retention[policy].whenDue == .delete
    }

    /// The record itself, and what contains it and goes, however far above.
    private func forEachResponsible(_ row: Int, _ body: (Int) -> Void) {
        guard bonds.hasSharedParts else {
            var current: Int? = row
            while let holder = current {
                body(holder)
                current = bonds.container(of: holder) { goes[$0] }
            }
            return
        }
        var seen: Set<Int> = [row]
        var stack = [row]
        while let current = stack.popLast() {
            body(current)
            for container in result.containers(of: current) where goes[container] {
                if seen.insert(container).inserted { stack.append(container) }
            }
        }
    }
}
