public import Policies
public import Records

/// What came of one test.
public struct TestOutcome: Sendable {
    /// The test.
    public let test: PolicyTest
    /// What was expected and not found, and then what was found and not expected; each in the order of the document.
    public let failures: [TestFailure]
    /// By expectation: the rule of which it speaks, `-` where none can be meant.
    public let rules: [String]
    /// By expectation: whether it is met.
    public let isMet: [Bool]
    /// By expectation: the live exception that covers what was found.
    public let exceptions: [PolicyException.Citation?]

    /// Whether every expectation is met, and every finding named.
    public var isPassed: Bool { failures.isEmpty }
}

/// An expectation that nothing meets, or a finding that no expectation names.
public struct TestFailure: Sendable, Hashable {
    /// The expectation's index in its test; nil for a finding that none names.
    public let expectation: Int?
    /// Where the expectation stands, or the record of which the finding is.
    public let location: SourceLocation
    /// The policy or the hold; nil for `uncovered`.
    public let rulebook: String?
    /// `atMost`, `atLeast`, `coverage` or a validation.
    public let rule: String
    /// The record's source.
    public let source: String
    /// The record's kind.
    public let kind: Kind
    /// The record's id.
    public let id: String
    /// What was expected.
    public let expected: String
    /// What was found.
    public let found: String
    /// The live exception that covers the record, where that is what was found.
    public let exception: PolicyException.Citation?
    /// Why, as reports say it.
    public let because: String
    /// What to do next.
    public let advice: String

    /// `policy on kind/id: expected X, found Y`.
    public var summary: String {
        let about = rulebook.map { "\($0) \(rule)" } ?? rule
        return "\(about) on \(kind.name)/\(id): expected \(expected), found \(found)"
    }
}
