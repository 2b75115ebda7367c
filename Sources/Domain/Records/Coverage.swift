public import Chronology

/// What could be looked at of one kind in one source.
public struct KindCoverage: Sendable, Hashable {
    /// Whether the source has a place for this kind at all: an export its file, be it empty; an API its list.
    public var wasRead = false
    /// Whether the source can list the kind, so that none of its ids need be known.
    public var isListable = false
    /// Whether only those records were looked for whose ids somebody knows, and there may be others.
    public var isKnownInPart = false
    /// Whether the service shows it to nobody, and it is over before anything could depend on it: not to see it hides
    /// nothing that keeps a record or makes it younger.
    public var endsUnseen = false
    /// What the service no longer has, where this kind was on it: nothing was read, and nothing can be.
    public var retiredSurface: String?
    /// How many records there are.
    public var records = 0
    /// How many lines or pages were lost.
    public var lost = 0
    /// How many of those that were lost the source itself says that it does not show: lists and records that it refused
    /// from the beginning, to this credential or to everybody. A list that began and broke off is not among them.
    public var withheld = 0
    /// How many more records the service counts than its lists have.
    public var missing = 0
    /// Of how many records it is not known what they use, for the list that says so could not be read to its end.
    public var unreadUses = 0
    /// How many ids somebody kept of what cannot be listed.
    public var registryIds = 0
    /// How many further ids of what cannot be listed other records named.
    public var harvestedIds = 0
    /// How many further ids of what cannot be listed an earlier run saw.
    public var rememberedIds = 0
    /// How many of these ids the service no longer has, though it has others.
    public var goneIds = 0

    /// Nothing seen as yet.
    public init() {}

    /// Whether the kind was read to its end, with all that it uses, so that absence is evidence.
    public var isComplete: Bool { wasRead && isWhole }

    /// Whether nothing is lacking of what was looked for.
    fileprivate var isWhole: Bool { lost == 0 && missing == 0 && unreadUses == 0 }

    /// Whether the service no longer has the surface that held this kind.
    public var isRetired: Bool { retiredSurface != nil }
}

/// How much of a kind was looked at, in a word.
public enum KindExtent: String, Sendable, Hashable, CaseIterable {
    /// All of it, so that absence is evidence.
    case whole
    /// Just the records whose ids are known, or that stand in those, and these whole; there may be others.
    case known
    /// Not all of what is known to be there.
    case part
    /// Nothing: the service no longer has its surface.
    case retired
    /// Nothing: the source has no place for it.
    case none
}

/// What could be looked at in one source.
public struct SourceCoverage: Sendable, Hashable {
    /// The source's name.
    public let name: String
    /// By kind, in the vocabulary's order.
    private var kinds = [KindCoverage](repeating: KindCoverage(), count: Kind.allCases.count)
    /// Lines that were lost and whose kind nobody knows: any kind may be missing something.
    public var lostOfUnknownKind = 0
    /// How a scan that remembers earlier ones read it; nil where everything is always read.
    public var rereading: Rereading?

    /// Nothing seen as yet of this source.
    public init(name: String) { self.name = name }

    /// The coverage of one kind.
    public subscript(kind: Kind) -> KindCoverage {
        get { kinds[Int(kind.rawValue)] }
        set { kinds[Int(kind.rawValue)] = newValue }
    }

    /// How much of a kind was looked at.
    public func extent(of kind: Kind) -> KindExtent {
        let coverage = self[kind]
        if coverage.isRetired { return .retired }
        guard coverage.wasRead || coverage.isKnownInPart else { return .none }
        guard coverage.isWhole, lostOfUnknownKind == 0 else { return .part }
        return coverage.isKnownInPart ? .known : .whole
    }

    /// The kinds that were read to their end.
    public var completeKinds: KindSet {
        guard lostOfUnknownKind == 0 else { return [] }
        return KindSet(Kind.allCases.filter { self[$0].isComplete })
    }

    /// The kinds of which nothing that decides about another record can be unknown.
    public var decidedKinds: KindSet {
        guard lostOfUnknownKind == 0 else { return [] }
        return completeKinds.union(KindSet(Kind.allCases.filter { self[$0].endsUnseen }))
    }
}

/// How much of a service a scan read again that remembers earlier ones.
public struct Rereading: Sendable, Hashable {
    /// The instant of the last scan that read everything: this one's, where it did.
    public var full: Moment
    /// Why this scan read everything; nil where it did not.
    public var reason: String?
    /// How many records it did not ask for again, by their kind: of those that are read one by one, with all that stands
    /// below.
    public var settled: [Kind: Int] = [:]
    /// How many reads that saved, at least.
    public var saved = 0
    /// What they and their parts count for.
    public var tally = SettledTally()

    /// A scan that read everything.
    public init(full: Moment, reason: String?) {
        self.full = full
        self.reason = reason
    }

    /// How many records it did not ask for again.
    public var settledCount: Int { settled.values.reduce(0, +) }
}
