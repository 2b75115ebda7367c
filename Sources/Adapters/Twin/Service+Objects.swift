internal import HTTPServer

/// What calls do with the objects that the service holds.
extension Service {
    /// The object of that id, or a refusal.
    func object(_ shelf: Shelf, _ id: String, below parent: String = "") throws(Refused) -> JSON {
        guard let object = stock.object(shelf, id, below: parent), let value = JSON.read(object.json) else {
            throw Refused(Refusals.missing(id, on: shelf))
        }
        return value
    }

    /// Puts an object on its shelf, and answers with it.
    mutating func add(_ value: JSON, to shelf: Shelf, below parent: String = "") throws(Refused) -> ServedResponse {
        try keep(value, on: shelf, below: parent)
        return .json(value)
    }

    /// Puts an object on its shelf, in the place of the one with its id if there is one.
    ///
    /// - Throws: where the service holds as much as it may.
    mutating func keep(_ value: JSON, on shelf: Shelf, below parent: String = "") throws(Refused) {
        let json = value.bytes
        try grow(by: json.count)
        stock.put(
            StockedObject(
                id: value["id"]?.text ?? "", parent: parent,
                created: (value["created_at"] ?? value["created"])?.number ?? 0, json: json), on: shelf)
    }

    /// Keeps bytes that a client sent.
    mutating func keep(_ content: [UInt8], of id: String) throws(Refused) {
        try grow(by: content.count)
        contents[id] = content
    }

    private mutating func grow(by bytes: Int) throws(Refused) {
        guard bytes <= Self.mostBytes - grown else { throw Refused(Refusals.full(Self.mostBytes)) }
        grown += bytes
    }

    /// Changes the members of an object that are sent, and answers with it.
    ///
    /// - Parameter parts: the members that can be changed.
    mutating func change(
        _ shelf: Shelf, _ asked: Asked, below parent: String = "", _ parts: [Shape.Part]
    ) throws(Refused) -> ServedResponse {
        var value = try object(shelf, asked.id, below: parent)
        for member in try asked.take(parts).members { value[member.name] = member.value }
        return try add(value, to: shelf, below: parent)
    }
}
