/// What became of one action of a plan.
///
/// - Source: the design, section 6. What deletes nothing has a word of its own: a call that was stopped is not deleted.
public enum DispositionOutcome: String, Sendable, Hashable, CaseIterable {
    /// It was deleted, and read back as gone.
    case deletedVerified = "deleted-verified"
    /// The work that was going on was stopped, and read back as no longer going on.
    case cancelledVerified = "cancelled-verified"
    /// It was gone before anything was called.
    case alreadyAbsent = "already-absent"
    /// The service says that it did it, and that was not seen yet.
    case pendingVerification = "pending-verification"
    /// It is no longer what the plan says of it, or no longer goes by the rules.
    case changedSincePlan = "changed-since-plan"
    /// A matter that did not reach it when the plan was made reaches it, or what it holds together with.
    case heldSincePlan = "held-since-plan"
    /// The service or the credential does not let this be done.
    case refused
    /// It is there still, or was not called because of what is.
    case failed
    /// Nobody knows.
    case unknown

    /// Whether nothing is left to do about it. A later run takes up everything else.
    public var isDone: Bool {
        switch self {
        case .deletedVerified, .cancelledVerified, .alreadyAbsent: true
        case .pendingVerification, .changedSincePlan, .heldSincePlan, .refused, .failed, .unknown: false
        }
    }

    /// Whether what should have been done was not, or may not have been. That the rules keep it now is nothing wrong.
    public var isWrong: Bool {
        switch self {
        case .pendingVerification, .refused, .failed, .unknown: true
        case .deletedVerified, .cancelledVerified, .alreadyAbsent, .changedSincePlan, .heldSincePlan: false
        }
    }

    /// Whether the call may have taken effect though nobody saw it: to be read back before anything else is done.
    public var mayHaveHappened: Bool { self == .pendingVerification || self == .unknown }
}
