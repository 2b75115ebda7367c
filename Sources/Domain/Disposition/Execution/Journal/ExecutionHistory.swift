public import AuditLog
internal import CanonicalJSON
internal import Chronology

/// What earlier runs of a plan did, as the audit log has it.
///
/// Nothing else keeps the state of an execution, so that there is nothing that could say otherwise.
public struct ExecutionHistory: Sendable {
    /// By action, from 0 on: the outcome that was written last.
    public private(set) var outcomes: [Int: DispositionOutcome] = [:]
    /// The actions that were begun, and of which nobody wrote how they ended.
    public private(set) var begun: Set<Int> = []
    /// The actions that some run called, or may have called.
    private var called: Set<Int> = []
    /// By action: what its last call made, or may have made, of the work that it stopped, or of the store that it took a
    /// file out of.
    private(set) var facts: [Int: CurrentFacts] = [:]
    /// By action: what searching its store showed, where the outcome that was written last says it.
    private(set) var searches: [Int: StoreSearch] = [:]
    /// How many runs there were.
    public private(set) var runs = 0
    /// Whether one of them was to search stores.
    private(set) var hasSearchedStores = false
    /// By the digest of another plan: its actions that were begun, and of which nobody wrote how they ended.
    private var begunElsewhere: [String: Set<Int>] = [:]
    /// Whether the log has an entry of the plan's making.
    private var isMade = false
    /// Whether it has one of any plan's.
    private var hasPlans = false

    /// Whether the log has entries of plans, and none of this one: then somebody changed it since, or it was made past the
    /// log.
    ///
    /// - Source: the design, section 7: what cannot be logged is not done. Who keeps plans in the log has all in it.
    public var isForeign: Bool { hasPlans && !isMade }

    /// No run was there before.
    public init() {}

    /// Reads what a log has of the plan of this digest, which is that of so many actions.
    ///
    /// Entries are read as they stand, those that nobody signed yet included; who writes to the log checks it as a whole.
    public init(of plan: Plan, in directory: String, trusting key: LogKey) throws(AuditError) {
        let digest = Array(plan.digest.utf8)
        let making = Array(RunEntry.planMade.description.utf8)
        let count = plan.actions.count
        try LogProver(directory, trusting: [key]).entries { line, _ in
            if !hasPlans, let entry = CanonicalValue(entry: line, naming: making) {
                hasPlans = entry["type"]?.text == RunEntry.planMade.description
            }
            if let entry = CanonicalValue(entry: line, naming: digest) {
                take(entry, plan.digest, count)
            } else if let entry = CanonicalValue(entry: line, naming: Self.disposition) {
                takeElsewhere(entry)
            }
            return true
        }
    }

    /// What intents and outcomes have in their lines, and little else has.
    private static let disposition = Array(#""type":"deletion."#.utf8)

    /// How many actions of other plans were begun, by the plan's digest, and nobody wrote how they ended: a run that was
    /// cut off, and whose plan nobody took up again.
    public var openElsewhere: [String: Int] { begunElsewhere.compactMapValues { $0.isEmpty ? nil : $0.count } }

    /// The actions of which nothing is left to do.
    var done: Set<Int> { Set(outcomes.filter { $0.value.isDone && !begun.contains($0.key) }.keys) }

    /// The actions that took their record away by path and list, and whose contents a search found all the same.
    var found: Set<Int> { Set(searches.filter { $0.value == .found && !begun.contains($0.key) }.keys) }

    /// The actions that may have taken effect though nobody saw it, in their order: to be read back before anything else.
    var unsettled: [Int] {
        // What nobody called has not happened: that it is gone by now is not ours to claim.
        begun.union(outcomes.filter { $0.value.mayHaveHappened && called.contains($0.key) }.keys).sorted()
    }

    private mutating func takeElsewhere(_ entry: CanonicalValue) {
        guard let plan = entry["data"]?["plan"]?.text, let number = entry["data"]?["number"]?.wholeNumber else {
            return
        }
        switch entry["type"]?.text {
        case ExecutionJournal.intent.description: begunElsewhere[plan, default: []].insert(number)
        case ExecutionJournal.outcome.description: begunElsewhere[plan]?.remove(number)
        default: break
        }
    }

    private mutating func take(_ entry: CanonicalValue, _ digest: String, _ count: Int) {
        guard let data = entry["data"], data["plan"]?.text == digest else { return }
        let number = data["number"]?.wholeNumber
        guard let number, (1...count).contains(number) else {
            switch entry["type"]?.text {
            case ExecutionJournal.started.description:
                runs += 1
                if data["probeSearch"] == .boolean(true) { hasSearchedStores = true }
            case RunEntry.planMade.description: isMade = true
            default: break
            }
            return
        }
        let index = number - 1
        switch entry["type"]?.text {
        case ExecutionJournal.intent.description:
            begun.insert(index)
            facts[index] = nil
        case ExecutionJournal.outcome.description:
            guard let outcome = data["outcome"]?.text.flatMap(DispositionOutcome.init(rawValue:)) else { return }
            begun.remove(index)
            outcomes[index] = outcome
            searches[index] = data["search"]?.text.flatMap(StoreSearch.init(rawValue:))
            if data["calls"]?.wholeNumber != 0 || data["settled"] == .boolean(true) { called.insert(index) }
            facts[index] =
                outcome == .cancelledVerified || data["activity"] != nil
                ? CurrentFacts(
                    created: nil, lastActivity: data["activity"]?.text.flatMap { try? Instant(rfc3339: $0) },
                    status: data["status"]?.text)
                : nil
        default: break
        }
    }
}
