/// What a test expects a rule to make of a record.
///
/// It names a finding, or says that there is none: `allowed`, `kept` and `none` are expected like any other state.
public struct TestExpectation: Sendable {
    /// The states, spelt as reports spell them.
    public enum State: String, Sendable, Hashable, CaseIterable {
        case error, overdue, denied, lost
        case earlyExpiry = "early-expiry"
        case uncovered, undetermined, due, held, excepted
        case inUse = "in-use"
        case kept, allowed
        /// The rule says nothing of the record: it does not match, or its limit gives way to another's.
        case none
    }

    /// The policy's name. Nil for `uncovered`, and for `early-expiry` and `lost` against a hold.
    public var policy: String?
    /// The name of the hold against which the record expires early, or is lost.
    public var hold: String?
    /// The record's id.
    public var id: String
    /// The record's kind, where several of the test's records have the id; its name elsewhere.
    public var kind: String?
    /// The record's source, where several of the test's records have the id.
    public var source: String?
    /// `atMost`, `atLeast` or the name of a validation. Nil is the only one there is, or `atMost`.
    public var rule: String?
    /// The state.
    public var state: State
    /// Whether the record may be deleted now; nil where the test does not say.
    public var mayGo: Bool?
    /// Whether the finding counts as a violation.
    public var violation: Bool?
    /// How bad the finding is.
    public var severity: Severity?
    /// Whether the limit is past and an obligation keeps the record.
    public var pastMax: Bool?
    /// The names of the holds that keep the record, sorted.
    public var matters: [String]?
    /// The name of the exception that covers it.
    public var exception: String?
    /// A part of the sentence that says why.
    public var because: String?
    /// Where it stands in its document.
    public var location: SourceLocation

    /// The expectation that a record is in a state.
    public init(id: String, state: State, location: SourceLocation) {
        self.id = id
        self.state = state
        self.location = location
    }
}

extension PolicySet {
    /// The rule of which an expectation speaks: the one that it names, or else the only one that it can mean. Nil where
    /// there is none, or more than one.
    ///
    /// `uncovered` is of the rule `coverage`, `early-expiry` and `lost` of `atLeast`. A retention policy with an `atMost` is asked
    /// for that, one without for its `atLeast`; an access policy for its only validation.
    public func rule(of expectation: TestExpectation) -> String? {
        switch expectation.state {
        case .uncovered: return "coverage"
        case .earlyExpiry, .lost: return "atLeast"
        default: break
        }
        let rules = rules(ofPolicy: expectation.policy ?? "")
        if let rule = expectation.rule { return rules.contains(rule) ? rule : nil }
        return rules.first == "atMost" || rules.count == 1 ? rules.first : nil
    }

    /// What the policies of a name can be asked for: `atMost` and `atLeast` where they have them, and validations.
    public func rules(ofPolicy name: String) -> [String] {
        let retention = retention.first { $0.name == name }
        let access = access.first { $0.name == name }
        return [retention?.atMost.map { _ in "atMost" }, retention?.atLeast.map { _ in "atLeast" }].compactMap(\.self)
            + (access?.validations.map(\.name) ?? [])
    }
}
