public import Chronology
public import Policies

/// What a rule makes of one record, with both readings of what is not known for certain.
public struct PairDecision: Sendable, Hashable {
    /// One reading of the table of states.
    public struct Reading: Sendable, Hashable {
        /// The state if everything unknown were so.
        public let state: State
        /// The clock; nil where it has not begun.
        public let clock: Moment?
        /// When the limit is reached.
        public let deleteAt: Moment?
        /// From when the record should go.
        public let dueAt: Moment?
        /// From when it is a violation that it has not.
        public let overdueAt: Moment?
    }

    /// The index of the policy in the set's `retention`.
    public let policy: Int
    /// What part of the rule speaks.
    public let rule: Finding.Rule
    /// The state of the pair.
    public let state: State
    /// With everything as early as it can be.
    public let early: Reading
    /// With everything as late as it can be.
    public let late: Reading
    /// The live exception that covers the record, where there is one.
    public let exception: PolicyException.Citation?
    /// Whether the pair stops any deletion of the record.
    public let blocksDeletion: Bool
    /// Why, in one sentence.
    public let because: String
}

extension PairDecision {
    init(_ verdict: PairVerdict, exception: PolicyException.Citation?, because: String) {
        policy = verdict.policy
        rule = verdict.rule
        state = verdict.state
        early = Reading(verdict.early, verdict, \.early)
        late = Reading(verdict.late, verdict, \.late)
        self.exception = exception
        blocksDeletion = verdict.blocksDeletion
        self.because = because
    }
}

extension PairDecision.Reading {
    fileprivate init(_ state: State, _ verdict: PairVerdict, _ end: KeyPath<Ends, Int64>) {
        self.state = state
        clock = verdict.clock.map { Moment(microseconds: $0[keyPath: end]) }
        deleteAt = verdict.deleteAt.map { Moment(microseconds: $0[keyPath: end]) }
        dueAt = verdict.dueAt.map { Moment(microseconds: $0[keyPath: end]) }
        overdueAt = verdict.overdueAt.map { Moment(microseconds: $0[keyPath: end]) }
    }
}
