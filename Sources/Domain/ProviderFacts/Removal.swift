public import Records

/// How an API lets records of one kind be taken away.
public struct Removal: Sendable, Hashable {
    /// The call that takes one record away.
    public enum Verb: String, Sendable, Hashable {
        /// The record is deleted.
        case delete
        /// The record is deleted, which takes what it points to out of its container and leaves that in place.
        case detach
        /// There is no such call.
        case none
    }

    /// Whether a record goes with its container. What is said is read back, not believed.
    public enum Cascade: String, Sendable, Hashable {
        case yes, no, unknown
    }

    /// The kind.
    public let kind: Kind
    /// The call for one record.
    public let verb: Verb
    /// Whether it goes with its container; nil where it has none.
    public let cascade: Cascade?
    /// Whether a record that is at work can be stopped: `POST …/cancel`.
    public let canCancel: Bool
    /// Why a record of the kind can never be taken away, where that is so; for people.
    public let permanence: String?

    init(
        _ kind: Kind, _ verb: Verb, withContainer cascade: Cascade? = nil, canCancel: Bool = false,
        never permanence: String? = nil
    ) {
        self.kind = kind
        self.verb = verb
        self.cascade = cascade
        self.canCancel = canCancel
        self.permanence = permanence
    }

    /// Whether a call of its own takes the record away where its container goes too.
    ///
    /// A cascade that nobody vouches for may leave it behind, where nothing names it any more.
    public var isNeededBesideContainer: Bool { verb != .none && cascade != .yes }
}
