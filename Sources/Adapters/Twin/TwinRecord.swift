/// Something that a twin holds, as whoever compares two states of it wants to know it.
public struct TwinRecord: Sendable, Hashable {
    /// The name of the file of an estate in which it stands, such as `threads`.
    public let file: String
    /// Its id.
    public let id: String
    /// The id of what it stands below; nil at the top.
    public let above: String?
    /// Whether all that it stands below is there: no call reaches it otherwise.
    public let isReachable: Bool
    /// What it says of itself.
    public let json: [UInt8]
}

extension Stock {
    /// Everything that has a place in an estate.
    func records() -> [TwinRecord] {
        var reachable: [String: Set<String>] = [:]
        var records: [TwinRecord] = []
        for shelf in Shelf.all.sorted(by: { $0.depth < $1.depth }) {
            guard let file = shelf.file else { continue }
            for object in objects(shelf) {
                let isReachable = shelf.above.map { reachable[$0.object]?.contains(object.parent) ?? false } ?? true
                if isReachable { reachable[shelf.object, default: []].insert(object.id) }
                records.append(
                    TwinRecord(
                        file: file, id: object.id, above: shelf.above == nil ? nil : object.parent,
                        isReachable: isReachable, json: object.json))
            }
        }
        return records
    }
}

extension Shelf {
    /// How many shelves it stands below.
    fileprivate var depth: Int { path.count { $0 == "*" } }
}
