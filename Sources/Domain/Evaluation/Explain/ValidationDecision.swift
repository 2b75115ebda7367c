public import Policies

/// What a validation of an access policy makes of one record.
public struct ValidationDecision: Sendable, Hashable {
    /// The name of the access policy.
    public let policy: String
    /// The name of the validation.
    public let validation: String
    /// Denied, excepted, error, or allowed where it holds.
    public let state: State
    /// The live exception that covers the record, where there is one.
    public let exception: PolicyException.Citation?
    /// Why, in one sentence.
    public let because: String
}
