internal import Chronology
internal import Disposition
internal import HTTP
internal import ProviderFacts
internal import Records

extension LiveDisposition {
    /// How many of the newest parts are looked at: the order is that of creation, and what ended last may not be what
    /// began last.
    private static let newest = 20

    /// Looks at a record by its own path; where there is no such call, in its list.
    func look(at path: RecordPath) async -> Sighting {
        guard let sighting = await sight(at: path) else { return await absence(in: path.surface.family) }
        return sighting
    }

    /// What is seen at a record's own path; nil for a 404, whatever it means.
    func sight(at path: RecordPath) async -> Sighting? {
        let sighting: Sighting
        switch await get(path.record) {
        case .body(let body): sighting = await read(body, of: path)
        case .missing: return nil
        case .notAllowed: sighting = await lookInList(at: path)
        case .refused(let reason): return .refused(reason)
        case .unreadable(let reason): return .unreadable(reason)
        }
        if case .present(let facts) = sighting, let created = facts.created {
            memory.note(path.target, created: Moment(created))
        }
        return sighting
    }

    private func read(_ body: [UInt8], of path: RecordPath) async -> Sighting {
        var sheet = RecordSheet(source: source, now: clock.date())
        var reader = sheet.reader(of: path.record)
        // What another record says is no answer.
        guard reader.read(body).isWhole else { return .unreadable("the answer is not the record that was asked for") }
        saw(path.surface.family)
        sheet.take(reader)
        let isTimeless = CurrentFacts.kindsOfTimelessParts.has(path.target.kind)
        var ids: Set<String> = []
        if isTimeless || path.target.kind == .thread {
            for part in facts.surfaces where part.container == path.target.kind {
                let obstacle =
                    isTimeless
                    ? await readIds(part, of: path, into: &ids) : await readNewest(part, of: path, into: &sheet)
                if let obstacle { return obstacle }
            }
        }
        guard var seen = sheet.facts(of: path.target) else {
            return .unreadable("the record says too little of itself")
        }
        if isTimeless { seen.parts = ids }
        return .present(seen)
    }

    /// Reads the ids of all parts of a record, which do not say when they were made: no page shows that none behind it is
    /// newer.
    ///
    /// - Returns: why not, where that is so.
    private func readIds(_ part: Surface, of path: RecordPath, into ids: inout Set<String>) async -> Sighting? {
        let end = await walk(SurfaceRequest(surface: part, ids: path.record.ids), .newestFirst) { page, _ in
            ids.formUnion(page.elements.map { $0.id ?? "" })
            return false
        }
        return obstacle(end, part)
    }

    /// Reads the newest parts of a record: one page where the server orders them, else all of them.
    ///
    /// - Returns: why not, where that is so.
    private func readNewest(_ part: Surface, of path: RecordPath, into sheet: inout RecordSheet) async -> Sighting? {
        let list = SurfaceRequest(surface: part, ids: path.record.ids)
        var reader = sheet.reader(of: list)
        let end = await walk(list, .newestFirst, pageSize: Self.newest) { page, body in
            _ = reader.read(body)
            var order = ListOrder()
            for element in page.elements { order.take(element.created) }
            return order.isNewestFirst
        }
        sheet.take(reader)
        return obstacle(end, part)
    }

    /// Why the parts of a record could not be read; nil where they were.
    private func obstacle(_ end: ListEnd, _ part: Surface) -> Sighting? {
        switch end {
        case .end, .enough: return nil
        case .missing, .notAllowed: return .unreadable("it is there, and the list of its \(part.kind.fileStem) is not")
        case .refused(let reason): return .refused(reason)
        case .unreadable(let reason): return .unreadable(reason)
        }
    }

    private func lookInList(at path: RecordPath) async -> Sighting {
        guard let list = path.list else { return .unreadable("the service has no call that shows it") }
        var sheet = RecordSheet(source: source, now: clock.date())
        var found: CurrentFacts?
        let end = await walk(list, .newestFirst) { page, body in
            guard page.elements.contains(where: { $0.id == path.id }) else { return false }
            var reader = sheet.reader(of: list)
            _ = reader.read(body)
            sheet.take(reader)
            found = sheet.facts(of: path.target)
            return true
        }
        switch end {
        case .enough: return found.map { .present($0) } ?? .unreadable("the record says too little of itself")
        case .end: return .absent
        case .missing: return await absence(in: path.surface.family)
        case .notAllowed: return .unreadable("the service has no call that shows it")
        case .refused(let reason): return .refused(reason)
        case .unreadable(let reason): return .unreadable(reason)
        }
    }
}
