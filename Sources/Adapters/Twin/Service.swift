internal import HTTPServer

/// What the service does with a request: a function of what it holds.
struct Service: Sendable {
    var stock: Stock
    /// The bytes of files that were uploaded, by their ids.
    var contents: [String: [UInt8]] = [:]
    var mint: Mint
    /// How many bytes calls have added.
    var grown = 0
    let profile: TwinProfile
    let keys: Keys
    /// The areas that the service no longer has.
    let retired: Set<Shelf.Area>
    /// Whether work that waits goes on waiting, whoever looks at it.
    var isStill = false

    /// A quarter of a gibibyte is more than any rehearsal sends.
    static let mostBytes = 1 << 28

    /// Answers, and changes what it holds where the request says so.
    mutating func answer(_ request: ServedRequest, _ quirks: Quirks = Quirks()) -> ServedResponse {
        do throws(Refused) {
            try profile.admit(request, keys)
            return try route(request, quirks)
        } catch {
            return error.response
        }
    }

    /// Whether a request brings what opens the service.
    func admits(_ request: ServedRequest) -> Bool { (try? profile.admit(request, keys)) != nil }

    private mutating func route(_ request: ServedRequest, _ quirks: Quirks) throws(Refused) -> ServedResponse {
        let path = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
        guard let (tree, words) = profile.tree(at: path) else { throw Refused(Refusals.unknownPath(request)) }
        try tree.check(request)
        if let told = try undeleted(words, of: tree, request, quirks) { return told }
        if let (call, ids) = Call.find(request.method, words) {
            guard !tree.lacks.contains(call.path.joined(separator: "/")) else {
                throw Refused(Refusals.unknownPath(request))
            }
            _ = try offered(call.shelf, of: tree, request)
            return try call.answer(&self, try Asked(request, ids: ids, quirks))
        }
        guard let (found, parents, id) = Shelf.find(words) else { throw Refused(Refusals.unknownPath(request)) }
        let shelf = try offered(found, of: tree, request)
        if !quirks.servesOrphans { try checkParents(parents, of: shelf) }
        guard let id else { return try list(shelf, below: parents.last ?? "", request, quirks) }
        return try serve(shelf, below: parents.last ?? "", id, request, quirks)
    }

    /// The answer to a DELETE that does nothing and succeeds; nil where it is as it should be.
    private func undeleted(
        _ words: [String], of tree: Tree, _ request: ServedRequest, _ quirks: Quirks
    ) throws(Refused) -> ServedResponse? {
        guard request.method == "DELETE", let (found, parents, named) = Shelf.find(words), let id = named else {
            return nil
        }
        let shelf = try offered(found, of: tree, request)
        guard let deleted = shelf.deletedObject else { return nil }
        let isThere = stock.object(shelf, id, below: parents.last ?? "") != nil
        guard isThere ? quirks.deletesNothing : quirks.deletesAbsent else { return nil }
        return .json(["id": .string(id), "object": .string(deleted), "deleted": false])
    }

    /// The shelf as this part of the service has it, if it has it.
    private func offered(_ shelf: Shelf, of tree: Tree, _ request: ServedRequest) throws(Refused) -> Shelf {
        guard let shelf = tree.shelf(shelf, version: request.item("api-version")), !retired.contains(shelf.area) else {
            throw Refused(Refusals.unknownPath(request))
        }
        if tree.asksForBeta, let beta = shelf.area.beta, request.header("openai-beta") != beta {
            throw Refused(Refusals.noBeta(beta))
        }
        return shelf
    }

    /// Every object that the path names must be there, the outermost first.
    func checkParents(_ parents: [String], of shelf: Shelf) throws(Refused) {
        guard let above = shelf.above, let last = parents.last else { return }
        let further = Array(parents.dropLast())
        try checkParents(further, of: above)
        guard stock.object(above, last, below: further.last ?? "") != nil else {
            throw Refused(Refusals.missing(last, on: above))
        }
    }

    private func list(
        _ shelf: Shelf, below parent: String, _ request: ServedRequest, _ quirks: Quirks
    ) throws(Refused) -> ServedResponse {
        guard request.method == "GET" else { throw Refused(Refusals.notAllowed(request)) }
        guard !quirks.hasNoLists else { throw Refused(Refusals.notAllowed(request)) }
        switch shelf.listing {
        case .needsSession: throw Refused(Refusals.needsSession(request))
        case .notAllowed: throw Refused(Refusals.notAllowed(request))
        case .absent: throw Refused(Refusals.unknownPath(request))
        case .whole: return Listing(whole: stock, shelf, below: parent, request, quirks).response
        case .pages(let usual, let most):
            return try Listing(stock, shelf, below: parent, usual: usual, most: most, request, quirks).response
        }
    }

    private mutating func serve(
        _ shelf: Shelf, below parent: String, _ id: String, _ request: ServedRequest, _ quirks: Quirks
    ) throws(Refused) -> ServedResponse {
        guard request.method == "GET" || (request.method == "DELETE" && shelf.deletedObject != nil) else {
            throw Refused(Refusals.notAllowed(request))
        }
        let isRead = request.method == "GET"
        guard let object = stock.object(shelf, id, below: parent, evenRemoved: isRead && quirks.servesDeleted) else {
            throw Refused(Refusals.missing(id, on: shelf))
        }
        guard request.method == "DELETE", let deleted = shelf.deletedObject else {
            return ServedResponse(status: 200, body: object.json)
        }
        stock.remove(shelf, id, below: parent)
        // An item's end is told as what is left: its conversation.
        if shelf.hidesParentKey, let above = shelf.above, let left = stock.object(above, parent, below: "") {
            return ServedResponse(status: 200, body: left.json)
        }
        return .deleted(id, deleted)
    }
}
