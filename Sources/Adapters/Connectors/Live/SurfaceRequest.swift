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

    /// Where the first page is, or the record.
    ///
    /// - Parameter version: what families that want to hear it are told in `api-version`.
    func address(below base: HTTPAddress, version: String?) -> HTTPAddress {
        guard case .list(let limit?) = surface.access else { return address(nil, below: base, version, []) }
        return address(nil, below: base, version, [("limit", String(limit))])
    }

    /// A request for the page behind this element, or for the first one; or for the record.
    ///
    /// - Parameter first: the address of the first page, which is the same for all of them.
    func page(_ first: HTTPAddress, after last: String?, credential: HTTPHeader) -> HTTPRequest {
        let address = last.map { first.appending(path: [], query: [("after", $0)]) } ?? first
        return request(.get, at: address, credential: credential)
    }

    /// A request at this path.
    ///
    /// - Parameter further: a word behind the path, such as `cancel`.
    func request(
        _ method: HTTPMethod, _ further: String? = nil, below base: HTTPAddress, version: String?,
        query: [(name: String, value: String)] = [], credential: HTTPHeader
    ) -> HTTPRequest {
        request(method, at: address(further, below: base, version, query), credential: credential)
    }

    private func request(_ method: HTTPMethod, at address: HTTPAddress, credential: HTTPHeader) -> HTTPRequest {
        var headers = [HTTPHeader("Accept", "application/json")]
        if let beta = surface.family.beta { headers.append(HTTPHeader("OpenAI-Beta", beta)) }
        return HTTPRequest(method, address, headers: headers, credential: credential)
    }

    private func address(
        _ further: String?, below base: HTTPAddress, _ version: String?, _ query: [(name: String, value: String)]
    ) -> HTTPAddress {
        var query = query
        if surface.family.sendsVersion, let version { query.insert(("api-version", version), at: 0) }
        return base.appending(path: parts + [further].compactMap(\.self), query: query)
    }
}
