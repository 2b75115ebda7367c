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
        public fileprivate(set) var at: Instant
        /// What.
        public fileprivate(set) var step: Step
        /// The plan that it is about: its digest.
        public let plan: String
        /// How many records go, or are gone.
        public fileprivate(set) var gone: Int
        /// How many the law keeps.
        public fileprivate(set) var kept: Int
        /// How many a person has to look at.
        public let review: Int
        /// The first instant at which one that is kept is free by itself; nil where none is, or a matter keeps it.
        public let freeFrom: String?
        /// The matters and policies that keep something, sorted.
        public let keepers: [String]
        /// Whether everything could be looked at.
        public let isComplete: Bool
        /// What could not be looked at to its end.
        public let unread: [ErasureDecision.Unread]
        /// The SHA-256 of what a person has to look at, record by record with its reason; nil where nobody has to.
        public let list: String?
        /// Who decided that all of that list stays; nil for other steps.
        public fileprivate(set) var by: String?
        /// How far copies were looked for; nil where the request names no hashes.
        public let comparison: ContentComparison?

        /// An event.
        public init(
            at: Instant, step: Step, plan: String, gone: Int, kept: Int, review: Int, freeFrom: String?,
            keepers: [String], isComplete: Bool, unread: [ErasureDecision.Unread] = [], list: String? = nil,
            by: String? = nil, comparison: ContentComparison? = nil
        ) {
            (self.at, self.step, self.plan) = (at, step, plan)
            (self.gone, self.kept, self.review) = (gone, kept, review)
            (self.freeFrom, self.keepers, self.isComplete) = (freeFrom, keepers, isComplete)
            (self.unread, self.list, self.by, self.comparison) = (unread, list, by, comparison)
        }
    }

    /// What can be done about a request.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        /// A plan was written.
        case planned
        /// A plan was executed, and everything in it is gone, or is kept by a matter that came after it.
        case executed
        /// Somebody looked at what a plan lists for that, and decided that it stays.
        case settled
        /// A receipt was made that leaves nothing open: the person can be told what became of the request.
        case answered
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

    /// What was noted last about the records themselves; nil where nothing was planned.
    public var last: Event? { events.last { $0.step == .planned || $0.step == .executed } }

    /// How far it is.
    public var status: Status {
        guard let last else { return .received }
        if last.step == .planned, last.gone > 0 { return .planned }
        if last.kept > 0 { return .held }
        if !isSettled(last) { return .review }
        return last.isComplete ? .done : .incomplete
    }

    /// Whether nobody has to look at anything of a plan any more: there was nothing, or somebody looked at just that list.
    public func isSettled(_ event: Event) -> Bool {
        event.review == 0 || events.contains { $0.step == .settled && $0.list != nil && $0.list == event.list }
    }

    /// When the person could be told first what became of the request; nil where that waits.
    ///
    /// What the law keeps, or could not be looked at, leaves a request open, and is part of its answer.
    ///
    /// - Source: Regulation (EU) 2016/679, Article 12(3): the time is that in which the person is informed of the action
    ///   taken. 11 CCR § 7022(f): who denies a request in part says so, and why, in the answer.
    public var answered: Instant? { events.first { $0.step == .answered }?.at }

    /// Whether it still waits for something.
    public var isOpen: Bool { status != .done || answered == nil }
}

extension KeptRequest.Event {
    /// The same plan, executed, with everything in it gone, apart from what is kept by now.
    ///
    /// - Parameter kept: how many records the law keeps by now.
    public func executed(at instant: Instant, kept now: Int) -> KeptRequest.Event {
        var event = moved(to: .executed, at: instant)
        event.gone -= now - kept
        event.kept = now
        return event
    }

    /// The person can be told.
    public func answered(at instant: Instant) -> KeptRequest.Event { moved(to: .answered, at: instant) }

    /// Somebody decided that everything on its list stays.
    public func settled(at instant: Instant, by name: String) -> KeptRequest.Event {
        var event = moved(to: .settled, at: instant)
        event.by = name
        return event
    }

    private func moved(to step: KeptRequest.Step, at instant: Instant) -> KeptRequest.Event {
        var event = self
        (event.step, event.at, event.by) = (step, instant, nil)
        return event
    }
}
