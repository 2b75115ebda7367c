/// What a policy's limit makes of one record.
struct PairVerdict: Sendable, Hashable {
    let policy: Int
    let rule: Finding.Rule
    var state: State
    /// The state where everything unknown is as early, or as late, as it can be.
    var early: State
    var late: State
    /// Nil where the clock has not begun or failed.
    var clock: Ends?
    var deleteAt: Ends?
    var dueAt: Ends?
    var overdueAt: Ends?
    /// Whether it would be due or overdue in some reading, were it not in use.
    var asksForUsers = false
    /// Why the pair is an error.
    var failure: Failure?

    static func error(_ policy: Int, _ rule: Finding.Rule, clock: Ends?, _ failure: Failure) -> PairVerdict {
        PairVerdict(
            policy: policy, rule: rule, state: .error, early: .error, late: .error, clock: clock, failure: failure)
    }

    /// Whether the pair stops any deletion of the record.
    var blocksDeletion: Bool {
        switch state {
        case .error, .excepted, .undetermined, .inUse: true
        default: early == .inUse || late == .inUse
        }
    }

    var isDue: Bool { state == .due || state == .overdue }

    /// Whether it is reported with its name: whatever is not simply fine, and what is kept past its limit.
    func isReported(asOf: Int64) -> Bool { state != .allowed && (state != .kept || isPastLimit(asOf: asOf)) }

    /// Whether the limit is reached whatever is unknown.
    func isPastLimit(asOf: Int64) -> Bool { deleteAt.map { asOf >= $0.early && asOf >= $0.late } ?? false }
}
