public import Evaluation
internal import Policies

/// What a run asks to have deleted, in order, before it is written down.
///
/// It names records by their rows, so that a million of them take some fifty megabytes beside the run's own memory.
public struct DraftPlan: Sendable {
    /// The run that it follows from.
    public let result: ScanResult
    /// Every call, in the order in which they are made.
    public internal(set) var actions: [PlannedAction] = []
    /// What should go and stays, by source, kind and id.
    public internal(set) var staying: [StayingRecord] = []
    /// The privacy request that asks for it; nil where policies do.
    public var request: Plan.Request?
    /// What of a request the law keeps, by row.
    public var grounds: [Int: [KeepingGround]] = [:]
    /// What goes under each policy that asks for deletions, in the order of the policy set.
    public internal(set) var limits: [PlannedLimit] = []

    /// The approvals that the policies ask for because of which something goes, in the order of the policy set.
    public var demands: [Plan.Demand] { limits.demands(of: result.policies) }

    /// Whether more would go than some policy lets go. Then nothing may be executed.
    public var exceedsLimits: Bool { limits.contains(where: \.isExceeded) }
}
