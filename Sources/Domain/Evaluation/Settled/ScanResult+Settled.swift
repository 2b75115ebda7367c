public import Chronology
public import Policies
public import Records

/// What a later scan may leave unread of a source.
public struct Settling: Sendable {
    /// A thread of which, with all that is in it, nothing can change a decision before an instant but something else
    /// than activity.
    public struct Settled: Sendable {
        /// Its row.
        public let row: Int
        /// The instant, which lies after the scan's.
        public let until: Moment
        /// What it and its parts count for.
        public let tally: SettledTally
        /// When it was active that uses or cites other records, by their rows: for those that tell no activity of their
        /// own.
        public let marks: [Int: Moment]
    }

    /// The threads.
    public var settled: [Settled] = []
    /// Whether a decision about something else needs all threads: what they use is past a limit, or will be removed
    /// while they may oblige to keep it.
    public var leans = false

    /// Nothing may be left unread.
    public init() {}
}

extension ScanResult {
    /// What a later scan under the same documents may leave unread of a source, by its place among the sources' names.
    ///
    /// Activity moves deadlines later: a message, run or step that is new makes the thread younger, and is itself as old
    /// as this scan at most. So what is not near any limit now, and has nothing to report, stays so until the first
    /// limit could be reached.
    public func settling(source: Int) -> Settling {
        var settling = Settling()
        let names = inventory.sourceNames
        guard names.indices.contains(source) else { return settling }
        let obstacle = SettlingObstacle(policies, source: names[source])
        guard obstacle.reason == nil else {
            settling.leans = true
            return settling
        }
        settling.leans = assessment.leansOnThreads(source, mayOblige: obstacle.mayOblige, marks)
        settling.settled = SettledThreads(self, source, obstacle)?.all ?? []
        return settling
    }

    /// The sources of which not all was read, though a decision needs it.
    public var sourcesLeaningOnUnread: [String] {
        inventory.coverage.indices.filter { source in
            guard let rereading = inventory.coverage[source].rereading, rereading.settled > 0 else { return false }
            let obstacle = SettlingObstacle(policies, source: inventory.sourceNames[source])
            return assessment.leansOnThreads(source, mayOblige: obstacle.mayOblige, marks)
        }.map { inventory.sourceNames[$0] }
    }

    /// Why the documents let a scan of a source leave nothing unread; nil where they do.
    public static func obstacleToSettling(_ policies: PolicySet, source: String) -> String? {
        SettlingObstacle(policies, source: source).reason
    }
}

extension Assessment {
    /// The kinds that a thread or its parts can use or cite, and the parts of these.
    private static let shared: KindSet = {
        let used = SettlingObstacle.family.kinds.reduce(KindSet(.assistant)) { $0.union($1.targets) }
        return used.kinds.reduce(used) { $0.union($1.allParts) }
    }()

    /// Whether a decision about something else could differ if what uses it were not all read.
    ///
    /// More users make it younger, and oblige to keep it longer; before its limit neither changes anything.
    func leansOnThreads(_ source: Int, mayOblige: Bool, _ marks: Marks) -> Bool {
        let inventory = facts.inventory
        for segment in facts.segments.all where segment.source == source && Self.shared.has(segment.kind) {
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
