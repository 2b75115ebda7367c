public import Chronology
public import Evaluation
public import Policies

/// What a plan would do, as far as a twin of its places shows it.
public struct Rehearsal: Sendable {
    /// The plan.
    public let plan: Plan
    /// The instant as of which it was executed.
    public let asOf: Moment
    /// The gates that are closed to an execution for real. None of them stopped the rehearsal.
    public let gates: [Gate]
    /// The actions, from 0 on, that the estate and the documents of now do not bear, before anything goes wrong.
    public let misfits: Set<Int>
    /// What each run came to, as often as it was begun again. At least one.
    public let runs: [ExecutionReport]
    /// What became of the twin's records.
    public let comparison: EstateComparison
    /// What should go and is there after it.
    public let remaining: [RemainingRecord]
    /// Why the last scan may have missed something.
    public let incomplete: [Incompleteness]
    /// How long a real service would have been waited for because of its limits and failures.
    public let waitedForLimits: Duration
    /// How long a real service would have been waited for until it showed what was done.
    public let waitedForReadBack: Duration

    /// What a rehearsal came to.
    public init(
        _ plan: Plan, asOf: Moment, gates: [Gate], misfits: Set<Int>, runs: [ExecutionReport],
        comparison: EstateComparison, remaining: [RemainingRecord], incomplete: [Incompleteness],
        waitedForLimits: Duration, waitedForReadBack: Duration
    ) {
        self.misfits = misfits
        (self.plan, self.asOf, self.gates, self.runs) = (plan, asOf, gates, runs)
        (self.comparison, self.remaining, self.incomplete) = (comparison, remaining, incomplete)
        (self.waitedForLimits, self.waitedForReadBack) = (waitedForLimits, waitedForReadBack)
    }

    /// How many calls were made, in all runs.
    public var calls: Int { runs.reduce(0) { $0 + $1.calls } }

    /// Where each action is in the end.
    public var fates: [ExecutionReport.Fate] { runs.last?.fates ?? [] }

    /// Whether another run is worth beginning: something is left, and one of the last two runs got on.
    ///
    /// What passes by itself passes within a few attempts; what two runs in a row could do nothing about stays.
    public static func isWorthAnotherRun(after runs: [ExecutionReport]) -> Bool {
        guard let last = runs.last else { return true }
        guard last.remaining > 0, runs.count < mostRuns else { return false }
        let done = [0] + runs.map(\.doneCount)
        return done.count < 3 || done[done.count - 1] > done[done.count - 3]
    }

    /// As often as somebody might begin it again by hand.
    private static let mostRuns = 10
}

extension ExecutionReport {
    /// How many actions nothing is left to do about.
    public var doneCount: Int { counts.reduce(0) { $0 + ($1.key.isDone ? $1.value : 0) } }
}

extension Plan {
    /// The gates that are closed to an execution at an instant, as far as the plan and the documents say it by
    /// themselves, in a fixed order.
    ///
    /// - Parameter places: the plan's places as the documents have them now.
    public func closedGates(_ policies: PolicySet, places: [PlanBinding.Place], at now: Moment) -> [Gate] {
        ExecutionGates(plan: self, policies: policies, places: places, now: now).ofDocuments()
    }

    /// The actions, from 0 on, that do not stand by a scan: what they call is other than planned, or no longer goes. What
    /// the scan does not find is not among them.
    public func misfits(in result: ScanResult) -> Set<Int> {
        let verdicts = Standing(self, result).verdicts
        return Set(verdicts.indices.filter { if case .falls = verdicts[$0] { true } else { false } })
    }
}
