internal import AuditLog
internal import Records

/// What runs before this one began, and nobody saw the end of.
extension PlanExecution {
    /// Reads back what may have taken effect, so that nothing is done twice, and every intent has an outcome.
    mutating func settle() async throws(AuditError) {
        for index in history.unsettled where plan.actions.indices.contains(index) {
            let action = plan.actions[index]
            guard let service = setting.services[action.source] else { continue }
            if let end = setting.interruption() {
                report.end = end
                return
            }
            onStep(.settling)
            let (ending, facts) = await verdict(on: index, service)
            if await service.isSilent() { report.end = .silent }
            if ending.outcome.mayHaveHappened { unseen[index] = stillUnseen(ending, history.outcomes[index]) }
            // What was answered once, and is as unseen as before, is told again when this run is through with it.
            guard ending.outcome.isDone || history.begun.contains(index) else {
                if ending.stopsRun { report.end = .refused }
                guard report.end == .complete else { return }
                continue
            }
            try conclude(
                index, ending, facts: action.verb == .cancel ? facts : history.facts[index], isSettled: true,
                isDurable: true)
            onStep(.settled)
            if report.end != .complete { return }
        }
        guard !history.unsettled.isEmpty else { return }
        // What was settled is no change of what it was in.
        _ = decide(under: policies)
    }

    /// What an earlier run left so, and nobody can see now either: what the service said that it did is still that.
    private func stillUnseen(_ ending: ActionEnding, _ earlier: DispositionOutcome?) -> ActionEnding {
        guard earlier == .pendingVerification else { return ending }
        return ActionEnding(
            .pendingVerification, ending.words, stopsRun: ending.stopsRun, residual: ending.residual,
            search: ending.search)
    }

    private func verdict(
        on index: Int, _ service: any DispositionService
    ) async -> (ActionEnding, CurrentFacts?) {
        let action = plan.actions[index]
        if let words = surfaceTrouble(action) { return (ActionEnding(.unknown, words), nil) }
        switch await service.readBack(action.verb, on: action.target) {
        case .absent:
            let gone = ActionEnding(.deletedVerified, "an earlier run called it, and it is gone")
            return (await withParts(of: action, await unlessFound(index, gone, service), service), nil)
        case .present(let facts) where action.verb == .cancel && !ActionMachine.isAtWork(facts.status):
            return (ActionEnding(.cancelledVerified, "an earlier run called it, and the work has ended"), facts)
        case .present: return (ActionEnding(.failed, "an earlier run was cut off, and it is there still"), nil)
        case .retired:
            return (ActionEnding(.unknown, "its surface is retired: that it is not found says nothing"), nil)
        case .refused(let words): return (ActionEnding(.unknown, words, stopsRun: true), nil)
        case .unreadable(let words): return (ActionEnding(.unknown, words), nil)
        }
    }

    /// Why what is said of a record of this kind cannot be believed; nil where its surface was seen alive.
    func surfaceTrouble(_ action: Plan.Action) -> String? {
        switch surfaces[action.source]?[action.name.kind] {
        case .alive: nil
        case .retired: "its surface is retired: that it is not found says nothing"
        case .refused(let words), .unreadable(let words): words
        case nil: "nobody knows whether its surface is there"
        }
    }

    /// Reads back what goes along with a record that is gone: a cascade is not believed.
    ///
    /// What stands in the record itself is asked for; what stands deeper has no path any more.
    func withParts(
        of action: Plan.Action, _ gone: ActionEnding, _ service: any DispositionService
    ) async -> ActionEnding {
        guard gone.outcome == .deletedVerified else { return gone }
        for part in action.along where part.kind.containers.has(action.name.kind) {
            let target = DispositionTarget(kind: part.kind, id: part.id, container: action.name.id)
            switch await service.readBack(.delete, on: target) {
            case .absent: continue
            case .present:
                return ActionEnding(
                    .pendingVerification, "it is gone, and a \(part.kind.name) that goes along is there still")
            case .refused(let words): return ActionEnding(.pendingVerification, words, stopsRun: true)
            case .retired, .unreadable:
                return ActionEnding(
                    .pendingVerification, "it is gone; of a \(part.kind.name) that goes along nobody knows")
            }
        }
        return gone
    }
}
