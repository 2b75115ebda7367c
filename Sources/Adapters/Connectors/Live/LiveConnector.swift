public import HTTP
internal import JSONLines
public import ProviderFacts
public import Records

/// Reads a live service: one engine, which walks whatever the facts of its provider describe.
///
/// Lists are read several at a time, and joined in one order whatever the network does, so that two scans of the same
/// records are the same. At most `width` lists wait to be joined; a page is dropped as soon as its records are read.
public struct LiveConnector: Sendable {
    private let source: String
    private let facts: ProviderFacts
    private let reader: ListReader
    private let width: Int

    /// How far a reading came.
    public struct Progress: Sendable {
        /// Pages so far.
        public var pages: Int
        /// Records so far.
        public var records: Int
    }

    /// A connector to this service.
    ///
    /// - Parameters:
    ///   - address: what the facts' paths stand below, such as `https://api.openai.com/v1`.
    ///   - credential: the header that opens it.
    ///   - layout: the source's name, and the metadata keys that are read.
    ///   - width: how many lists are read at a time.
    public init(
        facts: ProviderFacts, address: HTTPAddress, credential: HTTPHeader, session: HTTPSession,
        layout: RecordBatch.Layout, width: Int = 16
    ) {
        source = layout.source
        self.facts = facts
        self.width = max(1, width)
        reader = ListReader(
            session: session, base: address, credential: credential, layout: layout,
            metadataKeys: JSONFieldTable(layout.metadataKeys),
            containers: KindSet(facts.surfaces.compactMap(\.container)))
    }

    /// Reads everything that can be listed into the inventory to be, as a source of its own.
    ///
    /// What cannot be read becomes a problem and is counted; the scan is then incomplete.
    public func read(into builder: inout InventoryBuilder, progress: (Progress) -> Void = { _ in }) async {
        builder.beginSource(source)
        var join = ListJoin(source: source, facts: facts)
        var started = 0
        var consumed = 0
        var early: [Int: ListReading] = [:]
        await withTaskGroup(of: (Int, ListReading).self) { group in
            while consumed < join.requests.count {
                while started < join.requests.count, started - consumed < width {
                    let (number, request) = (started, join.requests[started])
                    let reader = join.isRefused ? nil : reader
                    group.addTask {
                        (number, await reader?.read(request) ?? ListReading(request: request, failure: .notAsked))
                    }
                    started += 1
                }
                guard let (number, reading) = await group.next() else { return }
                early[number] = reading
                while let reading = early.removeValue(forKey: consumed) {
                    join.take(reading, into: &builder)
                    consumed += 1
                    progress(join.progress)
                }
            }
        }
    }
}

/// Joins what lists gave, one after the other, and finds out which lists stand below.
private struct ListJoin {
    let source: String
    let facts: ProviderFacts
    /// Every list, known so far, in the order of joining.
    private(set) var requests: [ListRequest]
    private(set) var progress = LiveConnector.Progress(pages: 0, records: 0)
    /// Whether the service does not know the credential: what was not asked yet would be refused as well.
    private(set) var isRefused = false

    init(source: String, facts: ProviderFacts) {
        self.source = source
        self.facts = facts
        requests = facts.surfaces.filter { $0.container == nil }.map { ListRequest(surface: $0, ids: []) }
    }

    mutating func take(_ reading: ListReading, into builder: inout InventoryBuilder) {
        let kind = reading.request.surface.kind
        builder.currentCoverage[kind].wasRead = true
        let below = facts.surfaces.filter { $0.container == kind }
        for surface in below { builder.currentCoverage[surface.kind].wasRead = true }
        for page in reading.pages {
            progress.pages += 1
            progress.records += page.batch.count
            take(page, kind, into: &builder)
            for surface in below {
                // What stands below elements without an id cannot be asked for.
                builder.currentCoverage[surface.kind].lost += page.tally.lost[kind] ?? 0
                requests += page.ids.map { ListRequest(surface: surface, ids: reading.request.ids + [$0]) }
            }
        }
        guard let failure = reading.failure else { return }
        if case .refused(let refusal) = failure, refusal.status == 401 { isRefused = true }
        // What stands below elements that were not seen was not seen either.
        for lost in [kind] + below.map(\.kind) { builder.currentCoverage[lost].lost += 1 }
        builder.add(
            Problem(
                code: .unreadable, source: source, place: Place(file: reading.request.name, line: 1), kind: kind,
                message: failure.description, losesData: true))
    }

    private func take(_ page: Page, _ kind: Kind, into builder: inout InventoryBuilder) {
        for (kind, count) in page.tally.lost { builder.currentCoverage[kind].lost += count }
        builder.currentCoverage.lostOfUnknownKind += page.tally.lostOfUnknownKind
        guard !builder.append(page.batch) else { return }
        builder.currentCoverage[kind].lost += 1
        builder.add(
            Problem(
                code: .tooLarge, source: source, place: nil, kind: kind,
                message: "more records than an inventory can hold", losesData: true))
    }
}
