/// Walks one action from the first look to its outcome on a service.
struct ActionDriver {
    let service: any DispositionService
    /// Whether the verb is called. Without it, the way is the same up to there.
    let isExecuting: Bool
    /// Called between any two steps that the process can be killed between.
    let onStep: (ExecutionStep) -> Void

    /// How an action ended, and what it came by on the way.
    struct Report {
        /// How it ended; nil where it would be called now, and nothing is.
        var ending: ActionEnding?
        /// How many calls were made.
        var calls = 0
        /// What was seen last.
        var facts: CurrentFacts?
        /// What the last call made of what it is an activity of; nil where nobody saw it.
        var moved: CurrentFacts?
    }

    /// - Parameters:
    ///   - moving: what a call is an activity of and is looked at right after it, before anybody else has done much there.
    ///   - objection: asked before a call is repeated, which may be a minute after the first: why not.
    func run(
        _ verb: PlannedAction.Verb, on target: DispositionTarget, _ planned: PlannedFacts,
        moving: DispositionTarget? = nil, objection: () -> ActionEnding? = { nil }
    ) async -> Report {
        var machine = ActionMachine(verb, planned)
        var moved: CurrentFacts?
        while true {
            switch machine.step {
            case .look:
                machine.saw(await service.look(at: target))
                onStep(.looked)
            case .call:
                guard isExecuting else { return Report(ending: nil, facts: machine.facts) }
                if machine.calls > 0, let ending = objection() {
                    return Report(ending: ending, calls: machine.calls, facts: machine.facts)
                }
                machine.answered(await service.call(verb, on: target))
                onStep(.called)
                if let moving { moved = await service.look(at: moving).facts }
            case .readBack:
                machine.saw(await service.readBack(verb, on: target))
                onStep(.readBack)
            case .end(let ending):
                return Report(ending: ending, calls: machine.calls, facts: machine.facts, moved: moved)
            }
        }
    }
}
