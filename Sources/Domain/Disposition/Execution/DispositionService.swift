public import Records

/// One source on which a plan is executed: it looks at records one by one, and is the only thing that changes any.
///
/// It tells what it saw, and concludes nothing: what an answer means for a plan is decided above it. It waits and asks
/// again as its limits allow where that is safe, which a call that changes something never is: that is sent once for
/// each `call`, and a lost answer is a question for `readBack`.
///
/// - Source: the design, section 6.
public protocol DispositionService: Sendable {
    /// Asks what must be known before anything is called: whose account the credential opens, what time the service
    /// has, and whether the surfaces of these kinds are there.
    func examine(_ kinds: [Kind]) async -> ServiceStanding

    /// Looks at a record as it is now, and at whatever its facts come from: a thread's newest messages and runs.
    func look(at target: DispositionTarget) async -> Sighting

    /// Makes one call.
    func call(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> CallAnswer

    /// Looks at what a call left, by the record's own path and in its list where there is one, several times where the
    /// answers do not agree: a stale list is waited for.
    func readBack(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> Sighting

    /// Reads what a file in a store says, keeps some of its words in memory and nowhere else, and searches the store for
    /// them: only words that find it before it is taken out can show that it is not found afterwards.
    func learnWords(of target: DispositionTarget) async -> SearchSighting

    /// Searches a store once for the words that were learned of a file in it.
    func search(for target: DispositionTarget) async -> SearchSighting

    /// Waits before a further search as it waits before a further look; false, at once, where that was often enough.
    ///
    /// - Parameter searches: how many were made.
    func pause(after searches: Int) async -> Bool

    /// Whether it answers nothing any more, whatever is asked and however often, or wants to be left alone for longer than
    /// a run waits: what comes next would learn nothing either.
    func isSilent() async -> Bool
}

/// A record on which something is called.
public struct DispositionTarget: Sendable, Hashable {
    /// Its kind.
    public let kind: Kind
    /// Its id; that of a vector store file is `<store>/<file>`, as everywhere.
    public let id: String
    /// The id of what contains it; nil where it stands at the top.
    public let container: String?

    /// A record.
    public init(kind: Kind, id: String, container: String?) {
        self.kind = kind
        self.id = id
        self.container = container
    }
}
