internal import Chronology
internal import Dispatch
public import Policies
internal import Synchronization

/// What came of all tests of a directory.
public struct TestRun: Sendable {
    /// The outcomes, by the tests' names.
    public let outcomes: [TestOutcome]
    /// Which states of which policies the tests expect and find.
    public let coverage: TestCoverage

    /// The digest of the documents that govern.
    public let policyDigest: String

    /// How many tests are passed.
    public var passed: Int { outcomes.count { $0.isPassed } }

    /// Runs the tests of a directory on all processors. The same documents give the same run, whatever the order in
    /// which its tests end.
    ///
    /// Nil where the documents cannot be used.
    public init?(_ loaded: LoadedPolicies) {
        let tests = loaded.tests
        guard let policies = loaded.policies else { return nil }
        let timeless = tests.map { loaded.timelessPolicies(of: $0) }
        let instants = Set(zip(tests, timeless).filter { $0.1 == nil }.map(\.0.asOf)).sorted()
        let sets = concurrently(instants.count) { loaded.policies(asOf: instants[$0]) ?? policies }
        let setByInstant = Dictionary(uniqueKeysWithValues: zip(instants, sets))
        outcomes = concurrently(tests.count) { index in
            let test = tests[index]
            let set = timeless[index] ?? (setByInstant[test.asOf] ?? policies).restricted(to: test)
            return TestTrial(test, set).outcome()
        }
        let covered = Self.differing(Set(tests.map(\.asOf)).sorted(by: >), policies)
        coverage = TestCoverage(outcomes, covered.compactMap { loaded.policies(asOf: $0) })
        policyDigest = policies.digest
    }
}

extension TestRun {
    /// At how many instants coverage is looked for, so that its cost stays bounded.
    private static let mostInstants = 8

    /// Of instants, the newest first, those at which not the same holds and exceptions live as at a newer one.
    private static func differing(_ instants: [Instant], _ set: PolicySet) -> [Instant] {
        var seen: Set<[Bool]> = []
        let differing = instants.filter { instant in
            let asOf = Moment(instant)
            let holds = set.holds.map { $0.from <= asOf && $0.until.map { asOf < $0 } ?? true }
            return seen.insert(holds + set.exceptions.map { asOf < $0.expiresAt }).inserted
        }
        return Array(differing.prefix(mostInstants))
    }
}

/// The results of independent work, in the order of its numbers, done on all processors.
func concurrently<Result: Sendable>(_ count: Int, _ work: @Sendable (Int) -> Result) -> [Result] {
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
        let result = work(index)
        results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap(\.self) }
}
