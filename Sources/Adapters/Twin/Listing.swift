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
    ///   - all: everything on the list, oldest first.
    ///   - usual: how many elements a page has unless `limit` says otherwise.
    ///   - most: how many it can have.
    init(_ all: [StockedObject], _ shelf: Shelf, usual: Int, most: Int, _ request: ServedRequest, _ quirks: Quirks)
        throws(Refused)
    {
        var limit = usual
        if let text = request.item("limit") {
            guard let number = Int(text) else { throw Refused(Refusals.wrongInteger("limit")) }
            guard number <= most else {
                throw Refused(Refusals.tooLarge("limit", number, most: most))
            }
            guard number >= 1 else { throw Refused(Refusals.tooSmall("limit", number, least: 1)) }
            limit = number
        }
        var order = shelf.usualOrder
        if let text = request.item("order") {
            guard text == "asc" || text == "desc" else {
                throw Refused(Refusals.wrongWord("order", text, among: ["asc", "desc"]))
            }
            order = text
        }
        var list = (order == "asc" ? all : all.reversed()).filter { object in
            request.item("purpose").map { $0 == object.purpose } ?? true
        }[...]
        if let after = quirks.ignoresCursor ? nil : request.item("after") {
            guard let place = list.firstIndex(where: { $0.id == after }) else {
                throw Refused(Refusals.unknownCursor("after", after))
            }
            list = list[(place + 1)...]
        }
        if shelf.knowsBefore, let before = request.item("before") {
            guard let place = list.firstIndex(where: { $0.id == before }) else {
                throw Refused(Refusals.unknownCursor("before", before))
            }
            // The page that ends just before it.
            list = list[..<place].suffix(limit)
        }
        let isPast = quirks.endsEmpty && request.item("after") != nil
        objects = isPast ? [] : Array(list.prefix(limit))
        hasMore = quirks.endsEmpty || list.count > limit
        total = all.count
        envelope = quirks.isBare ? [] : shelf.envelope
    }

    /// Everything on one page.
    init(whole all: [StockedObject], _ shelf: Shelf, _ quirks: Quirks) {
        objects = all.reversed()
        hasMore = false
        total = all.count
        envelope = quirks.isBare ? [] : shelf.envelope
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
            body += #","first_id":"#.utf8
            JSONWriting.append(objects.first?.id, to: &body)
        }
        if envelope.contains(.lastId) {
            body += #","last_id":"#.utf8
            JSONWriting.append(objects.last?.id, to: &body)
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
