internal import Records

/// Counts of a run.
public struct Summary: Sendable, Hashable {
    /// Records in all.
    public var records = 0
    /// Pairs, and what stands beside them, by state: indexed by the state's raw value.
    public var states = [Int](repeating: 0, count: State.allCases.count)
    /// The same by policy, in the order of the policy set.
    public var policies: [PolicyCounts] = []
    /// The same by access policy, in the order of the policy set: its validations by record.
    public var access: [PolicyCounts] = []
    /// Records that may be deleted now.
    public var mayGo = 0
    /// Violations at or above the severity that fails the run, without those that a baseline holds.
    public var violations = 0
    /// Violations that a baseline holds, of whatever severity.
    public var baselined = 0

    /// Nothing counted as yet.
    public init() {}

    /// How many there are in a state.
    public subscript(state: State) -> Int {
        get { states[Int(state.rawValue)] }
        set { states[Int(state.rawValue)] = newValue }
    }

    /// The counts of one policy.
    public struct PolicyCounts: Sendable, Hashable {
        /// How many records the policy matches.
        public var matched = 0
        /// By state: indexed by the state's raw value.
        public var states = [Int](repeating: 0, count: State.allCases.count)

        /// Nothing counted as yet.
        public init() {}

        /// How many there are in a state.
        public subscript(state: State) -> Int {
            get { states[Int(state.rawValue)] }
            set { states[Int(state.rawValue)] = newValue }
        }
    }
}

extension Summary {
    /// Counts what an earlier run counted of records that this one did not read again.
    mutating func add(_ tally: SettledTally) {
        records += tally.kinds.values.reduce(0, +)
        self[.uncovered] += tally.uncovered
        for (policy, pairs) in tally.policies where policies.indices.contains(policy) {
            policies[policy].matched += pairs.matched
            for (state, count) in [(State.kept, pairs.kept), (.allowed, pairs.allowed)] {
                policies[policy][state] += count
                self[state] += count
            }
        }
    }
}
