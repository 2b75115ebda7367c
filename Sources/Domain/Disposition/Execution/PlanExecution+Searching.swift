internal import Records

/// Files that are taken out of stores that stay, whose contents may be found there all the same.
///
/// Words of the contents are the service's secret: what is decided here knows whether they were found, and no more.
///
/// - Source: hard case 34; services that speak OpenAI's protocol have gone on finding chunks of detached files for good
///   (stdapi-ai/stdapi.ai#177, ogx-ai/ogx#2477).
extension PlanExecution {
    /// Whether its contents could go on being found. A store that goes by the plan is not there to be searched.
    func isTakenOutOfWhatStays(_ action: Plan.Action) -> Bool {
        action.verb == .detach && action.moved.map { standing.action(taking: $0) == nil } ?? false
    }

    /// Learns by what to search, and whether that finds it now. A search may count as an activity of the store.
    mutating func learnWords(
        of action: Plan.Action, _ service: any DispositionService
    ) async -> SearchSighting {
        let sighting = await service.learnWords(of: action.target)
        if let store = action.moved, let facts = await service.look(at: store.target).facts {
            own.note(facts, of: action)
        }
        return sighting
    }

    /// Searches the store for what its path and its list do not have any more.
    ///
    /// - Parameters:
    ///   - control: what the same search found before.
    ///   - moved: the store as the call left it.
    /// - Returns: how it ended, and the store as the searches left it: as long as nobody else was active there meanwhile.
    func searched(
        for action: Plan.Action, _ gone: ActionEnding, control: SearchSighting, moved: CurrentFacts?,
        _ service: any DispositionService
    ) async -> (ActionEnding, CurrentFacts?) {
        switch control {
        case .found: break
        case .notFound: return (gone.unshown(because: "its own words did not find it before either"), moved)
        case .refused(let words), .unreadable(let words): return (gone.unshown(because: words), moved)
        }
        var moved = moved
        var isFound = false
        var searches = 0
        while true {
            let isOurs = await isAsLeft(action.moved, moved, service)
            let sighting = await service.search(for: action.target)
            searches += 1
            if isOurs, let store = action.moved { moved = await service.look(at: store.target).facts ?? moved }
            let last: ActionEnding
            switch sighting {
            case .notFound:
                let words = "\(gone.words), and searching its store does not find its contents any more"
                return (ActionEnding(gone.outcome, words, search: .notFound), moved)
            case .refused(let words):
                // What was found once stays found, though nobody may look any more.
                return (
                    ActionEnding(
                        .pendingVerification, words, stopsRun: true, residual: isFound ? .record : nil,
                        search: isFound ? .found : nil), moved
                )
            case .found:
                isFound = true
                last = Self.foundStill
            case .unreadable(let words): last = isFound ? Self.foundStill : gone.unshown(because: words)
            }
            guard await service.pause(after: searches) else { return (last, moved) }
        }
    }

    private static let foundStill = ActionEnding(
        .pendingVerification,
        "its own path and its list do not have it any more, and searching its store still finds its contents",
        residual: .record, search: .found)

    /// Whether a store is as this run's own call left it.
    private func isAsLeft(
        _ store: PlacedName?, _ left: CurrentFacts?, _ service: any DispositionService
    ) async -> Bool {
        guard let store, let left, let facts = await service.look(at: store.target).facts else { return false }
        return facts.lastActivity == left.lastActivity
    }

    /// What an earlier run's search found, and no run can search for again, stays found, unless the store itself is gone or
    /// nobody asks for searches any more.
    func unlessFound(
        _ index: Int, _ gone: ActionEnding, _ service: any DispositionService
    ) async -> ActionEnding {
        guard history.searches[index] == .found, let store = plan.actions[index].moved else { return gone }
        if case .absent = await service.look(at: store.target) {
            return gone.unshown(because: "its store is gone as well")
        }
        guard setting.searchesStores else { return gone }
        return ActionEnding(
            .pendingVerification,
            "its own path and its list do not have it any more; an earlier run's search still found its contents, and the "
                + "search was not asked again, for their words are not kept: search the store yourself, or run without "
                + "--probe-search to go by path and list alone",
            residual: .record, search: .found)
    }

    /// Has an ending say that no search was made where somebody asked for searches: nothing is passed over in silence.
    func tellingOfSearch(_ index: Int, _ ending: ActionEnding, isSettled: Bool) -> ActionEnding {
        let isAsked = isExecuting && (setting.searchesStores || (isSettled && history.hasSearchedStores))
        guard isAsked, ending.search == nil, ending.outcome.isDone, isTakenOutOfWhatStays(plan.actions[index]) else {
            return ending
        }
        if history.searches[index] == .found {
            return ending.unshown(because: "an earlier run's search still found its contents, and was not asked again")
        }
        return ending.unshown(
            because: isSettled
                ? "the search was not asked, for words are not kept from one run to the next"
                : "it was gone before any of its words were read")
    }
}

extension ActionEnding {
    /// The same, of which searching shows nothing.
    func unshown(because reason: String) -> ActionEnding {
        ActionEnding(
            outcome, "\(words); searching could not show it: \(reason)", stopsRun: stopsRun, search: .unshown)
    }
}
