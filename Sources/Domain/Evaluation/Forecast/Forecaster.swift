public import Policies
internal import Records

/// Makes a forecast of scans at ascending instants, of which only one need be in memory.
///
/// Between two of them it keeps a byte for each record and eight for each pair that is due.
public struct Forecaster: Sendable {
    /// What was forecast so far.
    public private(set) var forecast: Forecast
    private var duePairs: [UInt64] = []
    private var isDue: [Bool] = []

    /// A forecast under these policies.
    public init(policies: PolicySet) { forecast = Forecast(policies: policies.retention) }

    /// Takes in the next instant. The rows and policies are those of the instants before.
    public mutating func add(_ result: ScanResult) {
        let isFirst = forecast.steps.isEmpty
        let inventory = result.inventory
        var step = Forecast.Step(
            asOf: result.asOf, summary: result.summary, incomplete: result.incomplete,
            policies: Array(repeating: .init(), count: forecast.policies.count))
        var pairs: [UInt64] = []
        var isDue = [Bool](repeating: false, count: inventory.count)
        var isOverdue = isDue
        var goes = isDue
        let known = PairSet(duePairs)
        for finding in result.findings where finding.state == .due || finding.state == .overdue {
            guard let policy = finding.policy else { continue }
            let row = finding.row
            let document = forecast.policies[policy]
            let pair = PairSet.pair(policy, row)
            pairs.append(pair)
            step.policies[policy].due.add(row, of: inventory)
            if finding.state == .overdue { step.policies[policy].overdue.add(row, of: inventory) }
            if !isFirst, !known.contains(pair) { step.policies[policy].newlyDue.add(row, of: inventory) }
            guard document.mode == .enforce else { continue }
            isDue[row] = true
            if finding.state == .overdue { isOverdue[row] = true }
            guard document.whenDue == .delete, finding.mayGo else { continue }
            step.policies[policy].mayGo.add(row, of: inventory)
            goes[row] = true
        }
        for row in isDue.indices where isDue[row] {
            step.all.due.add(row, of: inventory)
            if isOverdue[row] { step.all.overdue.add(row, of: inventory) }
            if goes[row] { step.all.mayGo.add(row, of: inventory) }
            if !isFirst, !self.isDue[row] { step.all.newlyDue.add(row, of: inventory) }
        }
        pairs.sort()
        duePairs = pairs
        self.isDue = isDue
        forecast.steps.append(step)
    }
}

/// Pairs of policy and record, as sorted numbers.
private struct PairSet {
    private let pairs: [UInt64]

    init(_ sorted: [UInt64]) { pairs = sorted }

    static func pair(_ policy: Int, _ row: Int) -> UInt64 { UInt64(policy) << 32 | UInt64(row) }

    func contains(_ pair: UInt64) -> Bool {
        var low = 0
        var high = pairs.count
        while low < high {
            let middle = (low + high) / 2
            if pairs[middle] < pair { low = middle + 1 } else { high = middle }
        }
        return low < pairs.count && pairs[low] == pair
    }
}
