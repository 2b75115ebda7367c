/// What a source can show, and what it cannot: found out by asking it, without changing anything.
public struct Examination: Sendable {
    /// The source's name.
    public let source: String
    /// The source's type, such as `openai`.
    public let type: String
    /// Where it is: an address or a directory.
    public let place: String
    /// Where its credential is, in words; nil where it needs none.
    public let credential: String?
    /// Why nothing more could be asked; nil where all was.
    public var obstacle: Obstacle?
    /// What can be seen of each kind, in the vocabulary's order.
    public var kinds: [KindExamination]

    /// An examination that has found nothing as yet.
    public init(source: String, type: String, place: String, credential: String?) {
        self.source = source
        self.type = type
        self.place = place
        self.credential = credential
        kinds = []
    }

    /// What keeps a source from being asked at all.
    public struct Obstacle: Error, Sendable, Hashable {
        /// What it is.
        public let reason: String
        /// What to do about it.
        public let remedy: String
        /// Whether it stands in a document or on this machine, so that no service was asked.
        public let isOurs: Bool

        /// An obstacle.
        public init(_ reason: String, remedy: String, isOurs: Bool) {
            self.reason = reason
            self.remedy = remedy
            self.isOurs = isOurs
        }
    }
}

/// What a source can show of one kind.
public struct KindExamination: Sendable, Hashable {
    /// How much of it a scan sees.
    public enum Sight: String, Sendable, CaseIterable {
        /// Every record.
        case all
        /// The records whose ids are known, and what stands below them.
        case known
        /// None.
        case nothing
    }

    /// What the source answered.
    public enum Answer: String, Sendable, CaseIterable {
        /// A record or a list, which was read.
        case read
        /// Nothing was asked: there is nothing to ask it of.
        case untried
        /// That the credential may not.
        case refused
        /// That it has no such thing: the surface is retired, or the address is wrong.
        case retired
        /// What is no answer.
        case failed
        /// Nothing can be asked: there is no call.
        case noCall
    }

    /// What can be said of deleting without deleting.
    public enum Deletion: String, Sendable, CaseIterable {
        /// There is a call. Whether the credential may use it shows when it does.
        case untried
        /// There is a call, and what it does could not be read back.
        case unverifiable
        /// There is no call: a record goes with its container.
        case withContainer
        /// Nothing takes a record away.
        case never
        /// Nobody has collected how.
        case unknown
    }

    /// A part of the truth that a scan does not see.
    public struct Gap: Sendable, Hashable {
        /// Why.
        public let reason: String
        /// What would close it.
        public let remedy: String
        /// Whether a scan is incomplete for it, whatever its policies say.
        public let alwaysCounts: Bool
        /// Whether somebody may accept it: not where a mistake or an accident keeps a scan from seeing what is there.
        public let canBeAccepted: Bool

        /// A gap.
        public init(_ reason: String, remedy: String, alwaysCounts: Bool, canBeAccepted: Bool = true) {
            self.reason = reason
            self.remedy = remedy
            self.alwaysCounts = alwaysCounts
            self.canBeAccepted = canBeAccepted
        }
    }

    /// The kind.
    public let kind: Kind
    /// How much of it a scan sees.
    public var sight: Sight
    /// What the source answered.
    public var answer: Answer
    /// How many ids a registry holds; nil where the kind has a list.
    public var knownIds: Int?
    /// What can be said of deleting.
    public var deletion: Deletion
    /// What a scan does not see; nil where it sees everything.
    public var gap: Gap?

    /// What can be seen of a kind.
    public init(
        _ kind: Kind, sight: Sight, answer: Answer, knownIds: Int? = nil, deletion: Deletion, gap: Gap? = nil
    ) {
        self.kind = kind
        self.sight = sight
        self.answer = answer
        self.knownIds = knownIds
        self.deletion = deletion
        self.gap = gap
    }
}
