public import Chronology
public import Evaluation
public import Policies
public import Records

/// What an execution works with: a plan, the world as it was just scanned, and whom to ask on the way.
public struct ExecutionSetting: Sendable {
    /// The plan.
    public var plan: Plan
    /// The documents as they are.
    public var policies: PolicySet
    /// The decision as of now, under them.
    public var result: ScanResult
    /// The plan's places as the documents have them now.
    public var places: [PlanBinding.Place]
    /// The services, by the names of their places.
    public var services: [String: any DispositionService]
    /// The approvals that were given; nil where nobody is asked for any, because nothing real is called.
    public var approvals: Approvals?
    /// The policies that ask for whatever there is and whose names somebody typed, to say that it is meant.
    public var confirmed: Set<String> = []
    /// Whether a store out of which a file is taken is searched for what the file said, before and after.
    public var searchesStores = false
    /// What earlier runs did, where nothing is called and so no log is written.
    public var history = ExecutionHistory()
    /// The time.
    public var now: @Sendable () -> Instant
    /// Reads the documents again, for the instant of the run; nil where they cannot be read or used.
    public var documents: @Sendable () -> PolicySet?
    /// Decides anew about what was scanned, under other holds or without what the plan itself did; nil where the
    /// documents ask for what was not read.
    public var decide: @Sendable (PolicySet, Inventory) -> ScanResult?
    /// Whether the run is to be over before the next action, and why.
    public var interruption: @Sendable () -> ExecutionReport.End? = { nil }
    /// Is told how many actions were gone through.
    public var tell: @Sendable (_ count: Int) -> Void = { _ in }

    /// A setting.
    public init(
        _ plan: Plan, _ policies: PolicySet, _ result: ScanResult, places: [PlanBinding.Place],
        services: [String: any DispositionService], now: @escaping @Sendable () -> Instant,
        documents: @escaping @Sendable () -> PolicySet?,
        decide: @escaping @Sendable (PolicySet, Inventory) -> ScanResult?
    ) {
        (self.plan, self.policies, self.result) = (plan, policies, result)
        (self.places, self.services) = (places, services)
        (self.now, self.documents, self.decide) = (now, documents, decide)
        approvals = Approvals(of: .plan, digest: plan.digest)
    }
}
