internal import HTTP
internal import ProviderFacts
internal import Records

/// One list that is to be read to its end, or one record that is to be read by its id.
struct SurfaceRequest: Sendable {
    let surface: Surface
    /// The ids in its path, in their order.
    let ids: [String]
    /// Whether another record or an earlier scan named the record, and no registry does.
    var isHarvested = false
    /// How many elements the service counts on this list; nil where it does not count them.
    var countedElements: Int?

    /// The path below the address, for people: `/vector_stores/vs_1/files`.
    var name: String { "/" + parts.joined(separator: "/") }

    /// What the records belong to; nil at the top.
    var container: String? { ids.prefix(surface.ancestors.count).last }

    /// The ids in the path of what stands below this record.
    func idsBelow(_ id: String) -> [String] { ids.prefix(surface.ancestors.count) + [id] }

    private var parts: [String] {
        var ids = ids[...]
        return surface.family.root
            + surface.path.map { segment in
                switch segment {
                case .word(let word): word
                case .id: ids.popFirst() ?? ""
                }
            }
    }

    /// A request for the page behind this element, or for the first one; or for the record.
    ///
    /// - Parameter version: what families that want to hear it are told in `api-version`.
    func page(
        below base: HTTPAddress, version: String?, after last: String?, credential: HTTPHeader
    ) -> HTTPRequest {
        var query: [(name: String, value: String)] = []
        if case .list(let limit) = surface.access {
            if let limit { query.append(("limit", String(limit))) }
            if let last { query.append(("after", last)) }
        }
        return request(.get, below: base, version: version, query: query, credential: credential)
    }

    /// A request at this path.
    ///
    /// - Parameter further: a word behind the path, such as `cancel`.
    func request(
        _ method: HTTPMethod, _ further: String? = nil, below base: HTTPAddress, version: String?,
        query: [(name: String, value: String)] = [], credential: HTTPHeader
    ) -> HTTPRequest {
        var query = query
        if surface.family.sendsVersion, let version { query.insert(("api-version", version), at: 0) }
        var headers = [HTTPHeader("Accept", "application/json")]
        if let beta = surface.family.beta { headers.append(HTTPHeader("OpenAI-Beta", beta)) }
        return HTTPRequest(
            method, base.appending(path: parts + [further].compactMap(\.self), query: query), headers: headers,
            credential: credential)
    }
}
