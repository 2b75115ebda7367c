public import Chronology

/// A named matter that stops disposition of what it matches.
public struct LegalHold: Sendable {
    /// The document's name, by which reports name the matter.
    public var name: String
    /// The matter, for people.
    public var matter: String
    /// Which records it speaks of.
    public var match: Match
    /// The instant from which it holds.
    public var from: Moment
    /// The instant at which it was released, or nil.
    public var until: Moment?
    /// The instant until which a released hold stays in effect: `until` and its grace. Nil where it is not released.
    public var inEffectUntil: Moment?
    /// Who approved it.
    public var approvedBy: String?
    /// The document's own zone.
    public var zone: Zone
    /// Where the document begins.
    public var location: SourceLocation

    /// A hold as its document states it.
    public init(
        name: String, matter: String, match: Match, from: Moment, until: Moment?, inEffectUntil: Moment?,
        approvedBy: String?, zone: Zone, location: SourceLocation
    ) {
        self.name = name
        self.matter = matter
        self.match = match
        self.from = from
        self.until = until
        self.inEffectUntil = inEffectUntil
        self.approvedBy = approvedBy
        self.zone = zone
        self.location = location
    }
}

/// The list of all holds. Without a fresh one nothing is deleted; it changes no decision.
public struct HoldRegister: Sendable {
    /// The document's name.
    public var name: String
    /// The instant at which the list was true.
    public var asOf: Moment
    /// The instant after which the list is stale.
    public var freshUntil: Moment
    /// The names of all holds. Empty says that there are none.
    public var holds: [String]
    /// Where the document begins.
    public var location: SourceLocation

    /// A register as its document states it.
    public init(name: String, asOf: Moment, freshUntil: Moment, holds: [String], location: SourceLocation) {
        self.name = name
        self.asOf = asOf
        self.freshUntil = freshUntil
        self.holds = holds
        self.location = location
    }
}
