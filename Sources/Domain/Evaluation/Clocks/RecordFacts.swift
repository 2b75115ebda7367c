internal import Chronology
internal import Records
internal import Synchronization

/// What can be known of the records of a run, worked out when it is first asked for.
final class RecordFacts: Sendable {
    let inventory: Inventory
    let asOf: Moment
    let segments: Segments
    let times: OwnTimes

    private struct Derived {
        var activity: [RoleSet: LastActivity] = [:]
        var relations: Relations?
    }

    private let derived = Mutex(Derived())
    private let decidedKinds: [KindSet]
    private let containedRecords = AtomicLazyReference<RelatedRecords>()
    private let usedRecords = AtomicLazyReference<RelatedRecords>()
    private let usingRecords = AtomicLazyReference<RelatedRecords>()
    private let containersByEdges = AtomicLazyReference<FurtherContainers>()

    init(_ inventory: Inventory, asOf: Moment) {
        self.inventory = inventory
        self.asOf = asOf
        segments = Segments(inventory)
        times = OwnTimes(inventory)
        decidedKinds = inventory.coverage.map(\.decidedKinds)
    }

    /// The roles that count unless a policy says otherwise.
    static let defaultCounts: RoleSet = [RoleSet(.user), RoleSet(.assistant)]

    /// The last activity of every record where these roles count.
    func lastActivity(counts: RoleSet) -> LastActivity {
        derived.withLock { derived in
            if let known = derived.activity[counts] { return known }
            let activity = LastActivity(counts: counts, times: times, segments: segments, inventory: inventory)
            derived.activity[counts] = activity
            return activity
        }
    }

    /// Who contains and uses whom.
    var relations: Relations {
        derived.withLock { derived in
            if let known = derived.relations { return known }
            let relations = Relations(inventory)
            derived.relations = relations
            return relations
        }
    }

    /// What every record contains, for expressions.
    var contained: RelatedRecords {
        containedRecords.load() ?? containedRecords.storeIfNil(RelatedRecords(.contained, self))
    }

    /// What every record uses, for expressions.
    var used: RelatedRecords { usedRecords.load() ?? usedRecords.storeIfNil(RelatedRecords(.used, self)) }

    /// What uses every record, for expressions.
    var users: RelatedRecords { usingRecords.load() ?? usingRecords.storeIfNil(RelatedRecords(.using, self)) }

    /// Who stands in several containers.
    var furtherContainers: FurtherContainers {
        containersByEdges.load() ?? containersByEdges.storeIfNil(FurtherContainers(inventory.edges))
    }

    /// The kinds of a record's source that were read to their end.
    func decidedKinds(of row: Int) -> KindSet { decidedKinds[Int(inventory.sources[row])] }
}
