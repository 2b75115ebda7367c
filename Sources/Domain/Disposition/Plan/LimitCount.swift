internal import Evaluation
internal import Policies

/// Counts what goes under each policy that asks for deletions.
struct LimitCount {
    private let result: ScanResult
    private let departures: [Int]
    private let goes: Set<Int>
    /// The policies that ask for a record to go, by row.
    private var asking: [Int: [Int]] = [:]

    init(_ result: ScanResult, departures: [Int], goes: Set<Int>) {
        self.result = result
        self.departures = departures
        self.goes = goes
        for finding in result.findings where finding.mayGo && (finding.state == .due || finding.state == .overdue) {
            guard let policy = finding.policy, asks(policy) else { continue }
            asking[finding.row, default: []].append(policy)
        }
    }

    private func asks(_ policy: Int) -> Bool {
        result.policies.retention[policy].mode == .enforce && result.policies.retention[policy].whenDue == .delete
    }

    func limits() -> [PlannedLimit] {
        var limits: [PlannedLimit?] = result.policies.retention.indices.map { policy in
            guard asks(policy) else { return nil }
            return PlannedLimit(
                policy: policy, matched: matched(policy),
                limits: result.policies.retention[policy].limits)
        }
        for row in departures {
            for policy in asking[row] ?? [] { limits[policy]?.asked += 1 }
            for policy in responsible(row) { limits[policy]?.records += 1 }
        }
        return merged(limits.compactMap(\.self))
    }

    /// What was released in a review is asked for by policies of the name that reviewed it: their limits are one.
    private func merged(_ limits: [PlannedLimit]) -> [PlannedLimit] {
        let policies = result.policies.retention
        var merged: [PlannedLimit] = []
        for limit in limits {
            if let last = merged.last, policies[last.policy].name == policies[limit.policy].name {
                merged[merged.count - 1].asked += limit.asked
                merged[merged.count - 1].records += limit.records
            } else {
                merged.append(limit)
            }
        }
        return merged
    }

    private func matched(_ policy: Int) -> Int {
        let name = result.policies.retention[policy].name
        return result.policies.retention.indices.filter { result.policies.retention[$0].name == name }
            .map { result.summary.policies[$0].matched }.max() ?? 0
    }

    /// The policies because of which a record goes: its own, and those of what contains it and may go.
    private func responsible(_ row: Int) -> Set<Int> {
        var policies: Set<Int> = []
        var seen: Set<Int> = [row]
        var stack = [row]
        while let current = stack.popLast() {
            policies.formUnion(asking[current] ?? [])
            for container in result.containers(of: current) where goes.contains(container) {
                if seen.insert(container).inserted { stack.append(container) }
            }
        }
        return policies
    }
}
