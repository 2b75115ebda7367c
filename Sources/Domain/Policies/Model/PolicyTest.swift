public import Chronology
public import Records

/// Records, and the states that the documents must give them at one instant.
///
/// A test is passed where every expectation is met and every finding is named by one. Tests govern nothing: they are no
/// part of a `PolicySet`, so that neither a scan nor a policy digest depends on them.
public struct PolicyTest: Sendable {
    /// The document's name.
    public var name: String
    /// A title for people.
    public var title: String?
    /// The instant for which the records are decided.
    public var asOf: Instant
    /// The policies that take part, or nil for all of the directory.
    public var policies: [String]?
    /// The holds that take part, or nil for all of the directory.
    public var holds: [String]?
    /// The exceptions that take part, or nil for all of the directory.
    public var exceptions: [String]?
    /// The kinds that were not read to their end; all others were.
    public var unread: KindSet = []
    /// Whether a record of which no policy with an `atMost` speaks is a finding.
    public var requiresCoverage = false
    /// The records, in the order of the document.
    public var records: [TestRecord] = []
    /// What is expected, in the order of the document.
    public var expectations: [TestExpectation] = []
    /// Where the document begins.
    public var location: SourceLocation

    /// A test of all policies, holds and exceptions at an instant, without records as yet.
    public init(name: String, asOf: Instant, location: SourceLocation) {
        self.name = name
        self.asOf = asOf
        self.location = location
    }

    /// The source of a record that names none.
    public static let defaultSource = "test"
}

extension PolicySet {
    /// The documents that take part in a test.
    package func restricted(to test: PolicyTest) -> PolicySet {
        var set = self
        if let names = test.policies.map(Set.init) {
            set.retention.removeAll { !names.contains($0.name) }
            set.access.removeAll { !names.contains($0.name) }
        }
        if let names = test.holds.map(Set.init) { set.holds.removeAll { !names.contains($0.name) } }
        if let names = test.exceptions.map(Set.init) { set.exceptions.removeAll { !names.contains($0.name) } }
        return set
    }
}

extension Sequence<PolicyTest> {
    /// The names of the policies of which some expectation speaks, retention and access policies alike.
    public var expectedPolicies: Set<String> {
        reduce(into: []) { names, test in names.formUnion(test.expectations.compactMap(\.policy)) }
    }
}
