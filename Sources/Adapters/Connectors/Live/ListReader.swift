internal import HTTP
internal import JSONLines
internal import ProviderFacts
internal import Records

/// Reads lists of one service, page by page.
struct ListReader: Sendable {
    let correspondent: Correspondent
    let layout: RecordBatch.Layout
    let metadataKeys: JSONFieldTable
    let registry: Registry
    /// The kinds below whose records further lists stand, supplements included.
    let containers: KindSet
    private let parsers = ParserStock()

    /// Reads a list to its end, or as far as it goes.
    func read(_ request: SurfaceRequest, _ meter: ReadingMeter? = nil) async -> ListReading {
        var pages = PageReader(
            request, layout, metadataKeys: metadataKeys, parsers: parsers, registry: registry,
            keepsIds: containers.has(request.surface.kind))
        let failure = await readPages(request, &pages, meter)
        var reading = ListReading(request: request, failure: failure)
        reading.elements = pages.count
        reading.hasWholePage = pages.hasWholePage
        reading.hauls = pages.finish()
        return reading
    }

    /// Reads page after page; why not to the end, where that is so.
    private func readPages(
        _ request: SurfaceRequest, _ pages: inout PageReader, _ meter: ReadingMeter?
    ) async -> ListFailure? {
        let first = address(request)
        let countsRecords = !request.surface.isSupplement
        var last: String?
        var mayHaveEnded = false
        while true {
            let page: Page
            do throws(ListFailure) {
                page = pages.read(try await answer(request, first, after: last))
            } catch {
                return last != nil && error.isAbsence ? .brokenOff : error
            }
            // What does not page, and says nothing of more, has given all that it gives.
            if page.isRepeated { return mayHaveEnded && page.isWhole && page.hasMore == nil ? nil : .cursorIgnored }
            meter?.add(records: countsRecords ? page.count : 0)
            switch next(page, request) {
            case .end: return nil
            case .failure(let failure): return failure
            case .after(let id): last = id
            }
            mayHaveEnded = mayBeLast(page, request)
        }
    }

    /// The first page of a list, or a record by itself: whether it answers, and the id of one element.
    func firstAnswer(_ request: SurfaceRequest) async throws(ListFailure) -> (page: Page, sample: String?) {
        var pages = PageReader(
            request, layout, metadataKeys: metadataKeys, parsers: parsers, registry: registry, keepsIds: true)
        let page = pages.read(try await answer(request, address(request), after: nil))
        guard page.isWhole else { throw .unreadable }
        return (page, pages.finish().first?.containers.first?.id)
    }

    private enum Next {
        case end
        case after(String)
        case failure(ListFailure)
    }

    /// Where the list goes on.
    private func next(_ page: Page, _ request: SurfaceRequest) -> Next {
        guard page.isWhole else { return .failure(.unreadable) }
        guard case .list(let limit) = request.surface.access else { return .end }
        // A server that says nothing of more may give less than was asked for: only an empty page ends its list.
        guard page.hasMore ?? (limit != nil && page.count > 0) else { return .end }
        guard page.count > 0 else { return .failure(.emptyPage) }
        guard let last = page.lastId, !last.isEmpty else {
            return mayBeLast(page, request) ? .end : .failure(.noCursor)
        }
        return .after(last)
    }

    /// Whether a server that says nothing of more gave less than was asked for.
    private func mayBeLast(_ page: Page, _ request: SurfaceRequest) -> Bool {
        guard case .list(let limit?) = request.surface.access else { return false }
        return page.hasMore == nil && page.count < limit
    }

    private func address(_ request: SurfaceRequest) -> HTTPAddress {
        request.address(below: correspondent.base, version: correspondent.version)
    }

    /// The page behind this element of a list whose first page is there.
    private func answer(
        _ request: SurfaceRequest, _ first: HTTPAddress, after last: String?
    ) async throws(ListFailure) -> [UInt8] {
        let answer: Correspondent.Answer
        do throws(HTTPError) {
            answer = try await correspondent.send { _, _, credential in
                request.page(first, after: last, credential: credential)
            }
        } catch {
            throw .unanswered(error)
        }
        guard answer.response.status == 200 else { throw .refused(answer.refusal ?? Refusal(answer.response)) }
        return answer.response.body
    }
}
