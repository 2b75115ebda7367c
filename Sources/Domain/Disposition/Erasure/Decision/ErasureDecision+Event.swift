public import Chronology
public import Crypto
internal import Evaluation
internal import Records

extension ErasureDecision {
    /// What is noted of it with its request.
    public func event(_ step: KeptRequest.Step, plan: String, at instant: Instant) throws(CryptoError)
        -> KeptRequest.Event
    {
        let grounds = kept.flatMap(\.grounds)
        // A record is free when the last of what keeps it has ended; one that a matter keeps has no such day.
        let ends = kept.compactMap { record -> String? in
            let ends = record.grounds.map(\.until)
            return ends.contains(nil) ? nil : ends.compactMap(\.self).max()
        }
        return try KeptRequest.Event(
            at: instant, step: step, plan: plan, gone: going.count, kept: kept.count, review: review.count,
            freeFrom: ends.min(), keepers: Set(grounds.map(\.document)).sorted(),
            isComplete: result.incomplete.isEmpty && unread.isEmpty, unread: unread, list: list(),
            comparison: discovery.comparison)
    }

    /// The SHA-256 of what a person has to look at: each record with its reason, in the order of reports; nil where there
    /// is nothing. Whose a record is does not change with its activity, so that is no part of it.
    public func list() throws(CryptoError) -> String? {
        guard !review.isEmpty else { return nil }
        let inventory = result.inventory
        let lines = review.map { looked in
            let source = inventory.sourceNames[Int(inventory.sources[looked.row])]
            return [source, inventory.kinds[looked.row].name, inventory.id(looked.row), looked.reason.name]
                .joined(separator: "\0")
        }
        return try SHA256.digest(lines.joined(separator: "\0\0")).hex
    }
}
