public import Disposition
internal import HTTP
internal import ProviderFacts
public import Records

/// A live service on which a plan is executed.
///
/// All paths are those of the provider's facts. What looks is repeated as a scan would repeat it; what changes something
/// is sent at most once to effect: again only where the service said that it did nothing (429, 409, a credential that has
/// expired), or where no connection came about.
public struct LiveDisposition: DispositionService {
    let source: String
    let facts: ProviderFacts
    let correspondent: Correspondent
    /// Ids that may show that a family is there which has no list.
    let known: [Kind: [String]]
    let clock: HTTPClock
    let patience: Patience
    let memory = SurfaceMemory()

    /// How long answers are waited for that do not agree.
    struct Patience: Sendable {
        /// The wait before each further look.
        var waits: [Duration]
        /// How many looks must find a record still there, where the service did not say that it took it away.
        var looksAtRest = 3

        /// A minute in all.
        ///
        /// - Source: lists have shown what was deleted for seconds up to minutes; what takes longer is looked at again by
        ///   the next run.
        static let usual = Patience(waits: [1, 2, 4, 8, 15, 30].map { .seconds($0) })
    }

    init(
        source: String, facts: ProviderFacts, correspondent: Correspondent, known: [Kind: [String]] = [:],
        clock: HTTPClock = .system, patience: Patience = .usual
    ) {
        self.source = source
        self.facts = facts
        self.correspondent = correspondent
        self.known = known
        self.clock = clock
        self.patience = patience
    }

    /// Where nothing was answered for a while, asks for one element of a list that has nothing to do with what was asked
    /// for: whatever is wrong with some records, that answers.
    public func isSilent() async -> Bool {
        guard memory.isSilent else { return false }
        let list = facts.surfaces.first { surface in
            if case .list = surface.access { surface.container == nil } else { false }
        }
        guard let list else { return true }
        _ = await get(SurfaceRequest(surface: list, ids: []), [("limit", "1")])
        return memory.isSilent
    }

    /// Asks whose account it is, as `examine` does; nil where the service does not say.
    public func account() async -> String? { await examine([]).account }

    /// Asks each family of the provider's for one element, and takes account and clock from what the answers bring.
    public func examine(_ kinds: [Kind]) async -> ServiceStanding {
        var probe = ServiceProbe(self)
        return await probe.examine(kinds)
    }

    /// Looks at a record by its own path, and at the newest messages and runs of a thread.
    public func look(at target: DispositionTarget) async -> Sighting {
        do throws(RecordPath.Absence) {
            return await look(at: try RecordPath(target, facts))
        } catch {
            return .unreadable(error.reason)
        }
    }

    /// Makes one call, and judges its answer by what the provider answers to such a call.
    public func call(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> CallAnswer {
        if known[target.kind]?.contains(target.id) == true { memory.spend(target.id, of: target.kind) }
        do throws(RecordPath.Absence) {
            let answer = await call(verb, at: try RecordPath(target, facts))
            memory.note(target, isAccepted: answer == .accepted)
            return answer
        } catch {
            return .rejected(error.reason)
        }
    }

    /// Looks at the record and at its list until both say the same; after a cancellation at its status until it is at rest.
    public func readBack(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> Sighting {
        do throws(RecordPath.Absence) {
            let path = try RecordPath(target, facts)
            return verb == .cancel
                ? await readBackEnd(of: path) : await readBackAbsence(of: path)
        } catch {
            return .unreadable(error.reason)
        }
    }
}
