internal import HTTP
internal import ProviderFacts
internal import Records

/// One list that is to be read to its end.
struct ListRequest: Sendable {
    let surface: Surface
    /// The ids in its path, in their order; the last is that of the record below which it stands.
    let ids: [String]

    /// The list's path, for people: `/vector_stores/vs_1/files`.
    var name: String { "/" + parts.joined(separator: "/") }

    private var parts: [String] {
        var ids = ids[...]
        return surface.path.map { segment in
            switch segment {
            case .word(let word): word
            case .id: ids.popFirst() ?? ""
            }
        }
    }

    /// The page behind this element; the first one without.
    func address(below base: HTTPAddress, after last: String?) -> HTTPAddress {
        var query: [(name: String, value: String)] = []
        if case .after(let limit) = surface.paging {
            query.append(("limit", String(limit)))
            if let last { query.append(("after", last)) }
        }
        return base.appending(path: parts, query: query)
    }
}
