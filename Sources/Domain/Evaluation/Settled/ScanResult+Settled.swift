public import Chronology
public import Policies
public import Records

/// What a later scan may leave unread of a source.
public struct Settling: Sendable {
    /// A record that is read by itself and of which, with all that is in it, nothing can change a decision before an
    /// instant but something else than activity.
    public struct Settled: Sendable {
        /// Its row.
        public let row: Int
        /// The instant, which lies after the scan's.
        public let until: Moment
        /// What it and its parts count for; nothing where it is itself a part, and counted there.
        public let tally: SettledTally
        /// When it was active, by the rows of what must know: what it uses or cites that tells no activity of its own,
        /// the conversation that it is in, and a response that it cites.
        public let marks: [Int: Moment]
    }

    /// The records.
    public var settled: [Settled] = []
    /// Whether a decision about something else needs all that could be left unread: what they use is past a limit, or
    /// will be removed while they may oblige to keep it.
    public var leans = false

    /// Nothing may be left unread.
    public init() {}
}

extension ScanResult {
    /// What a later scan under the same documents may leave unread of a source, by its place among the sources' names.
    ///
    /// Activity moves deadlines later: a message, run, step or item that is new makes what it is in younger, and is itself
    /// as old as this scan at most. So what is not near any limit now, and has nothing to report, stays so until the
    /// first limit could be reached.
    public func settling(source: Int) -> Settling {
        var settling = Settling()
        let names = inventory.sourceNames
        guard names.indices.contains(source) else { return settling }
        for family in SettlingFamily.all {
            let obstacle = SettlingObstacle(policies, source: names[source], family)
            guard obstacle.reason == nil else { continue }
            settling.settled += SettledBranches(self, source, family, obstacle)?.all ?? []
            if leans(on: family, source, obstacle) { settling.leans = true }
        }
        return settling
    }

    /// The sources of which not all was read, though a decision needs it.
    public var sourcesLeaningOnUnread: [String] {
        inventory.coverage.indices.filter { source in
            guard let rereading = inventory.coverage[source].rereading, rereading.settledCount > 0 else { return false }
            let name = inventory.sourceNames[source]
            return SettlingFamily.all.contains { family in
                let obstacle = SettlingObstacle(policies, source: name, family)
                return obstacle.reason == nil && leans(on: family, source, obstacle)
            }
        }.map { inventory.sourceNames[$0] }
    }

    /// Why the documents let a scan of a source leave nothing unread, or not all that it could; nil where they let it.
    ///
    /// - Returns: the first reason, and whether there is one for everything.
    public static func obstacleToSettling(
        _ policies: PolicySet, source: String
    ) -> (reason: String, isOfAll: Bool)? {
        let reasons = SettlingFamily.all.compactMap { SettlingObstacle(policies, source: source, $0).reason }
        return reasons.first.map { ($0, reasons.count == SettlingFamily.all.count) }
    }

    /// Whether a decision needs all of a family of which something is there.
    private func leans(on family: SettlingFamily, _ source: Int, _ obstacle: SettlingObstacle) -> Bool {
        let coverage = inventory.coverage[source]
        guard family.mayBeLeftUnread(coverage), family.tops.kinds.contains(where: { coverage[$0].records > 0 }) else {
            return false
        }
        return assessment.leans(on: family, source, mayOblige: obstacle.mayOblige, marks)
    }
}

extension Assessment {
    /// Whether a decision about something else could differ if what uses it were not all read.
    ///
    /// More users make it younger, and oblige to keep it longer; before its limit neither changes anything.
    fileprivate func leans(on family: SettlingFamily, _ source: Int, mayOblige: Bool, _ marks: Marks) -> Bool {
        let inventory = facts.inventory
        let shared = family.shared
        for segment in facts.segments.all where segment.source == source && shared.has(segment.kind) {
            for row in segment.rows {
                if mayOblige, segment.kind.mayBeInUse, inventory.expires(row) != nil { return true }
                for pair in plan(row).pairs where leans(pair, segment.kind, mayOblige) {
                    let verdict = judge.verdict(pair, row, circumstances(row, isUsed: marks.isUsed[row]))
                    if let deleteAt = verdict.deleteAt, deleteAt.early <= rules.asOf { return true }
                }
            }
        }
        return false
    }

    private func leans(_ pair: CellPlan.Pair, _ kind: Kind, _ mayOblige: Bool) -> Bool {
        if pair.mayBeInUse || mayOblige { return true }
        guard case .lastActivity = rules.policies.retention[pair.policy].clock else { return false }
        return SettlingObstacle.passive.has(kind)
    }
}
