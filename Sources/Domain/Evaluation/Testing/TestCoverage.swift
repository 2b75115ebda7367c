public import Chronology
public import Policies

/// Which states of which policies the tests expect and find, of those that the policies can reach.
///
/// A state counts as reachable where a probe reached it: records made to fit the policy's match, of every age that its
/// periods tell apart, alone and beside what keeps, uses, holds or excepts them, decided by the same evaluation as a
/// scan. What a test finds is reachable too. So a figure of 100 % says that nothing that the probes can find is missing.
/// `error` is demanded of nobody, for no policy should reach it; a test that expects it counts. Of an access policy's
/// validation, `denied` and `allowed` are always demanded, and `excepted` where a live exception names the policy. A
/// retention policy that no probe fits, because of a `where` that they cannot solve, is asked for `allowed` and
/// `overdue`, or for `kept` and `allowed` of its `atLeast`.
public struct TestCoverage: Sendable {
    /// A state of a rule.
    public struct Item: Sendable, Hashable, Comparable {
        /// The policy's name.
        public let policy: String
        /// `atMost`, `atLeast` or a validation.
        public let rule: String
        /// The state.
        public let state: TestExpectation.State

        /// By policy, rule and state, the worst state first.
        public static func < (left: Item, right: Item) -> Bool {
            if left.policy != right.policy { return left.policy < right.policy }
            if left.rule != right.rule { return left.rule < right.rule }
            let order = TestExpectation.State.allCases
            return (order.firstIndex(of: left.state) ?? 0) < (order.firstIndex(of: right.state) ?? 0)
        }
    }

    /// All items, sorted.
    public let items: [Item]
    /// Those that a passed expectation names.
    public let met: Set<Item>
    /// Records that bring an item about, by item, where a probe found some.
    public let witnesses: [Item: Witness]

    /// A group of records of which one is in a state.
    public struct Witness: Sendable {
        /// The instant.
        public let asOf: Instant
        /// The records, of which the state is that of one.
        public let records: [TestRecord]
    }

    /// The items that no test meets, sorted.
    public var missing: [Item] { items.filter { !met.contains($0) } }

    /// The share of the items that are met, in percent rounded down; 0 where there are none.
    public var percent: Int { items.isEmpty ? 0 : met.count * 100 / items.count }

    /// - Parameters:
    ///   - outcomes: what the tests found.
    ///   - sets: all documents at some of the tests' instants, the newest first.
    init(_ outcomes: [TestOutcome], _ sets: [PolicySet]) {
        var met: Set<Item> = []
        for outcome in outcomes {
            for (index, expectation) in outcome.test.expectations.enumerated() where outcome.isMet[index] {
                guard let policy = expectation.policy, expectation.state != .none else { continue }
                met.insert(Item(policy: policy, rule: outcome.rules[index], state: expectation.state))
            }
        }
        var witnesses: [Item: Witness] = [:]
        var items = met
        for set in sets {
            guard let asOf = set.asOf else { continue }
            let reached = StateProber(set, asOf: asOf).reached()
            for (item, records) in reached where witnesses[item] == nil {
                witnesses[item] = Witness(asOf: asOf, records: records)
            }
            items.formUnion(reached.keys)
            items.formUnion(Self.demanded(set, asOf: Moment(asOf), reached: Set(reached.keys)))
        }
        self.met = met
        self.witnesses = witnesses
        self.items = items.sorted()
    }

    /// What is demanded whatever the probes found.
    private static func demanded(_ set: PolicySet, asOf: Moment, reached: Set<Item>) -> [Item] {
        var items: [Item] = []
        // Where nobody can say whether a policy matches it obliges all the same, so an early expiry says nothing of a fit.
        let reachedPolicies = Set(reached.filter { $0.state != .earlyExpiry }.map(\.policy))
        for policy in set.retention where !reachedPolicies.contains(policy.name) {
            let states: [TestExpectation.State] = policy.atMost == nil ? [.kept, .allowed] : [.overdue, .allowed]
            let rule = policy.atMost == nil ? "atLeast" : "atMost"
            items += states.map { Item(policy: policy.name, rule: rule, state: $0) }
        }
        for policy in set.access {
            let isExcepted = set.exceptions.contains { $0.policies.contains(policy.name) && asOf < $0.expiresAt }
            let states: [TestExpectation.State] = isExcepted ? [.denied, .excepted, .allowed] : [.denied, .allowed]
            for validation in policy.validations {
                items += states.map { Item(policy: policy.name, rule: validation.name, state: $0) }
            }
        }
        return items
    }
}
