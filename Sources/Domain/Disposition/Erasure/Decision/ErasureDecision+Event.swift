public import Chronology
internal import Evaluation

extension ErasureDecision {
    /// What is noted of it with its request.
    public func event(_ step: KeptRequest.Step, plan: String, at instant: Instant) -> KeptRequest.Event {
        let grounds = kept.flatMap(\.grounds)
        // A record is free when the last of what keeps it has ended; one that a matter keeps has no such day.
        let ends = kept.compactMap { record -> String? in
            let ends = record.grounds.map(\.until)
            return ends.contains(nil) ? nil : ends.compactMap(\.self).max()
        }
        return KeptRequest.Event(
            at: instant, step: step, plan: plan, gone: going.count, kept: kept.count, review: review.count,
            freeFrom: ends.min(), keepers: Set(grounds.map(\.document)).sorted(),
            isComplete: result.incomplete.isEmpty && unread.isEmpty)
    }
}
