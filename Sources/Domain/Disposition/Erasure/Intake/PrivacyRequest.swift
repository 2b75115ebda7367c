public import AuditLog
public import Chronology
internal import Spelling

/// A person's wish to be forgotten, as it was taken in.
public struct PrivacyRequest: Sendable, Hashable {
    /// Its name, by which everything else speaks of it; it says nothing of the person.
    public let name: String
    /// The law under which it is made.
    public let regulation: Regulation
    /// The day of receipt, in the zone of who received it.
    public let received: CivilDate
    /// A shorter time than the law's within which an answer was promised.
    public let ownLimit: Period?
    /// The day on which the person was told that it takes longer, and why; nil where nobody did.
    public internal(set) var extendedOn: CivilDate?
    /// How the person is known, in a fixed order, none of them twice.
    public let identities: [Identity]
    /// Identities that are given in forms nobody can look for, by form.
    public let unsearchable: [String: Int]
    /// The metadata keys whose values are hashes of what a record holds, sorted: what has the same is a copy.
    public let contentHashKeys: [String]

    /// - Parameters:
    ///   - identities: in any order, and any number of times.
    ///   - contentHashKeys: so, too.
    init(
        name: String, regulation: Regulation, received: CivilDate, ownLimit: Period? = nil,
        extendedOn: CivilDate? = nil, identities: some Sequence<Identity>, unsearchable: [String: Int] = [:],
        contentHashKeys: [String] = []
    ) {
        self.name = name
        self.regulation = regulation
        self.received = received
        self.ownLimit = ownLimit
        self.extendedOn = extendedOn
        self.identities = Set(identities).sorted { $0.spelling.utf8.lexicographicallyPrecedes($1.spelling.utf8) }
        self.unsearchable = unsearchable
        self.contentHashKeys = contentHashKeys.sortedByBytes()
    }

    /// The metadata keys that must be read to find what is the person's.
    public var metadataKeys: [String] {
        let keys = identities.compactMap { identity in
            if case .metadata(let key, _) = identity { key } else { nil }
        }
        return (keys + contentHashKeys).sortedByBytes()
    }

    /// By when it is to be answered: the days that its law sets, under the holidays that are known.
    public func dueDates(_ workingDays: WorkingDays) -> DueDates? {
        DueDates(regulation, received: received, workingDays: workingDays, ownLimit: ownLimit)
    }

    /// By when it is answered at last: later only where the person was told in time.
    public func deadline(_ workingDays: WorkingDays) -> DueDates.Due? {
        guard let dates = dueDates(workingDays) else { return nil }
        guard let extendedOn, extendedOn <= dates.answer.day else { return dates.answer }
        return dates.extended
    }

    /// What logs and outputs call each identity: keyed tokens, sorted.
    public func tokens(_ key: PseudonymKey) throws(AuditError) -> [String] {
        var tokens: [String] = []
        for identity in identities { tokens.append(try key.token(subject: identity.spelling)) }
        return tokens.sorted()
    }

    /// What logs and outputs call the person: one token for all identities together.
    public func token(_ key: PseudonymKey) throws(AuditError) -> String {
        try key.token(subject: identities.map(\.spelling).joined(separator: "\0\0"))
    }
}
