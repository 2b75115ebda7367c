internal import ProviderFacts
internal import Records

/// Joins what a service gave, one request after the other, and finds out what else there is to ask for.
struct ServiceJoin {
    let source: String
    let facts: ProviderFacts
    /// Every request that is known so far, in the order of joining.
    private(set) var requests: [SurfaceRequest] = []
    /// Whether the service does not know the credential: what was not asked yet would be refused as well.
    private(set) var isRefused = false
    /// What the service does not let this credential see, though it knows it.
    private var forbidden: Set<Surface> = []
    /// Families of which something was seen.
    private(set) var alive: Set<Family> = []
    /// Families of which a record was seen, and not only that they answer.
    private(set) var inhabited: Set<Family> = []
    /// The kinds of which a list, or a record by its id, was read to its end.
    private(set) var answered: KindSet = []
    /// The paths of the lists that the service does not have, by what would be on them.
    private(set) var absentLists: [Kind: String] = [:]
    /// The known ids that the service does not have.
    private(set) var absentIds: [Kind: [String]] = [:]
    /// How many records there are for which the service has no list of what they use, by their kind.
    private(set) var absentUses: [Kind: Int] = [:]
    /// The kinds of which it had such a list for some record.
    private(set) var answeredUses: KindSet = []
    /// By kind, how many earlier scans saw that must still be kept.
    private(set) var kept: [Kind: Int] = [:]
    /// The kinds of which an earlier scan saw some, be they gone by now.
    private(set) var seenBefore: KindSet = []
    /// The kinds of which some must be kept and all answer 404, as far as they are known, and nothing shows why.
    var unproven: KindSet = []
    private(set) var harvest: Harvest
    private let registry: Registry
    /// How many records exist that a registry lacks which is said to lack none.
    private(set) var unregistered: [Kind: Int] = [:]

    init(
        source: String, facts: ProviderFacts, registry: Registry, remembered: [Remembered] = [], harvest: Harvest,
        _ builder: inout InventoryBuilder
    ) {
        self.source = source
        self.facts = facts
        self.registry = registry
        self.harvest = harvest
        for old in remembered where old.kept > 0 { kept[old.kind] = old.kept }
        seenBefore = KindSet(remembered.filter(\.wasSeen).map(\.kind))
        for problem in registry.problems(in: source) { builder.add(problem) }
        for kind in facts.kindsThatEndUnseen.kinds { builder.currentCoverage[kind].endsUnseen = true }
        for surface in facts.surfaces {
            switch (surface.container, surface.access) {
            case (let container?, _):
                let above = builder.currentCoverage[container]
                builder.currentCoverage[surface.kind].wasRead = above.wasRead
                builder.currentCoverage[surface.kind].isListable = above.isListable
                builder.currentCoverage[surface.kind].isKnownInPart = above.isKnownInPart
            case (nil, .list):
                requests.append(SurfaceRequest(surface: surface, ids: []))
                builder.currentCoverage[surface.kind].wasRead = true
                builder.currentCoverage[surface.kind].isListable = true
            case (nil, .id):
                let known = registry.ids(of: surface.kind).map { SurfaceRequest(surface: surface, ids: [$0]) }
                requests += known
                builder.currentCoverage[surface.kind].registryIds = known.count
                builder.currentCoverage[surface.kind].wasRead = registry.isComplete(surface.kind)
                builder.currentCoverage[surface.kind].isKnownInPart = !registry.isComplete(surface.kind)
                guard let old = remembered.first(where: { $0.kind == surface.kind }) else { continue }
                requests += old.ids.map { SurfaceRequest(surface: surface, ids: [$0], isHarvested: true) }
                builder.currentCoverage[surface.kind].rememberedIds = old.ids.count
                builder.currentCoverage[surface.kind].goneIds = old.gone
            }
        }
    }

    mutating func take(_ reading: ListReading, into builder: inout InventoryBuilder) {
        let surface = reading.request.surface
        if surface.isSupplement { return takeUses(reading, into: &builder) }
        takeElements(of: reading, into: &builder)
        if reading.hasWholePage { alive.insert(surface.family) }
        guard let failure = reading.failure else {
            answered.formUnion(KindSet(surface.kind))
            compareCount(of: reading, &builder)
            return
        }
        if failure.isAbsence, surface.container == nil {
            if surface.access == .id {
                absentIds[surface.kind, default: []] += reading.request.ids
            } else {
                absentLists[surface.kind] = reading.request.name
            }
            return
        }
        noteRefusal(failure, to: surface)
        let isWithheld = isWithheld(failure, reading)
        let kinds = [surface.kind] + allBelow(surface.kind)
        if isWithheld { withhold(1, kinds, &builder) } else { lose(1, kinds, &builder) }
        note(surface.kind, at: reading.request.name, failure.description, losesData: !isWithheld, &builder)
    }

