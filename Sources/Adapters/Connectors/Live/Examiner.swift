internal import JSONLines
internal import ProviderFacts
internal import Records

/// Finds out what a service shows, by the first request that a scan would make of each surface. It changes nothing.
struct Examiner {
    let facts: ProviderFacts
    let registry: Registry
    let reader: ListReader
    let deletions: DeletionGraph?

    /// How many known ids of a kind are tried until one is there.
    private static let mostTries = 3
    /// An id that no service gives out, to learn whether the credential is refused.
    private static let noId = "tenure-asks"

    /// What is known of a surface once it was asked.
    private struct Knowledge {
        var failure: ListFailure?
        /// The ids in the path of something that stands there; nil where nothing does.
        var sample: [String]?
    }

    private var known: [Kind: Knowledge] = [:]
    /// Why the lists of what records use cannot be read, by the records' kind.
    private var unreadUses: [Kind: ListFailure] = [:]

    init(facts: ProviderFacts, registry: Registry, reader: ListReader, deletions: DeletionGraph?) {
        self.facts = facts
        self.registry = registry
        self.reader = reader
        self.deletions = deletions
    }

    /// Asks, one surface after the other.
    ///
    /// - Throws: what keeps the service from being asked at all.
    mutating func examine() async throws(Examination.Obstacle) -> [KindExamination] {
        for surface in facts.surfaces + facts.supplements {
            let knowledge = await ask(surface)
            let failure = knowledge?.failure
            switch failure {
            case .unanswered? where !isAnythingAlive:
                throw Examination.Obstacle(failure?.reason ?? "", remedy: failure?.remedy ?? "", isOurs: false)
            case .refused(let refusal)? where refusal.mayBeExpiry:
                throw Examination.Obstacle(
                    "the credential was refused: \(refusal.description)", remedy: refusal.hint, isOurs: false)
            default:
                if surface.isSupplement { unreadUses[surface.kind] = failure } else { known[surface.kind] = knowledge }
            }
        }
        // Where nothing answered, nothing is known to be retired, nor the credential to be accepted.
        if !isAnythingAlive, let missing = facts.surfaces.first(where: lacksList), let doubt = doubt(missing.family) {
            throw Examination.Obstacle(doubt.reason, remedy: doubt.remedy, isOurs: false)
        }
        return Kind.allCases.map(judge)
    }

    /// The first request of a scan to this surface; nil where nothing can be asked.
    private func ask(_ surface: Surface) async -> Knowledge? {
        if let container = surface.container {
            guard let sample = known[container]?.sample else { return nil }
            return await ask(SurfaceRequest(surface: surface, ids: sample))
        }
        guard surface.access == .id else { return await ask(SurfaceRequest(surface: surface, ids: [])) }
        var last = Knowledge()
        for id in registry.ids(of: surface.kind).prefix(Self.mostTries) + [Self.noId] {
            last = await ask(SurfaceRequest(surface: surface, ids: [id]))
            guard last.failure?.isAbsence == true else { return last }
        }
        return last
    }

    private func ask(_ request: SurfaceRequest) async -> Knowledge {
        do throws(ListFailure) {
            let answer = try await reader.firstAnswer(request)
            return Knowledge(sample: answer.sample.map(request.idsBelow))
        } catch {
            return Knowledge(failure: error)
        }
    }

    // MARK: What it means

    private func judge(_ kind: Kind) -> KindExamination {
        guard let surface = facts.surfaces.first(where: { $0.kind == kind }) else {
            return KindExamination(
                kind, sight: .nothing, answer: .noCall, deletion: .unknown,
                gap: .init(
                    "the API has no call that shows it",
                    remedy: "keep its ids where it is made, and accept the gap", alwaysCounts: false))
        }
        var examination = KindExamination(kind, sight: sight(of: surface), answer: .read, deletion: .unknown)
        if surface.access == .id { examination.knownIds = registry.ids(of: kind).count }
        examination.gap = gap(surface, &examination)
        examination.deletion = deletion(of: kind, examination.answer)
        if [.refused, .retired, .failed].contains(examination.answer) { examination.sight = .nothing }
        return examination
    }

    /// What a scan sees of it as far as there are lists: below what is known by its id there is no more than that.
    private func sight(of surface: Surface) -> KindExamination.Sight {
        let top = top(of: surface)
        guard top.access == .id else { return .all }
        if registry.isComplete(top.kind) { return .all }
        return registry.ids(of: top.kind).isEmpty ? .nothing : .known
    }

