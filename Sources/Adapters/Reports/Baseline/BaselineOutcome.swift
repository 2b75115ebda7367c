public import Chronology
public import Evaluation
internal import Policies

/// What a baseline did to a run.
public struct BaselineOutcome: Equatable, Sendable {
    /// The baseline as its file stated it.
    public let baseline: Baseline
    /// Whether it had ended, and covered nothing.
    public let isExpired: Bool
    /// Entries that no finding met, with how many fewer there were, sorted.
    public let stale: [(key: BaselineKey, count: Int)]
    /// Violations that it could have covered and did not.
    public let new: [BaselineKey: Int]

    /// Whether both say the same.
    public static func == (left: BaselineOutcome, right: BaselineOutcome) -> Bool {
        left.baseline == right.baseline && left.isExpired == right.isExpired && left.new == right.new
            && left.stale.elementsEqual(right.stale, by: ==)
    }
}

extension Baseline {
    /// Marks what the baseline covers in a result: of each key as many findings as the baseline counts, and no more.
    public func apply(to result: inout ScanResult) throws(ReportError) -> BaselineOutcome {
        let isExpired = expiresAt.map { result.asOf >= Moment($0) } ?? false
        let hasTokens = entries.keys.contains { $0.id.hasPrefix("r-") }
        var left = entries
        var new: [BaselineKey: Int] = [:]
        let before = result
        try result.accept { finding throws(ReportError) in
            let own = BaselineKey(finding, before)
            for key in hasTokens ? [own, try own.redacted()] : [own] {
                guard let count = left[key], count > 0 else { continue }
                left[key] = count - 1
                return !isExpired
            }
            new[own, default: 0] += 1
            return false
        }
        let stale = left.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { (key: $0.key, count: $0.value) }
        return BaselineOutcome(baseline: self, isExpired: isExpired, stale: stale, new: new)
    }
}

extension BaselineOutcome {
    /// The stale entries as a report shows them.
    func shownStale(redacts: Bool) throws(ReportError) -> [(key: BaselineKey, count: Int)] {
        guard redacts else { return stale }
        var shown: [(key: BaselineKey, count: Int)] = []
        for (key, count) in stale { shown.append((key.id.hasPrefix("r-") ? key : try key.redacted(), count)) }
        return shown
    }

    /// The baseline as it should be now: without what is stale and, only where the caller accepts it, with what is new.
    ///
    /// - Parameters:
    ///   - result: the run. Where it did not see everything nothing is stale for certain, and all entries stay.
    ///   - expiresAt: the new end; nil keeps the old.
    ///   - redacts: whether new entries have tokens for ids.
    public func updated(
        after result: ScanResult, acceptingNew: Bool, expiresAt: Instant?, redacts: Bool
    ) throws(ReportError) -> Baseline {
        var next = baseline
        next.asOf = result.asOf.instant ?? baseline.asOf
        next.expiresAt = expiresAt ?? baseline.expiresAt
        if result.incomplete.isEmpty {
            for (key, count) in stale {
                let rest = (next.entries[key] ?? 0) - count
                next.entries[key] = rest > 0 ? rest : nil
            }
        }
        guard acceptingNew else { return next }
        for (key, count) in new.sorted(by: { $0.key < $1.key }) {
            next.entries[redacts ? try key.redacted() : key, default: 0] += count
        }
        return next
    }
}
