public import Records

/// What a service held at an instant, as whoever compares two instants wants to know it.
public struct EstateState: Sendable {
    /// A record of some source.
    public struct Name: Sendable, Hashable, Comparable {
        /// The source's name.
        public let source: String
        /// The record.
        public let name: Plan.Name

        /// A record's name.
        public init(source: String, name: Plan.Name) {
            self.source = source
            self.name = name
        }

        /// By source, kind and id.
        public static func < (left: Name, right: Name) -> Bool {
            if left.source != right.source { return left.source.utf8.lexicographicallyPrecedes(right.source.utf8) }
            if left.name.kind != right.name.kind { return left.name.kind < right.name.kind }
            return left.name.id.utf8.lexicographicallyPrecedes(right.name.id.utf8)
        }
    }

    /// What a record said of itself, where a call reaches it.
    private(set) var reachable: [Name: [UInt8]] = [:]
    /// What stands below something that is gone, so that no call reaches it.
    private(set) var buried: Set<Name> = []

    /// Nothing is there.
    public init() {}

    /// Takes in a record.
    ///
    /// - Parameters:
    ///   - content: whatever is another where the record is another.
    ///   - isReachable: whether a call reaches it.
    public mutating func add(_ kind: Kind, _ id: String, of source: String, content: [UInt8], isReachable: Bool) {
        let name = Name(source: source, name: Plan.Name(kind: kind, id: id))
        if isReachable { reachable[name] = content } else { buried.insert(name) }
    }
}