    private func gap(_ surface: Surface, _ examination: inout KindExamination) -> KindExamination.Gap? {
        let top = top(of: surface)
        if isMissing(surface.family) {
            if let doubt = doubt(surface.family) { return gap(doubt, &examination) }
            examination.answer = .retired
            let since = surface.family.retired.map { ", as the provider said for \($0)" } ?? ""
            return .init(
                "the service has no surface for \(surface.family.name)\(since)",
                remedy: "check the address; scan an export of them, or accept the gap", alwaysCounts: true)
        }
        guard let knowledge = known[surface.kind] else {
            examination.answer = .untried
            // What stands below something that cannot be read is not read either.
            if let whole = surface.container.map(judge), whole.sight == .nothing {
                examination.sight = .nothing
                return whole.gap
            }
            return unlisted(top)
        }
        switch knowledge.failure {
        case nil: return unreadUses(surface) ?? unlisted(top)
        case .refused(let refusal)? where refusal.status == 401 || refusal.status == 403:
            examination.answer = .refused
            return .init(refusal.description, remedy: refusal.hint, alwaysCounts: true)
        case let failure? where failure.isNoNews && surface.access == .id:
            // No known id is there, or an id of another shape was asked for: whether the surface is, its family says.
            examination.answer = .untried
            return unlisted(top)
        case let failure?:
            if lacksList(surface), let doubt = doubt(surface.family) { return gap(doubt, &examination) }
            examination.answer = .failed
            return .init(
                failure.reason, remedy: failure.remedy, alwaysCounts: true, canBeAccepted: failure.isDenial)
        }
    }

    /// What may be there if it is asked for as it should be is shown, once it is; nobody accepts a mistake.
    private func gap(_ doubt: RetirementDoubt, _ examination: inout KindExamination) -> KindExamination.Gap {
        examination.answer = .failed
        return .init(doubt.reason, remedy: doubt.remedy, alwaysCounts: true, canBeAccepted: false)
    }

    /// What is not seen of a kind that is known by its ids alone.
    private func unlisted(_ top: Surface) -> KindExamination.Gap? {
        guard top.access == .id, !registry.isComplete(top.kind) else { return nil }
        let count = registry.ids(of: top.kind).count
        let seen = count == 0 ? "no id is in a registry" : "only \(count) ids are in a registry"
        return .init(
            "the API has no list of \(top.kind.fileStem), and \(seen)",
            remedy: """
                registry: [{file: ids.csv, kind: \(top.kind.name), complete: true}] with every id that was given out; \
                those that other records name are followed
                """,
            alwaysCounts: true)
    }

    /// What is not seen of a kind whose records say elsewhere what they use.
    private func unreadUses(_ surface: Surface) -> KindExamination.Gap? {
        guard let failure = unreadUses[surface.kind] else { return nil }
        return .init(
            "what \(surface.kind.fileStem) use cannot all be read: \(failure.reason)",
            remedy: failure.isAbsence ? "accept the gap: nothing that they may use is called unused" : failure.remedy,
            alwaysCounts: true, canBeAccepted: failure.isDenial)
    }

    /// Whether a family's list is not there, and nothing else of it was seen.
    private func isMissing(_ family: Family) -> Bool {
        let surfaces = facts.surfaces.filter { $0.family == family }
        return surfaces.contains(where: lacksList) && !surfaces.contains(where: isAlive)
    }

    private var isAnythingAlive: Bool { facts.surfaces.contains(where: isAlive) }

    private func isAlive(_ surface: Surface) -> Bool { known[surface.kind].map { $0.failure == nil } ?? false }

    private func lacksList(_ surface: Surface) -> Bool {
        surface.container == nil && surface.access != .id && known[surface.kind]?.failure?.isAbsence == true
    }

    private func doubt(_ family: Family) -> RetirementDoubt? {
        RetirementDoubt(family, of: facts, isAnythingAlive: isAnythingAlive)
    }

    private func deletion(of kind: Kind, _ answer: KindExamination.Answer) -> KindExamination.Deletion {
        guard let removal = deletions?.removal(of: kind) else { return .unknown }
        if removal.verb == .none { return removal.permanence == nil ? .withContainer : .never }
        return [.refused, .retired, .failed].contains(answer) ? .unverifiable : .untried
    }

    private func top(of surface: Surface) -> Surface {
        guard let first = surface.ancestors.first else { return surface }
        return facts.surfaces.first { $0.kind == first } ?? surface
    }
}

extension ListFailure {
    /// Whether an answer to an id that may not exist says nothing of the surface.
    fileprivate var isNoNews: Bool {
        if case .refused(let refusal) = self { [400, 404, 410, 422].contains(refusal.status) } else { false }
    }
}
