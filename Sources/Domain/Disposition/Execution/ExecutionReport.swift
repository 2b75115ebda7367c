public import AuditLog

/// What an execution of a plan came to.
public struct ExecutionReport: Sendable {
    /// Where an action is when a run is over.
    public enum Fate: Sendable, Hashable {
        /// It ended in this run.
        case ended(ActionEnding)
        /// An earlier run did it.
        case earlier(DispositionOutcome)
        /// It would be called now, and this run calls nothing.
        case wouldBeCalled
        /// The run was over before.
        case notReached

        /// What it came to; nil where it came to nothing yet.
        public var outcome: DispositionOutcome? {
            switch self {
            case .ended(let ending): ending.outcome
            case .earlier(let outcome): outcome
            case .wouldBeCalled, .notReached: nil
            }
        }

        /// What the service keeps; nil where that is not so, or not known.
        var residual: Residual? {
            if case .ended(let ending) = self { ending.residual } else { nil }
        }

        /// Why, in words for people.
        public var because: String {
            switch self {
            case .ended(let ending): ending.words
            case .earlier: "an earlier run did it"
            case .wouldBeCalled: "it would be called"
            case .notReached: "the run was over before"
            }
        }
    }

    /// Why a run was over.
    public enum End: Sendable, Equatable {
        /// Every action was gone through.
        case complete
        /// A gate was closed, at the beginning or on the way.
        case closed
        /// Somebody stopped it.
        case stopped
        /// It took as long as it may.
        case outOfTime
        /// The credential was refused on the way.
        case refused
        /// A service did not answer any more, or wanted to be left alone for longer than a run waits.
        case silent
        /// What happens could not be written to the audit log.
        case unlogged(AuditError)

        /// What it is called in the audit log and in reports for machines.
        public enum Code: String, Sendable, CaseIterable {
            case complete
            case closed
            case stopped
            case outOfTime = "out-of-time"
            case refused
            case silent
            case unlogged
        }

        /// What it is called in the audit log and in reports for machines.
        public var code: Code {
            switch self {
            case .complete: .complete
            case .closed: .closed
            case .stopped: .stopped
            case .outOfTime: .outOfTime
            case .refused: .refused
            case .silent: .silent
            case .unlogged: .unlogged
            }
        }
    }

    /// The plan.
    public let plan: Plan
    /// Whether anything could be called.
    public let isExecuting: Bool
    /// The gates that are closed.
    public internal(set) var gates: [Gate] = []
    /// By action.
    public internal(set) var fates: [Fate]
    /// Why the run was over.
    public internal(set) var end = End.complete
    /// How many calls were made.
    public internal(set) var calls = 0
    /// Whether this run searched stores for what was taken out of them.
    public let searchesStores: Bool
    /// By action, from 0 on: what searching its store showed, in this run or an earlier one.
    public internal(set) var searches: [Int: StoreSearch] = [:]
    /// When a further run should look at what this one could not see the end of; nil where it saw every end.
    public internal(set) var lookAgain: LookingAgain?
    /// How many calls of other plans were begun and have no outcome, by the plan's digest.
    public internal(set) var openElsewhere: [String: Int] = [:]
    /// How often the run waited for the disk.
    public internal(set) var synchronizations = 0
    /// What the audit log is at the end; nil where nothing was written.
    public internal(set) var checkpoint: Checkpoint?

    /// How many entries the audit log has at the end; nil where nothing was written.
    public var logSize: Int? { checkpoint?.size }
    /// The checkpoint as it was published; nil where nothing was written.
    public var note: String? { checkpoint.map { String(decoding: $0.note.bytes, as: UTF8.self) } }

    init(_ plan: Plan, isExecuting: Bool, searchesStores: Bool = false) {
        self.plan = plan
        self.isExecuting = isExecuting
        self.searchesStores = searchesStores
        fates = plan.actions.map { _ in .notReached }
    }

    /// How many actions have come to an outcome, in this run or an earlier one, by the outcome.
    public var counts: [DispositionOutcome: Int] {
        var counts: [DispositionOutcome: Int] = [:]
        for outcome in fates.compactMap(\.outcome) { counts[outcome, default: 0] += 1 }
        return counts
    }

    /// What searching stores showed, in this run or an earlier one: of how many files that were taken out of them.
    public var searchCounts: [StoreSearch: Int] {
        searches.values.reduce(into: [:]) { counts, search in counts[search, default: 0] += 1 }
    }

    /// What was deleted, in this run or an earlier one, and seen to be gone by its path and its list, with all that went
    /// along; by source.
    public var deleted: [String: [Plan.Name]] {
        var deleted: [String: [Plan.Name]] = [:]
        for (index, action) in plan.actions.enumerated() where action.verb != .cancel {
            guard fates[index].outcome == .deletedVerified || searches[index] == .found else { continue }
            deleted[action.source, default: []] += [action.name] + action.along
        }
        return deleted
    }

    /// What stays behind on the services, because they refuse to delete it, or what must be gone before it, or show it still
    /// after they said that they did; in the order of the plan.
    public var residual: [(source: String, name: Plan.Name)] {
        zip(plan.actions, fates).flatMap { action, fate -> [(source: String, name: Plan.Name)] in
            fate.residual.map { action.names(of: $0) }?.map { (action.source, $0) } ?? []
        }
    }

    /// The actions, from 0 on, that may have taken effect and that nobody saw the end of.
    public var unseen: [Int] {
        fates.indices.filter { fates[$0].outcome?.mayHaveHappened == true }
    }

    /// How many actions a further run would take up.
    public var remaining: Int {
        fates.count { fate in
            switch fate {
            case .ended(let ending): ending.outcome.isWrong
            case .earlier: false
            case .wouldBeCalled, .notReached: true
            }
        }
    }

    /// Whether something that should have been done was not, or may not have been.
    public var hasWrongs: Bool {
        fates.contains { if case .ended(let ending) = $0 { ending.outcome.isWrong } else { false } }
    }
}

extension Plan.Action {
    /// The records that stay behind.
    func names(of residual: Residual) -> [Plan.Name] { residual == .whole ? [name] + along : [name] }
}
