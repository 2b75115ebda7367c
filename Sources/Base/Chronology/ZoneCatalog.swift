internal import Spelling
internal import Synchronization

/// The zones that this process has looked up.
enum ZoneCatalog {
    private static let known = Mutex<[String: ZoneTransitions]>([:])
    /// Names that no zone has, each with the nearest that one has, for finding that takes a comparison with all of them.
    private static let unknown = Mutex<[String: String?]>([:])
    /// How many such names are remembered, and how long they may be.
    private static let mostUnknown = 256
    private static let longestUnknown = 80

    /// The transitions of the zone of that name, from ICU the first time.
    static func transitions(of identifier: String) throws(ChronologyError) -> ZoneTransitions {
        if identifier == Zone.utc.identifier { return Zone.utc.transitions }
        if let offset = fixedOffset(identifier) { return ZoneTransitions(fixedOffset: Int32(offset)) }
        if let found = known.withLock({ $0[identifier] }) { return found }
        let names = try ZoneData.names(for: identifier)
        guard names.contains(identifier) else {
            let nearest = nearest(to: identifier, among: names)
            throw ChronologyError(
                code: .unknownZone(nearest: nearest), text: identifier, reason: "is not a known time zone",
                hint: nearest.map { "did you mean \($0)?" } ?? "name it as the IANA database does: Europe/Berlin")
        }
        let loaded = try ZoneCalendar(identifier).transitions(of: identifier)
        known.withLock { $0[identifier] = loaded }
        return loaded
    }

    private static func nearest(to identifier: String, among names: Set<String>) -> String? {
        if let known = unknown.withLock({ $0[identifier] }) { return known }
        let nearest = Spelling.nearest(to: identifier, among: names)
        if identifier.utf8.count <= longestUnknown {
            unknown.withLock { if $0.count < mostUnknown { $0[identifier] = .some(nearest) } }
        }
        return nearest
    }

    private static func fixedOffset(_ identifier: String) -> Int? {
        var scanner = Scanner(identifier)
        guard let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        return offset
    }
}