    /// Takes what a reading gave, whatever it says of where it comes from.
    mutating func takeElements(of reading: ListReading, into builder: inout InventoryBuilder) {
        let surface = reading.request.surface
        let isHarvested = reading.request.isHarvested
        let below = (facts.surfaces + facts.supplements).filter { $0.container == surface.kind }
        for haul in reading.hauls {
            take(haul, surface.kind, into: &builder)
            // What stands below elements without an id cannot be asked for.
            let lost = haul.tally.lost[surface.kind] ?? 0
            if lost > 0 { lose(lost, allBelow(surface.kind), &builder) }
            for surface in below {
                requests += haul.containers.map { container in
                    SurfaceRequest(
                        surface: surface, ids: reading.request.idsBelow(container.id),
                        countedElements: container.countedElements)
                }
            }
            follow(harvest.take(haul.batch), &builder)
            if haul.batch.count > 0 { inhabited.insert(surface.family) }
            if isHarvested, haul.batch.count > 0, registry.isComplete(surface.kind) {
                unregistered[surface.kind, default: 0] += 1
            }
        }
        if !reading.heldBack.isEmpty { inhabited.insert(surface.family) }
    }

    /// Whether the service showed nothing of a list or a record, and says itself that it does not.
    private func isWithheld(_ failure: ListFailure, _ reading: ListReading) -> Bool {
        let isDenied = failure.isDenial || failure == .notAsked && forbidden.contains(reading.request.surface)
        return isDenied && !reading.hasWholePage
    }

    /// Takes what a list says that a record uses. Whatever it could not say makes what the record uses unknown.
    private mutating func takeUses(_ reading: ListReading, into builder: inout InventoryBuilder) {
        let surface = reading.request.surface
        for haul in reading.hauls { take(haul, surface.kind, into: &builder) }
        if reading.hasWholePage { answeredUses.formUnion(KindSet(surface.kind)) }
        guard let failure = reading.failure else { return }
        builder.currentCoverage[surface.kind].unreadUses += 1
        guard !failure.isAbsence else { return absentUses[surface.kind, default: 0] += 1 }
        noteRefusal(failure, to: surface)
        note(
            surface.kind, at: reading.request.name, failure.description, losesData: !isWithheld(failure, reading),
            &builder)
    }

    private mutating func noteRefusal(_ failure: ListFailure, to surface: Surface) {
        guard case .refused(let refusal) = failure, refusal.status == 401 else { return }
        if refusal.mayBeExpiry { isRefused = true } else { forbidden.insert(surface) }
    }

    /// Whether a request would be refused as one before it was.
    func isRefused(_ request: SurfaceRequest) -> Bool { isRefused || forbidden.contains(request.surface) }

    /// Takes requests away that are not to be made as yet.
    mutating func holdBack(where isHeldBack: (SurfaceRequest) -> Bool) -> [SurfaceRequest] {
        let heldBack = requests.filter(isHeldBack)
        requests.removeAll(where: isHeldBack)
        return heldBack
    }

    /// Asks for what was held back.
    mutating func ask(_ heldBack: [SurfaceRequest]) { requests += heldBack }

    /// Asks for what other records name.
    private mutating func follow(_ finds: [Harvest.Find], _ builder: inout InventoryBuilder) {
        for find in finds {
            guard let surface = facts.surfaces.first(where: { $0.kind == find.kind }) else { continue }
            requests.append(SurfaceRequest(surface: surface, ids: [find.id], isHarvested: true))
            builder.currentCoverage[find.kind].harvestedIds += 1
        }
    }

    private func take(_ haul: Haul, _ kind: Kind, into builder: inout InventoryBuilder) {
        for (kind, count) in haul.tally.lost { builder.currentCoverage[kind].lost += count }
        builder.currentCoverage.lostOfUnknownKind += haul.tally.lostOfUnknownKind
        guard !builder.append(haul.batch) else { return }
        lose(1, [kind], &builder)
        builder.add(
            Problem(
                code: .tooLarge, source: source, place: nil, kind: kind,
                message: "more records than an inventory can hold", losesData: true))
    }

    /// The kinds that stand below this one, at any depth.
    func allBelow(_ kind: Kind) -> [Kind] {
        facts.surfaces.filter { $0.ancestors.contains(kind) }.map(\.kind)
    }

    func lose(_ count: Int, _ kinds: [Kind], _ builder: inout InventoryBuilder) {
        for kind in kinds { builder.currentCoverage[kind].lost += count }
    }

    /// Loses what the service itself says that it does not show. The kinds' coverage says so, and no problem does again.
    func withhold(_ count: Int, _ kinds: [Kind], _ builder: inout InventoryBuilder) {
        lose(count, kinds, &builder)
        for kind in kinds { builder.currentCoverage[kind].withheld += count }
    }

    func note(
        _ kind: Kind, at name: String, _ message: String, losesData: Bool = true, _ builder: inout InventoryBuilder
    ) {
        builder.add(
            Problem(
                code: .unreadable, source: source, place: Place(file: name, line: 1), kind: kind, message: message,
                losesData: losesData))
    }
}
