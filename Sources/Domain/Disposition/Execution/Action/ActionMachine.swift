/// The way of one action from the first look to its outcome: what was seen and answered goes in, what to do next comes
/// out. It waits for nothing and writes nothing.
///
/// A call is repeated only after a patient read-back saw the record, so that no answer that was lost makes two calls of
/// one, and at most so often that three are made in all: a service that denies it thrice does not do it.
struct ActionMachine: Sendable {
    /// What comes next.
    enum Step: Sendable, Hashable {
        case look, call, readBack
        case end(ActionEnding)
    }

    /// How many calls one run makes for one action.
    static let mostCalls = 3

    private let verb: PlannedAction.Verb
    private let expectation: PlannedFacts
    private(set) var step = Step.look
    /// How many calls were made.
    private(set) var calls = 0
    /// What was answered last.
    private var answer: CallAnswer?
    /// Whether an earlier call may have done it.
    private var mayHaveHappened = false
    /// What was seen last, where it was there.
    private(set) var facts: CurrentFacts?

    init(_ verb: PlannedAction.Verb, _ expectation: PlannedFacts) {
        self.verb = verb
        self.expectation = expectation
    }

    /// What a look or a read-back saw.
    mutating func saw(_ sighting: Sighting) {
        if case .present(let facts) = sighting { self.facts = facts }
        step = calls == 0 ? afterLook(sighting) : afterReadBack(sighting)
    }

    /// What a call was answered.
    mutating func answered(_ answer: CallAnswer) {
        calls += 1
        self.answer = answer
        switch answer {
        case .accepted, .lost:
            mayHaveHappened = true
            step = .readBack
        case .denied, .absent: step = .readBack
        case .refused(let words):
            // What an earlier call did nobody can see now: the next run reads it back.
            step = .end(ActionEnding(mayHaveHappened ? .unknown : .refused, words, stopsRun: true))
        case .rejected(let words): step = mayHaveHappened ? .readBack : .end(rejected(words))
        case .unavailable(let words): step = mayHaveHappened ? .readBack : .end(ActionEnding(.failed, words))
        }
    }

    private func afterLook(_ sighting: Sighting) -> Step {
        switch sighting {
        case .present(let facts):
            if let deviation = expectation.deviation(of: facts) {
                return .end(ActionEnding(.changedSincePlan, deviation))
            }
            return .call
        case .absent: return .end(ActionEnding(.alreadyAbsent, "it was gone before it was called"))
        case .retired: return .end(ActionEnding(.unknown, "its surface is retired: that it is not found says nothing"))
        case .refused(let words): return .end(ActionEnding(.refused, words, stopsRun: true))
        case .unreadable(let words): return .end(ActionEnding(.unknown, words))
        }
    }

    private func afterReadBack(_ sighting: Sighting) -> Step {
        switch sighting {
        case .present(let facts): return afterSeeing(facts)
        case .absent: return .end(gone)
        case .retired:
            return .end(ActionEnding(.unknown, "its surface was retired meanwhile: that it is not found says nothing"))
        case .refused(let words): return .end(ActionEnding(unseen, words, stopsRun: true))
        case .unreadable(let words): return .end(ActionEnding(unseen, words))
        }
    }

    /// What a call comes to that nobody could read back.
    private var unseen: DispositionOutcome { answer == .accepted ? .pendingVerification : .unknown }

    private var gone: ActionEnding {
        guard answer == .absent || answer == .denied, !mayHaveHappened else {
            let words = verb == .cancel ? "it is gone, and so is the work" : "read back as gone"
            return ActionEnding(.deletedVerified, words)
        }
        return ActionEnding(.alreadyAbsent, "it went between the last look and the call")
    }

    private func afterSeeing(_ facts: CurrentFacts) -> Step {
        if verb == .cancel {
            guard Self.isAtWork(facts.status) else {
                return .end(ActionEnding(.cancelledVerified, "read back as no longer at work"))
            }
            if facts.status == Self.ending {
                return .end(ActionEnding(.pendingVerification, "the service is ending the work still"))
            }
        } else if let deviation = expectation.deviation(of: facts) {
            // It is not called again under other facts than those that were planned.
            let outcome: DispositionOutcome = answer == .accepted ? .pendingVerification : .changedSincePlan
            return .end(ActionEnding(outcome, "\(deviation), while it was being called"))
        }
        if calls < Self.mostCalls, isWorthAnotherCall { return .call }
        switch answer {
        case .accepted:
            return .end(
                ActionEnding(
                    .pendingVerification, "the service said that it did it, and it is there still",
                    residual: verb == .cancel ? nil : .record))
        case .denied: return .end(ActionEnding(.failed, "the service said that it did not do it"))
        case .absent: return .end(ActionEnding(.failed, "the service says that it has no such record, and shows it"))
        case .rejected(let words): return .end(rejected(words))
        case .lost(let words), .unavailable(let words): return .end(ActionEnding(.failed, words))
        case .refused(let words): return .end(ActionEnding(.refused, words, stopsRun: true))
        case nil: return .end(ActionEnding(.unknown, "nothing was called"))
        }
    }

    private func rejected(_ words: String) -> ActionEnding {
        ActionEnding(.refused, words, residual: verb == .cancel ? nil : .whole)
    }

    private var isWorthAnotherCall: Bool {
        switch answer {
        case .accepted, .denied, .absent, .lost: true
        case .refused, .rejected, .unavailable, nil: false
        }
    }

    private static let ending = "cancelling"

    /// - Source: OpenAI's OpenAPI document 2.3.0, the statuses of runs and of responses in the background. What says
    ///   nothing of itself may be at work.
    static func isAtWork(_ status: String?) -> Bool {
        guard let status else { return true }
        return ["queued", "in_progress", "requires_action", ending].contains(status)
    }
}
