internal import AuditLog
internal import Chronology
internal import Evaluation
internal import Policies
internal import Records

/// One action, from whether it stands to its outcome on the disk.
extension PlanExecution {
    mutating func act(on index: Int) async throws(AuditError) {
        let action = plan.actions[index]
        // What may have taken effect is neither called again nor called absent while nobody can see whether it did.
        if let ending = unseen[index] {
            // What is found by searching alone uses nothing any more.
            if ending.search != .found { noteUnseen(action) }
            if !history.begun.contains(index) { try conclude(index, ending, facts: history.facts[index]) }
            return
        }
        if case .falls(let ending) = standing.verdicts[index] { return try conclude(index, ending) }
        guard let service = setting.services[action.source] else {
            report.fates[index] = .wouldBeCalled
            return
        }
        if let words = surfaceTrouble(action) {
            return try conclude(index, ActionEnding(.unknown, "nothing was called: \(words)"))
        }
        if let ending = obstacle(to: index) { return try conclude(index, ending) }
        guard standing.verdicts[index] == .stands else { return try await look(at: index, service) }
        var control: SearchSighting?
        if isExecuting, setting.searchesStores, isTakenOutOfWhatStays(action) {
            // The search may be an activity of the store: what others did there must show before.
            if let ending = await changeOfWhole(action, service) { return try conclude(index, ending) }
            let learned = await learnWords(of: action, service)
            if case .refused(let words) = learned {
                return try conclude(index, ActionEnding(.refused, words, stopsRun: true))
            }
            control = learned
        }
        try journal?.begin(index)
        onStep(.intentWritten)
        if let ending = objection(to: index) { return try conclude(index, ending, isDurable: true) }
        onStep(.documentsRead)
        if let ending = await changeOfWhole(action, service) { return try conclude(index, ending, isDurable: true) }
        let walked = await ActionDriver(service: service, isExecuting: isExecuting, onStep: onStep)
            .run(
                action.verb, on: action.target, expectation(of: index),
                moving: action.verb == .detach ? action.moved?.target : nil
            ) { objection(to: index) }
        guard let ending = walked.ending else {
            report.fates[index] = .wouldBeCalled
            return
        }
        var last = await withParts(of: action, ending, service)
        var facts = action.verb == .cancel ? walked.facts : walked.moved
        if let control, last.outcome.isDone {
            (last, facts) = await searched(for: action, last, control: control, moved: facts, service)
        }
        try conclude(index, last, calls: walked.calls, facts: facts, isDurable: true)
    }

    /// Why it is not to be called under the documents as they are now.
    private mutating func objection(to index: Int) -> ActionEnding? {
        if let gate = readDocuments(), !report.gates.contains(gate) {
            report.gates.append(gate)
            report.end = .closed
            return ActionEnding(.failed, "it was not called: \(gate.description)")
        }
        if case .falls(let ending) = standing.verdicts[index] { return ending }
        return nil
    }

    /// What the scan does not find is looked at by itself before it is called absent.
    private mutating func look(at index: Int, _ service: any DispositionService) async throws(AuditError) {
        let action = plan.actions[index]
        let walked = await ActionDriver(service: service, isExecuting: false, onStep: onStep)
            .run(action.verb, on: action.target, expectation(of: index))
        let unseen = ActionEnding(.unknown, "nothing was called: it is there, and the scan did not find it")
        let ending = walked.ending ?? unseen
        if !ending.outcome.isDone { noteUnseen(action) }
        try conclude(index, ending)
    }

    /// What nobody has seen gone, and the scan did not find, may use what the scan calls unused, and so may what goes along
    /// with it.
    private mutating func noteUnseen(_ action: Plan.Action) {
        for kind in [action.name.kind] + action.along.map(\.kind) {
            for target in kind.targets.kinds { unseenUsers[action.source, default: [:]][target] = action.name.kind }
        }
    }

    /// What must be gone before it, and is not.
    private func obstacle(to index: Int) -> ActionEnding? {
        let action = plan.actions[index]
        if action.verb == .delete, let user = unseenUsers[action.source]?[action.name.kind] {
            return ActionEnding(
                .failed, "nothing was called: a \(user.name) may use it that is there, and the scan did not find it")
        }
        for before in standing.prerequisites(of: index).sorted() where !done.contains(before) {
            switch report.fates[before] {
            case .wouldBeCalled, .earlier: continue
            case .ended(let ending) where ending.outcome == .heldSincePlan || ending.outcome == .changedSincePlan:
                return ActionEnding(ending.outcome, "what it holds together with stays: \(ending.words)")
            // It is out of its store by path and list: the file behind it can go, and should.
            case .ended(let ending) where ending.search == .found: continue
            case .ended, .notReached:
                let kind = plan.actions[before].name.kind.name
                return ActionEnding(
                    .failed, "nothing was called: a \(kind) that must be gone first is not",
                    residual: report.fates[before].residual == nil ? nil : .whole)
            }
        }
        return nil
    }

    /// Before a call that is an activity of something else, that must be as planned: what goes later, or the store that
    /// a file is as active as.
    private func changeOfWhole(_ action: Plan.Action, _ service: any DispositionService) async -> ActionEnding? {
        guard let moved = action.moved else { return nil }
        let whole = standing.action(taking: moved)
        guard whole != nil || action.verb == .detach,
            case .present(let facts) = await service.look(at: whole.map { plan.actions[$0].target } ?? moved.target)
        else { return nil }
        let seen = whole == nil ? CurrentFacts(created: nil, lastActivity: facts.lastActivity, status: nil) : facts
        let expected = whole.map { expectation(of: $0) } ?? PlannedFacts(action.facts, own: own[moved])
        guard let deviation = expected.deviation(of: seen) else { return nil }
        return ActionEnding(.changedSincePlan, "what it holds together with stays: \(deviation)")
    }

    private func expectation(of index: Int) -> PlannedFacts {
        standing.expectation(of: index, own: own[plan.actions[index].record])
    }

    /// Reads the documents once more, and decides anew where the holds are others.
    ///
    /// - Returns: a gate that has closed.
    private mutating func readDocuments() -> Gate? {
        let now = Moment(setting.now())
        if now >= plan.binding.expires { return .expired(plan.binding.expires) }
        if let gate = plan.binding.reviews.lazy.compactMap({ $0.expiry(at: now) }).first { return gate }
        guard let current = setting.documents() else { return .documentsUnreadable }
        guard current.rulesDigest == plan.binding.policies || current.rulesDigest == policies.rulesDigest else {
            return .policiesChanged
        }
        guard let register = current.register else { return .noRegister }
        if now >= register.freshUntil { return .staleRegister(name: register.name, since: register.freshUntil) }
        guard current.holdsDigest != policies.holdsDigest else { return nil }
        guard decide(under: current) else { return .newScanNeeded }
        // What a hold that was released on the way lets go is more than was counted, and may need somebody's approval.
        return recount().first
    }
}
