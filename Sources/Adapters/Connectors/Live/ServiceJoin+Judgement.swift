internal import Ledger
internal import ProviderFacts
internal import Records

/// What the answers of a service mean, now that everything was asked.
extension ServiceJoin {
    /// Judges what a service means that does not have what it was asked for.
    ///
    /// A surface that is retired answers 404 to everything. So an id is gone only where something else of its family was
    /// seen; where the family's list is absent too, the family is retired; else nobody can tell.
    mutating func finish(_ builder: inout InventoryBuilder) {
        let retired = retiredFamilies
        let absentLists = absentLists
        for surface in facts.surfaces {
            // A list that is not there, in a family of which something is, is gone by itself.
            let own = ([surface.kind] + surface.ancestors).lazy.compactMap { absentLists[$0] }.first
            guard let path = retired[surface.family] ?? own else { continue }
            if let doubt = doubt(surface.family) {
                doubtIt(surface.kind, doubt, &builder)
            } else {
                retire(surface.kind, path, &builder)
            }
        }
        for surface in facts.surfaces where retired[surface.family] == nil {
            if let count = absentIds[surface.kind]?.count { judge(count, absentFrom: surface, &builder) }
        }
        for surface in facts.surfaces {
            judgeRegistry(surface, &builder)
            judgeHarvest(surface, &builder)
        }
        for supplement in facts.supplements { judgeUses(supplement, &builder) }
    }

    /// What this reading says of records that it did not see, by family: nothing of one of which nothing was seen.
    func absences(_ coverage: SourceCoverage) -> [LedgerRun.Absence] {
        let families = Dictionary(grouping: facts.surfaces, by: \.family).filter { alive.contains($0.key) }
        return families.sorted { $0.key.name < $1.key.name }.map { _, surfaces in
            var absence = LedgerRun.Absence(kinds: KindSet(surfaces.map(\.kind)))
            for surface in surfaces.sorted(by: { $0.ancestors.count < $1.ancestors.count }) {
                let seen = coverage[surface.kind]
                let isWhole = seen.lost == 0 && seen.missing == 0 && coverage.lostOfUnknownKind == 0
                if let container = surface.container {
                    if isWhole { absence.nested.append((surface.kind, container)) }
                } else if surface.access == .id {
                    absence.answered += (absentIds[surface.kind] ?? []).map { (surface.kind, $0) }
                } else if isWhole, !seen.isRetired {
                    absence.listed.formUnion(KindSet(surface.kind))
                }
            }
            return absence
        }
    }

    /// The families of which nothing was seen and whose list is not there, with its path.
    private var retiredFamilies: [Family: String] {
        var families: [Family: String] = [:]
        for surface in facts.surfaces where !alive.contains(surface.family) && families[surface.family] == nil {
            families[surface.family] = absentLists[surface.kind]
        }
        return families
    }

    private func doubt(_ family: Family) -> RetirementDoubt? {
        RetirementDoubt(family, of: facts, isAnythingAlive: !alive.isEmpty)
    }

    private func doubtIt(_ kind: Kind, _ doubt: RetirementDoubt, _ builder: inout InventoryBuilder) {
        lose(1, [kind], &builder)
        if let path = absentLists[kind] { note(kind, at: path, doubt.description, &builder) }
    }

    private func retire(_ kind: Kind, _ path: String, _ builder: inout InventoryBuilder) {
        builder.currentCoverage[kind].wasRead = false
        builder.currentCoverage[kind].isKnownInPart = false
        builder.currentCoverage[kind].retiredSurface = path
    }

