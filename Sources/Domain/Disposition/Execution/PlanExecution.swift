internal import AuditLog
internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

/// Executes a plan: exactly that, action by action, each looked at right before it is called and read back after it.
///
/// With a journal, what is about to be done is on the disk before it is done. Without one nothing is called, and the way
/// is the same up to there. Whatever a run before this one began is read back before anything else.
///
/// - Source: the design, section 6; hard cases 53 to 63 and 66 to 68.
public struct PlanExecution: ~Copyable {
    let setting: ExecutionSetting
    var journal: ExecutionJournal?
    let onStep: (ExecutionStep) -> Void
    let history: ExecutionHistory
    /// The documents as they were read last.
    var policies: PolicySet
    /// What they say of what was scanned, without what the plan itself made of it.
    var result: ScanResult
    var standing: Standing
    /// What nothing is left to do about.
    var done: Set<Int>
    /// What the plan made of records so far.
    var own: OwnDoing
    /// What earlier runs may have done, and this one could not see either.
    var unseen: [Int: ActionEnding] = [:]
    var surfaces: [String: [Kind: ServiceStanding.Surface]] = [:]
    /// By source, and by the kind of what may be used: a kind of which something is there that the scan did not find.
    var unseenUsers: [String: [Kind: Kind]] = [:]
    var report: ExecutionReport

    var plan: Plan { setting.plan }
    var isExecuting: Bool { report.isExecuting }

    /// An execution.
    ///
    /// - Parameter journal: where it is written down; nil for a run that calls nothing.
    public init(
        _ setting: ExecutionSetting, journal: consuming ExecutionJournal?,
        onStep: @escaping (ExecutionStep) -> Void = { _ in }
    ) {
        self.setting = setting
        self.onStep = onStep
        var history = setting.history
        var isExecuting = false
        if let journal {
            history = journal.history
            isExecuting = true
            self.journal = consume journal
        } else {
            self.journal = nil
        }
        self.history = history
        report = ExecutionReport(
            setting.plan, isExecuting: isExecuting, searchesStores: isExecuting && setting.searchesStores)
        report.openElsewhere = history.openElsewhere
        policies = setting.policies
        done = history.done
        own = OwnDoing(setting.plan, history)
        result = Self.decide(setting, policies, own) ?? setting.result
        standing = Standing(setting.plan, result, done: history.done, own: own)
    }

    /// Does it.
    public consuming func run() async -> ExecutionReport {
        do throws(AuditError) {
            try await execute()
        } catch {
            report.end = .unlogged(error)
        }
        if !report.unseen.isEmpty { report.lookAgain = LookingAgain(at: setting.now(), plan) }
        report.synchronizations = journal?.synchronizations ?? 0
        return report
    }

    private mutating func execute() async throws(AuditError) {
        await closeGates()
        try journal?.start(
            holds: policies.holdsDigest, asOf: setting.result.asOf, confirmed: setting.confirmed,
            searchesStores: setting.searchesStores)
        onStep(.started)
        for index in done {
            report.fates[index] = .earlier(history.outcomes[index] ?? .unknown)
            report.searches[index] = history.searches[index]
        }
        if !report.gates.contains(where: \.forbidsLooking) {
            try await settle()
            if report.end == .complete, report.gates.isEmpty || !isExecuting { try await goThrough() }
        }
        if report.end == .complete, !report.gates.isEmpty { report.end = .closed }
        onStep(.ending)
        report.checkpoint = try journal?.end(report.end.code.rawValue, gates: report.gates, counts: report.counts)
        onStep(.ended)
    }

    /// Looks at everything that must be so.
    private mutating func closeGates() async {
        let gates = ExecutionGates(
            plan: plan, policies: policies, places: setting.places, now: Moment(setting.now()))
        var closed = gates.ofDocuments()
        for place in plan.binding.places where place.address != nil {
            guard let service = setting.services[place.name] else {
                closed.append(.unreachable(place: place.name, words: "this version of tenure cannot execute there"))
                continue
            }
            let kinds = Set(plan.actions.lazy.filter { $0.source == place.name }.map(\.name.kind))
            let standing = await service.examine(kinds.sorted())
            surfaces[place.name] = standing.surfaces
            closed += gates.of(place, standing)
        }
        let known = Set(plan.limits.filter(\.isExceeded).map(\.policy))
        closed += recount().filter { if case .limit(let limit) = $0 { !known.contains(limit.policy) } else { true } }
        if history.isForeign { closed.append(.planNotLogged) }
        report.gates = closed
    }

    /// The gates that what would go now closes.
    func recount() -> [Gate] {
        ExecutionLimits(plan: plan, result: result, standing: standing, done: done)
            .closedGates(setting.approvals, confirmed: setting.confirmed)
    }

    /// Goes through the actions in their order.
    private mutating func goThrough() async throws(AuditError) {
        for index in plan.actions.indices where !done.contains(index) {
            if let end = setting.interruption() {
                report.end = end
                return
            }
            try await act(on: index)
            setting.tell(index + 1)
            guard report.end == .complete else { return }
            guard let service = setting.services[plan.actions[index].source], await service.isSilent() else { continue }
            report.end = .silent
            return
        }
    }

    /// Decides anew about what was scanned.
    ///
    /// - Returns: false, and nothing is decided anew, where the documents ask for what was not read.
    mutating func decide(under policies: PolicySet) -> Bool {
        guard let decided = Self.decide(setting, policies, own) else { return false }
        (result, self.policies) = (decided, policies)
        standing = Standing(plan, decided, done: done, own: own)
        return true
    }

    private static func decide(_ setting: ExecutionSetting, _ policies: PolicySet, _ own: OwnDoing) -> ScanResult? {
        let scanned = setting.result
        let takenBack = own.takenBack(in: scanned.inventory)
        guard takenBack != nil || policies.holdsDigest != setting.policies.holdsDigest else { return scanned }
        return setting.decide(policies, takenBack ?? scanned.inventory)
    }

    /// Notes how an action ended, and writes it down.
    mutating func conclude(
        _ index: Int, _ ending: ActionEnding, calls: Int = 0, facts: CurrentFacts? = nil, isSettled: Bool = false,
        isDurable: Bool = false
    ) throws(AuditError) {
        let ending = tellingOfSearch(index, ending, isSettled: isSettled)
        report.fates[index] = .ended(ending)
        report.searches[index] = ending.search
        report.calls += calls
        if ending.outcome.isDone { done.insert(index) }
        let made = Self.mayHaveMade(plan.actions[index].verb, ending.outcome) ? facts : nil
        if ending.outcome.isDone || ending.search == .found, let made { own.note(made, of: plan.actions[index]) }
        if ending.stopsRun { report.end = .refused }
        try journal?.end(
            index, ending, calls: calls, facts: made, holds: policies.holdsDigest, isSettled: isSettled,
            isDurable: isDurable)
        onStep(.outcomeWritten)
    }

    /// Whether what was seen behind a call is its doing, or may turn out to be.
    private static func mayHaveMade(_ verb: PlannedAction.Verb, _ outcome: DispositionOutcome) -> Bool {
        switch verb {
        case .cancel: outcome == .cancelledVerified
        case .detach: outcome == .deletedVerified || outcome.mayHaveHappened
        case .delete: false
        }
    }
}
