internal import ProviderFacts
internal import Records

/// Joins what a service gave, one request after the other, and finds out what else there is to ask for.
struct ServiceJoin {
    let source: String
    let facts: ProviderFacts
    /// Every request that is known so far, in the order of joining.
    private(set) var requests: [SurfaceRequest] = []
    private(set) var progress = LiveConnector.Progress(pages: 0, records: 0)
    /// Whether the service does not know the credential: what was not asked yet would be refused as well.
    private(set) var isRefused = false
    /// Families of which something was seen, and those whose list the service does not have.
    private var alive: Set<Family> = []
    private var withoutList: Set<Family> = []
    /// How many known ids the service does not have.
    private var absentIds: [Kind: Int] = [:]
    private var harvest: Harvest
    private let registry: Registry
    /// How many records exist that a registry lacks which is said to lack none.
    private var unregistered: [Kind: Int] = [:]

    init(
        source: String, facts: ProviderFacts, registry: Registry, harvest: Harvest,
        _ builder: inout InventoryBuilder
    ) {
        self.source = source
        self.facts = facts
        self.registry = registry
        self.harvest = harvest
        for conflict in registry.conflicts { Self.note(conflict, of: registry, source, &builder) }
        for surface in facts.surfaces {
            switch (surface.container, surface.access) {
            case (let container?, _):
                builder.currentCoverage[surface.kind].wasRead = builder.currentCoverage[container].wasRead
            case (nil, .list):
                requests.append(SurfaceRequest(surface: surface, ids: []))
                builder.currentCoverage[surface.kind].wasRead = true
            case (nil, .id):
                let known = registry.ids(of: surface.kind).map { SurfaceRequest(surface: surface, ids: [$0]) }
                requests += known
                builder.currentCoverage[surface.kind].registryIds = known.count
                builder.currentCoverage[surface.kind].wasRead = registry.isComplete(surface.kind)
            }
        }
    }

    mutating func take(_ reading: ListReading, into builder: inout InventoryBuilder) {
        let surface = reading.request.surface
        let isHarvested = reading.request.isHarvested
        let below = facts.surfaces.filter { $0.container == surface.kind }
        for page in reading.pages {
            progress.pages += 1
            progress.records += page.batch.count
            take(page, surface.kind, into: &builder)
            // What stands below elements without an id cannot be asked for.
            let lost = page.tally.lost[surface.kind] ?? 0
            if lost > 0 { lose(lost, allBelow(surface.kind), &builder) }
            for surface in below {
                requests += page.ids.map { SurfaceRequest(surface: surface, ids: reading.request.idsBelow($0)) }
            }
            follow(harvest.take(page.batch), &builder)
            if isHarvested, page.batch.count > 0, registry.isComplete(surface.kind) {
                unregistered[surface.kind, default: 0] += 1
            }
        }
        guard let failure = reading.failure else {
            alive.insert(surface.family)
            return
        }
        if failure.isAbsence, surface.container == nil {
            if surface.access == .id {
                absentIds[surface.kind, default: 0] += 1
            } else {
                withoutList.insert(surface.family)
            }
            return
        }
        if case .refused(let refusal) = failure, refusal.status == 401 { isRefused = true }
        lose(1, [surface.kind] + allBelow(surface.kind), &builder)
        note(surface.kind, at: reading.request.name, failure.description, &builder)
    }

    private static func note(
        _ conflict: RegistryConflict, of registry: Registry, _ source: String, _ builder: inout InventoryBuilder
    ) {
        let names = conflict.attributes.map(\.name).joined(separator: ", ")
        builder.add(
            Problem(
                code: .conflictingFields, source: source, place: registry.place(conflict.place), kind: conflict.kind,
                id: conflict.id,
                message: "the registry states its \(names) in several ways, so that nothing of that is known",
                losesData: false))
    }

    /// Asks for what other records name.
    private mutating func follow(_ finds: [Harvest.Find], _ builder: inout InventoryBuilder) {
        for find in finds {
            guard let surface = facts.surfaces.first(where: { $0.kind == find.kind }) else { continue }
            requests.append(SurfaceRequest(surface: surface, ids: [find.id], isHarvested: true))
            builder.currentCoverage[find.kind].harvestedIds += 1
        }
    }

    /// Judges, now that everything was asked, what a service means that does not have what it was asked for.
    ///
    /// A surface that is retired answers 404 to everything. So an id is gone only where something else of its family was
    /// seen; where the family's list is absent too, the family is retired; else nobody can tell.
    func finish(_ builder: inout InventoryBuilder) {
        for surface in facts.surfaces where withoutList.contains(surface.family) && !alive.contains(surface.family) {
            builder.currentCoverage[surface.kind].wasRead = false
            builder.currentCoverage[surface.kind].isRetired = true
        }
        for surface in facts.surfaces {
            guard let count = absentIds[surface.kind],
                !withoutList.contains(surface.family)
                    || alive.contains(surface.family)
            else { continue }
            guard !alive.contains(surface.family) else {
                builder.currentCoverage[surface.kind].goneIds += count
                continue
            }
            lose(count, [surface.kind] + allBelow(surface.kind), &builder)
            note(
                surface.kind, at: "/\(surface.family.name)",
                """
                answered 404 to every known id (\(count)), and to nothing else: they are gone, or the surface is; add an id \
                that exists to the registry
                """, &builder)
        }
        judgeRegistry(&builder)
    }

    /// A registry that is said to lack nothing, and lacks something, proves nothing; neither does an end to following.
    private func judgeRegistry(_ builder: inout InventoryBuilder) {
        for surface in facts.surfaces {
            let below = [surface.kind] + allBelow(surface.kind)
            if let count = unregistered[surface.kind] {
                for kind in below { builder.currentCoverage[kind].wasRead = false }
                builder.add(
                    Problem(
                        code: .incompleteRegistry, source: source, place: nil, kind: surface.kind,
                        message: """
                            the registry is said to be complete, and other records name \(count) that exist and are not \
                            in it; bring it up to date
                            """, losesData: true))
            }
            if harvest.unfollowed.has(surface.kind) {
                lose(1, below, &builder)
                builder.add(
                    Problem(
                        code: .tooLarge, source: source, place: nil, kind: surface.kind,
                        message: """
                            other records name more ids that no list has than are followed (\(harvest.most)); keep the ids \
                            in a registry
                            """, losesData: true))
            }
        }
    }

    private func take(_ page: Page, _ kind: Kind, into builder: inout InventoryBuilder) {
        for (kind, count) in page.tally.lost { builder.currentCoverage[kind].lost += count }
        builder.currentCoverage.lostOfUnknownKind += page.tally.lostOfUnknownKind
        guard !builder.append(page.batch) else { return }
        lose(1, [kind], &builder)
        builder.add(
            Problem(
                code: .tooLarge, source: source, place: nil, kind: kind,
                message: "more records than an inventory can hold", losesData: true))
    }

    /// The kinds that stand below this one, at any depth.
    private func allBelow(_ kind: Kind) -> [Kind] {
        facts.surfaces.filter { $0.ancestors.contains(kind) }.map(\.kind)
    }

    private func lose(_ count: Int, _ kinds: [Kind], _ builder: inout InventoryBuilder) {
        for kind in kinds { builder.currentCoverage[kind].lost += count }
    }

    private func note(_ kind: Kind, at name: String, _ message: String, _ builder: inout InventoryBuilder) {
        builder.add(
            Problem(
                code: .unreadable, source: source, place: Place(file: name, line: 1), kind: kind, message: message,
                losesData: true))
    }
}
