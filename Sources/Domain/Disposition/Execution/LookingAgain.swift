public import Chronology

/// When to look again at calls of which nobody could see whether they took effect.
///
/// - Source: hard case 57: what is pending has a next check time, and a maximum.
public struct LookingAgain: Sendable, Hashable {
    /// How long a service is left alone after a run whose own looks, over some seconds, did not see the end: a quarter of an
    /// hour, four looks an hour.
    public static let pauseSeconds: Int64 = 900

    /// When a further run should read them back; nil where the plan expires before.
    public let from: Moment?
    /// When the plan expires: until then a run calls once more what is there still, from then on it only looks, and what is
    /// there still needs a new plan.
    public let until: Moment

    init(at now: Instant, _ plan: Plan) {
        until = plan.binding.expires
        let next = Moment(Instant(seconds: now.seconds + Self.pauseSeconds))
        from = next < until ? next : nil
    }
}
