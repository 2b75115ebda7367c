internal import ProviderFacts

/// How a walk along a list ended.
enum ListEnd {
    /// At its end.
    case end
    /// Where nothing more was wanted.
    case enough
    /// What the list stands below is not there, or the list itself.
    case missing
    /// There is no such list.
    case notAllowed
    case refused(String)
    case unreadable(String)
}

extension LiveDisposition {
    /// The order of a list that is asked for.
    enum Order: String {
        case oldestFirst = "asc"
        case newestFirst = "desc"
    }

    /// More than any list has pages.
    private static let mostPages = 100_000

    /// Walks along a list.
    ///
    /// - Parameters:
    ///   - pageSize: how many elements a page shall have at most; nil for as many as it can have.
    ///   - isEnough: told of every page; ends the walk.
    func walk(
        _ list: SurfaceRequest, _ order: Order, pageSize: Int? = nil, isEnough: (ListedPage, [UInt8]) -> Bool
    ) async -> ListEnd {
        guard case .list(let limit) = list.surface.access else { return .notAllowed }
        let size = limit.map { min($0, pageSize ?? $0) }
        var after: String?
        var mayHaveEnded = false
        var cursors: Set<String> = []
        for _ in 0..<Self.mostPages {
            var query: [(name: String, value: String)] = []
            if let size { query += [("limit", "\(size)"), ("order", order.rawValue)] }
            if let after { query.append(("after", after)) }
            let body: [UInt8]
            switch await get(list, query) {
            case .body(let answer): body = answer
            case .missing:
                // What the next page begins behind may be gone by now; the list is there.
                return after == nil ? .missing : .unreadable("its list: \(ListFailure.brokenOff.reason)")
            case .notAllowed: return .notAllowed
            case .refused(let reason): return .refused(reason)
            case .unreadable(let reason): return .unreadable("its list: \(reason)")
            }
            guard let page = ListedPage(body) else { return .unreadable("its list: the answer is no list") }
            saw(list.surface.family)
            if isEnough(page, body) { return .enough }
            // A server that says nothing of more may give less than was asked for: only an empty page ends its list.
            guard page.hasMore ?? (size != nil && !page.elements.isEmpty) else { return .end }
            let mayBeLast = page.hasMore == nil && page.elements.count < size ?? 0
            guard let last = page.elements.last?.id, !last.isEmpty else {
                if mayBeLast { return .end }
                return .unreadable("its list: the server says that there are more, and not how to reach them")
            }
            guard cursors.insert(last).inserted else {
                // What does not page, and says nothing of more, has given all that it gives.
                if mayHaveEnded, page.hasMore == nil { return .end }
                return .unreadable("its list: the server gives the same page again")
            }
            (mayHaveEnded, after) = (mayBeLast, last)
        }
        return .unreadable("its list is too long")
    }
}
