internal import HTTP
internal import JSONLines
internal import ProviderFacts
internal import Records

/// Reads lists of one service, page by page.
struct ListReader: Sendable {
    let session: HTTPSession
    let base: HTTPAddress
    /// What is said in `api-version` where somebody wants to hear it.
    let version: String?
    let passport: Passport
    let layout: RecordBatch.Layout
    let metadataKeys: JSONFieldTable
    let registry: Registry
    /// The kinds below whose records further lists stand.
    let containers: KindSet

    /// Reads a list to its end, or as far as it goes.
    func read(_ request: SurfaceRequest, _ meter: ReadingMeter? = nil) async -> ListReading {
        var reading = ListReading(request: request)
        var material = Material(name: request.name, kind: request.surface.kind)
        material.container = request.container.map { Array($0.utf8) }
        // One entry a page: a cursor that comes back leads round in a circle.
        var cursors: Set<String> = []
        var last: String?
        var count = 0
        while true {
            let body: [UInt8]
            do throws(ListFailure) {
                body = try await answer(request, after: last)
            } catch {
                reading.failure = error
                return reading
            }
            let page = Page(
                body, asked: request.surface.access == .id ? request.ids.last : nil, layout, material,
                metadataKeys: metadataKeys, registry: registry, first: count + 1,
                keepsIds: containers.has(request.surface.kind))
            if let last, page.lastId == last || page.lastId.map(cursors.contains) == true {
                // The same elements again are not worth keeping.
                reading.failure = .cursorIgnored
                return reading
            }
            reading.pages.append(page)
            meter?.add(records: page.batch.count)
            count += page.count
            switch next(page, request) {
            case .end: return reading
            case .failure(let failure):
                reading.failure = failure
                return reading
            case .after(let id):
                cursors.insert(id)
                last = id
            }
        }
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
        // Servers that say nothing of more have a page that is not full at the end.
        guard page.hasMore ?? (page.count >= limit ?? .max) else { return .end }
        guard page.count > 0 else { return .failure(.emptyPage) }
        guard let last = page.lastId, !last.isEmpty else { return .failure(.noCursor) }
        return .after(last)
    }

    /// The answer to a request; where the credential may have expired, to the same request with a newer one.
    private func answer(_ request: SurfaceRequest, after last: String?) async throws(ListFailure) -> [UInt8] {
        let issue = passport.current
        let response = try await send(request, after: last, issue)
        guard response.status != 200 else {
            passport.opened(issue)
            return response.body
        }
        var refusal = Refusal(response)
        guard refusal.mayBeExpiry else { throw .refused(refusal) }
        switch await passport.renewed(after: issue) {
        case .none: throw .refused(refusal)
        case .failed(let reason):
            refusal.withoutRenewal = reason
            throw .refused(refusal)
        case .issued(let next):
            let response = try await send(request, after: last, next)
            guard response.status == 200 else { throw .refused(Refusal(response)) }
            passport.opened(next)
            return response.body
        }
    }

    private func send(
        _ request: SurfaceRequest, after last: String?, _ issue: Passport.Issue
    ) async throws(ListFailure) -> HTTPResponse {
        do throws(HTTPError) {
            return try await session.send(
                request.page(below: base, version: version, after: last, credential: issue.header),
                advice: { Refusal($0).advice })
        } catch {
            throw .unanswered(error.description)
        }
    }
}