    private mutating func judge(_ count: Int, absentFrom surface: Surface, _ builder: inout InventoryBuilder) {
        let kind = surface.kind
        let kinds = [kind] + allBelow(kind)
        let isAlive = alive.contains(surface.family)
        if isAlive, inhabited.contains(surface.family) || seenBefore.has(kind) && kept[kind] == nil {
            builder.currentCoverage[kind].goneIds += count
            return
        }
        // An empty list beside them shows that something answers, and not that it is what they are, or were seen, on.
        guard !isAlive || kept[kind] == nil else {
            unproven.formUnion(KindSet(kind))
            return lose(count, kinds, &builder)
        }
        // Whether they are gone or the surface is, whoever accepts that they are not shown accepts: not so what must be kept.
        let isWithheld = kept[kind] == nil && doubt(surface.family) == nil
        if isWithheld { withhold(count, kinds, &builder) } else { lose(count, kinds, &builder) }
        let doubt =
            isAlive
            ? "shows nothing beside them: they are gone, or of another account; check the credential, add an id that "
                + "exists to the registry, or take away what does not"
            : "to nothing else: they are gone, or the surface is; add an id that exists to the registry"
        note(
            kind, at: "/\(surface.family.name)", "answered 404 to every known id (\(count)), and \(doubt)",
            losesData: !isWithheld, &builder)
    }

    /// Says of what must be kept, and answers 404, that nobody can tell whether it is gone.
    func noteUnproven(_ builder: inout InventoryBuilder) {
        for kind in unproven.kinds {
            builder.add(.unprovenAbsence(kept[kind] ?? 0, source: source, kind: kind))
        }
    }

    /// A registry that is said to lack nothing, and lacks something, proves nothing.
    private func judgeRegistry(_ surface: Surface, _ builder: inout InventoryBuilder) {
        guard let count = unregistered[surface.kind] else { return }
        for kind in [surface.kind] + allBelow(surface.kind) {
            builder.currentCoverage[kind].wasRead = false
            builder.currentCoverage[kind].isKnownInPart = true
        }
        builder.add(
            Problem(
                code: .incompleteRegistry, source: source, place: nil, kind: surface.kind,
                message: """
                    the registry is said to be complete, and other records or earlier scans name \(count) that exist \
                    and are not in it; bring it up to date
                    """, losesData: true))
    }

    /// A record that is there and whose list of what it uses is not: one that was taken away in between, or a service that
    /// keeps no such lists. One line for all of them.
    private func judgeUses(_ supplement: Surface, _ builder: inout InventoryBuilder) {
        guard let count = absentUses[supplement.kind] else { return }
        let stem = supplement.kind.fileStem
        let answer =
            answeredUses.has(supplement.kind)
            ? "answered 404 for \(count) of the \(stem) that are there; scan again"
            : "answered 404 for each of the \(stem) that are there (\(count)): the service keeps no such lists"
        note(
            supplement.kind, at: supplement.form,
            """
            \(answer), or accept the gap: what they use is not known, so that nothing that they may use is called unused
            """, losesData: false, &builder)
    }

    private func judgeHarvest(_ surface: Surface, _ builder: inout InventoryBuilder) {
        guard harvest.unfollowed.has(surface.kind) else { return }
        lose(1, [surface.kind] + allBelow(surface.kind), &builder)
        builder.add(
            Problem(
                code: .tooLarge, source: source, place: nil, kind: surface.kind,
                message: """
                    other records name more ids that no list has than are followed (\(harvest.most)); keep the ids in a \
                    registry
                    """, losesData: true))
    }

    /// A list that ends before as many elements as the service counts may have ended too early, or the count is old:
    /// either way no absence is believed.
    func compareCount(of reading: ListReading, _ builder: inout InventoryBuilder) {
        let kind = reading.request.surface.kind
        let count = reading.elements
        guard kind == .vectorStoreFile, let counted = reading.request.countedElements, counted > count else { return }
        let (missing, isTooMany) = builder.currentCoverage[kind].missing.addingReportingOverflow(counted - count)
        builder.currentCoverage[kind].missing = isTooMany ? .max : missing
        builder.add(
            Problem(
                code: .countsDiffer, source: source, place: Place(file: reading.request.name, line: 1), kind: kind,
                message: """
                    the service counts \(counted) elements, and the list ends after \(count); scan again, and where that \
                    changes nothing accept the gap
                    """, losesData: false))
    }
}
