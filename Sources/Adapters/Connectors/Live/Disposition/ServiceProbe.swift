internal import Chronology
internal import Disposition
internal import HTTP
internal import ProviderFacts
internal import Records

/// Finds out which parts of a service are there, and what it says of itself. It changes nothing.
struct ServiceProbe {
    private let service: LiveDisposition
    private var portrait = SelfPortrait()
    private var answers: [Family: Answer] = [:]

    /// How many known ids of a kind are tried until one is there.
    static let mostTries = 3

    private enum Answer {
        case alive
        case missing
        case refused(String)
        case unreadable(String)
        /// There is no list, or it is not allowed to have it, and no known id was there.
        case unproven

        var isAlive: Bool { if case .alive = self { true } else { false } }
    }

    init(_ service: LiveDisposition) { self.service = service }

    /// Asks every family.
    mutating func examine(_ kinds: [Kind]) async -> ServiceStanding {
        await askAll()
        var surfaces: [Kind: ServiceStanding.Surface] = [:]
        for kind in kinds {
            let surface = service.facts.surfaces.first { $0.kind == kind }
            surfaces[kind] = surface.map { judge($0.family) } ?? .retired
        }
        return ServiceStanding(
            account: portrait.account(
                at: service.correspondent.base, isShared: service.correspondent.base.isSharedBy(service.facts)),
            clock: portrait.clock.map { Instant(seconds: $0) }, skew: portrait.skew.map { Int(clamping: $0) },
            surfaces: surfaces)
    }

    /// Whether a family is there. Others are asked only where this one is missing, for then the address may be wrong.
    mutating func surface(of family: Family) async -> ServiceStanding.Surface {
        await ask(family)
        if case .missing? = answers[family] { await askAll() }
        return judge(family)
    }

    /// Whether there was nothing by which a family could be seen: no list, and no known id.
    func hasNoProof(of family: Family) -> Bool { if case .unproven? = answers[family] { true } else { false } }

    private mutating func askAll() async {
        for surface in service.facts.surfaces where answers[surface.family] == nil { await ask(surface.family) }
    }

    private func judge(_ family: Family) -> ServiceStanding.Surface {
        switch answers[family] {
        case .alive?: return .alive
        case .missing?: break
        case .refused(let reason)?: return .refused(reason)
        case .unreadable(let reason)?: return .unreadable(reason)
        case .unproven?, nil:
            return .unreadable(
                "no list shows whether \(family.name) are there, and no id that is known to exist was found")
        }
        let isAnythingAlive = answers.values.contains(where: \.isAlive)
        if let doubt = RetirementDoubt(family, of: service.facts, isAnythingAlive: isAnythingAlive) {
            return .unreadable(doubt.description)
        }
        return .retired
    }

    private mutating func ask(_ family: Family) async {
        let answer = await answer(of: family)
        if answer.isAlive { service.saw(family) }
        answers[family] = answer
    }

    private mutating func answer(of family: Family) async -> Answer {
        if let list = service.facts.probe(of: family) {
            let query = if case .list(_?) = list.access { [(name: "limit", value: "1")] } else { [(String, String)]() }
            let answer = await ask(SurfaceRequest(surface: list, ids: []), query) { ListedPage($0) != nil }
            guard case .unproven = answer else { return answer }
        }
        var last = Answer.unproven
        for surface in service.facts.surfaces where surface.family == family && surface.container == nil {
            let candidates = service.known[surface.kind, default: []].filter {
                service.memory.mayProve($0, of: surface.kind)
            }
            for id in candidates.prefix(Self.mostTries) {
                let answer = await ask(SurfaceRequest(surface: surface.record, ids: [id])) {
                    RecordSheet.isRecord($0, named: id)
                }
                switch answer {
                case .alive, .refused: return answer
                case .missing:
                    service.memory.suspect(id, of: surface.kind, in: family)
                    last = .unreadable("answered 404 to what is known of \(family.name), and to nothing else")
                case .unreadable, .unproven: last = answer
                }
            }
        }
        return last
    }

    private mutating func ask(
        _ request: SurfaceRequest, _ query: [(name: String, value: String)] = [], isWhole: ([UInt8]) -> Bool
    ) async -> Answer {
        let answer: Correspondent.Answer
        let sent = service.clock.date()
        do throws(HTTPError) {
            answer = try await service.correspondent.send { base, version, credential in
                request.request(.get, below: base, version: version, query: query, credential: credential)
            }
        } catch {
            return .unreadable("no answer: \(error.reason)")
        }
        portrait.take(answer.response, sent: sent, received: service.clock.date())
        switch Asked(answer) {
        case .body(let body): return isWhole(body) ? .alive : .unreadable("the answer is not what was asked for")
        case .missing: return .missing
        case .notAllowed: return .unproven
        case .refused(let reason): return .refused(reason)
        case .unreadable(let reason): return .unreadable(reason)
        }
    }
}

extension HTTPAddress {
    /// Whether everybody's accounts are at this address: it is the provider's own, or one of its regions'.
    fileprivate func isSharedBy(_ facts: ProviderFacts) -> Bool {
        guard let text = facts.address, let own = try? HTTPAddress(text) else { return false }
        return host == own.host || host.hasSuffix(".\(own.host)")
    }
}
