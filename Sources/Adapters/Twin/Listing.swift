internal import HTTPServer

/// A page of a list, as a request asks for it.
struct Listing {
    private let objects: [StockedObject]
    private let hasMore: Bool
    private let total: Int
    private let envelope: Envelope

    /// Cuts the page out, or refuses.
    ///
    /// - Parameters:
    ///   - usual: how many elements a page has unless `limit` says otherwise.
    ///   - most: how many it can have.
    init(
        _ stock: Stock, _ shelf: Shelf, below parent: String, usual: Int, most: Int, _ request: ServedRequest,
        _ quirks: Quirks
    ) throws(Refused) {
        let limit = try Self.limit(request, usual: usual, most: most)
        var order = shelf.usualOrder
        if let text = request.item("order") {
            guard text == "asc" || text == "desc" else {
                throw Refused(Refusals.wrongWord("order", text, among: ["asc", "desc"]))
            }
            order = text
        }
        envelope = quirks.isBare ? [] : shelf.envelope
        let ascending = order == "asc"
        let after = quirks.ignoresCursor ? nil : request.item("after")
        let isWanted = Self.filter(shelf, request)
        total = envelope.contains(.total) ? stock.list(shelf, below: parent)?.count ?? 0 : 0
        if shelf.knowsBefore, after == nil, let before = request.item("before") {
            // The page that ends just before it: so many behind it in the other order.
            guard
                let list = stock.list(
                    shelf, below: parent, ascending: !ascending, after: before, most: limit,
                    evenRemoved: quirks.listsDeleted, where: isWanted)
            else { throw Refused(Refusals.unknownCursor("before", before)) }
            objects = list.reversed()
            hasMore = quirks.endsEmpty
            return
        }
        guard
            let list = stock.list(
                shelf, below: parent, ascending: ascending, after: after, most: limit + 1,
                evenRemoved: quirks.listsDeleted, where: isWanted)
        else { throw Refused(Refusals.unknownCursor("after", after ?? "")) }
        let isPast = quirks.endsEmpty && request.item("after") != nil
        objects = isPast ? [] : Array(list.prefix(limit))
        hasMore = quirks.endsEmpty || list.count > limit
    }

    /// Everything that is wanted on one page.
    init(whole stock: Stock, _ shelf: Shelf, below parent: String, _ request: ServedRequest, _ quirks: Quirks) {
        let all =
            stock.list(
                shelf, below: parent, ascending: false, evenRemoved: quirks.listsDeleted,
                where: Self.filter(shelf, request)) ?? []
        objects = quirks.endsEmpty && request.item("after") != nil ? [] : all
        hasMore = quirks.endsEmpty
        total = all.count
        envelope = quirks.isBare ? [] : shelf.envelope
    }

    /// What a request wants of a list: objects with these values, and with these metadata.
    private static func filter(_ shelf: Shelf, _ request: ServedRequest) -> (StockedObject) -> Bool {
        var wanted: [(path: [String], value: String)] = []
        for (name, value) in request.query {
            if let member = shelf.filters[name] {
                wanted.append(([member], value))
            } else if !shelf.filters.isEmpty, name.hasPrefix("metadata["), name.hasSuffix("]") {
                wanted.append((["metadata", String(name.dropFirst("metadata[".count).dropLast())], value))
            }
        }
        guard !wanted.isEmpty else { return { _ in true } }
        return { object in
            let json = JSON.read(object.json) ?? .null
            return wanted.allSatisfy { path, value in path.reduce(json) { $0[$1] ?? .null }.text == value }
        }
    }

    private static func limit(_ request: ServedRequest, usual: Int, most: Int) throws(Refused) -> Int {
        guard let text = request.item("limit") else { return usual }
        guard let number = Int(text) else { throw Refused(Refusals.wrongInteger("limit")) }
        guard number <= most else { throw Refused(Refusals.tooLarge("limit", number, most: most)) }
        guard number >= 1 else { throw Refused(Refusals.tooSmall("limit", number, least: 1)) }
        return number
    }

    var response: ServedResponse {
        var body: [UInt8] = []
        body += (envelope.contains(.object) ? #"{"object":"list","data":["# : #"{"data":["#).utf8
        for (place, object) in objects.enumerated() {
            if place > 0 { body.append(UInt8(ascii: ",")) }
            body += object.json
        }
        body.append(UInt8(ascii: "]"))
        if envelope.contains(.firstId) {
            // The document knows no null here.
            body += #","first_id":"#.utf8
            JSONWriting.append(objects.first?.id ?? "", to: &body)
        }
        if envelope.contains(.lastId) {
            body += #","last_id":"#.utf8
            JSONWriting.append(objects.last?.id ?? "", to: &body)
        }
        if envelope.contains(.hasMore) { body += #","has_more":\#(hasMore)"#.utf8 }
        if envelope.contains(.total) { body += #","total":\#(total)"#.utf8 }
        body.append(UInt8(ascii: "}"))
        return ServedResponse(status: 200, body: body)
    }
}

/// A request that is refused, with the answer that says so.
struct Refused: Error {
    let response: ServedResponse
    init(_ response: ServedResponse) { self.response = response }
}
