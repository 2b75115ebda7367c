public import Chronology

/// A request in its file, with what became of it so far.
public struct KeptRequest: Sendable, Hashable {
    /// What was asked.
    public internal(set) var request: PrivacyRequest
    /// When it was taken in.
    public let taken: Instant
    /// What was done about it, the first first.
    public internal(set) var events: [Event] = []

    init(request: PrivacyRequest, taken: Instant) {
        self.request = request
        self.taken = taken
    }

    /// Something that was done about a request.
    public struct Event: Sendable, Hashable {
        /// When.
        public let at: Instant
        /// What.
        public let step: Step
        /// The plan that it is about: its digest.
        public let plan: String
        /// How many records go, or are gone.
        public let gone: Int
        /// How many the law keeps.
        public let kept: Int
        /// How many a person has to look at.
        public let review: Int
        /// The first instant at which one that is kept is free by itself; nil where none is, or a matter keeps it.
        public let freeFrom: String?
        /// The matters and policies that keep something, sorted.
        public let keepers: [String]
        /// Whether everything could be looked at.
        public let isComplete: Bool

        /// An event.
        public init(
            at: Instant, step: Step, plan: String, gone: Int, kept: Int, review: Int, freeFrom: String?,
            keepers: [String], isComplete: Bool
        ) {
            (self.at, self.step, self.plan) = (at, step, plan)
            (self.gone, self.kept, self.review) = (gone, kept, review)
            (self.freeFrom, self.keepers, self.isComplete) = (freeFrom, keepers, isComplete)
        }
    }

    /// What can be done about a request.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        /// A plan was written.
        case planned
        /// A plan was executed, and everything in it is gone.
        case executed
    }

    /// How far a request is.
    public enum Status: String, Sendable, Hashable, CaseIterable {
        /// Taken in, and nothing else.
        case received
        /// A plan was written, and waits for its execution.
        case planned
        /// What could go is gone; the law keeps something, and the request stays open for it.
        case held
        /// What could go is gone; a person has to look at the rest.
        case review
        /// Nothing is left of what was seen, and something could not be looked at.
        case incomplete
        /// Nothing of it is left.
        case done
    }

    /// How far it is.
    public var status: Status {
        guard let last = events.last else { return .received }
        if last.step == .planned, last.gone > 0 { return .planned }
        if last.kept > 0 { return .held }
        if last.review > 0 { return .review }
        return last.isComplete ? .done : .incomplete
    }

    /// Whether it still waits for something.
    public var isOpen: Bool { status != .done }
}

extension KeptRequest.Event {
    /// The same plan, executed, with everything in it gone.
    public func executed(at instant: Instant) -> KeptRequest.Event {
        KeptRequest.Event(
            at: instant, step: .executed, plan: plan, gone: gone, kept: kept, review: review, freeFrom: freeFrom,
            keepers: keepers, isComplete: isComplete)
    }
}
