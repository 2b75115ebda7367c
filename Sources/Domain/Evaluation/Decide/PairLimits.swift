internal import Chronology
internal import Policies
internal import Records

/// The pairs of all cells side by side, in the form in which the sweep compares them with clocks.
struct PairLimits: Sendable {
    /// The pairs of a cell.
    struct Entry {
        private let first: Int32
        private let end: Int32
        /// Whether every row of the cell is judged, whatever its clocks show.
        let isAlwaysJudged: Bool

        init(_ limits: Range<Int>, isAlwaysJudged: Bool) {
            first = Int32(limits.lowerBound)
            end = Int32(limits.upperBound)
            self.isAlwaysJudged = isAlwaysJudged
        }

        var limits: Range<Int> { Int(first)..<Int(end) }
        var isIdle: Bool { first == end && !isAlwaysJudged }
    }

    /// A clock whose early end is later has not reached the limit, for certain.
    private struct Limit {
        enum Clock { case created, newest, derived, other }

        let clock: Clock
        let activity: Int32
        let low: Int64
    }

    private(set) var entries: [Entry] = []
    private(set) var pairs: [CellPlan.Pair] = []
    /// By cell: a record that is certainly created later has reached no limit, for every clock but that of an event
    /// that need not have happened is as late as the creation at least.
    private var floors: [Int64] = []
    private var limits: [Limit] = []
    private(set) var activities: [LastActivity] = []
    /// The pairs of source and kind that have a limit on an activity which follows from other records.
    private(set) var groupsOfDerived: Set<Int> = []
    private var activityNumbers: [RoleSet: Int32] = [:]
    private let times: OwnTimes
    private let clocks: Clocks
    /// No time that is known exactly is later.
    private let lastPoint: Int64

    init(_ assessment: Assessment) {
        times = assessment.facts.times
        clocks = assessment.judge.clocks
        lastPoint = assessment.facts.inventory.rules.lastBelieved.microseconds
        for plan in assessment.plans {
            let first = pairs.count
            for pair in plan.pairs {
                pairs.append(pair)
                limits.append(limit(pair, plan, assessment))
            }
            let isAlwaysJudged = !plan.errors.isEmpty || !plan.bareObligations.isEmpty
            entries.append(Entry(first..<pairs.count, isAlwaysJudged: isAlwaysJudged))
            floors.append(
                isAlwaysJudged ? .max : limits[first...].reduce(.min) { max($0, $1.clock == .other ? .max : $1.low) })
        }
    }

    private mutating func limit(_ pair: CellPlan.Pair, _ plan: CellPlan, _ assessment: Assessment) -> Limit {
        let span = assessment.rules.certainlyAllowed[pair.policy]
        // Where a clock of today could be past what a calendar can add to, every row is judged.
        let low = lastPoint < span.high ? span.low : .max
        switch assessment.rules.policies.retention[pair.policy].clock {
        case .created: return Limit(clock: .created, activity: 0, low: low)
        case .lastActivity(let counts):
            guard LastActivity.derivedKinds.has(plan.kind) else {
                return Limit(clock: .newest, activity: 0, low: low)
            }
            groupsOfDerived.insert(plan.group)
            return Limit(clock: .derived, activity: activity(counts, assessment.facts), low: low)
        case .lastModified, .expires, .custom: return Limit(clock: .other, activity: 0, low: low)
        }
    }

    private mutating func activity(_ counts: RoleSet, _ facts: RecordFacts) -> Int32 {
        if let known = activityNumbers[counts] { return known }
        let number = Int32(activities.count)
        activities.append(facts.lastActivity(counts: counts))
        activityNumbers[counts] = number
        return number
    }

    /// Puts the rows of a block that may have reached a limit in front of a buffer that is as large as the block, and
    /// tells how many they are.
    ///
    /// - Parameter cells: those of the block's rows come first.
    func findReaching(_ block: Range<Int>, _ cells: [UInt32], _ found: inout [UInt32]) -> Int {
        let cells = cells.span
        let floors = floors.span
        let (moments, timeFacts) = (times.created, times.facts)
        let created = moments.span.extracting(block)
        let facts = timeFacts.span.extracting(block)
        var found = found.mutableSpan
        var count = 0
        for place in created.indices {
            // Kept without a branch: where limits are, nobody can foretell.
            found[unchecked: count] = UInt32(truncatingIfNeeded: block.lowerBound &+ place)
            let isLater = created[unchecked: place] > floors[unchecked: Int(cells[unchecked: place])]
            count &+= isLater && facts[unchecked: place].createdIsPoint ? 0 : 1
        }
        return count
    }

    /// Whether the clocks of all pairs are certainly before their limits.
    ///
    /// Both ends of such a clock have a sum that is after the instant, for the late end is a time that is believed, or
    /// the instant, or open.
    func areNotReached(_ entry: Entry, _ row: Int) -> Bool {
        for index in entry.limits where !isNotReached(limits[index], row) { return false }
        return true
    }

    private func isNotReached(_ limit: Limit, _ row: Int) -> Bool {
        switch limit.clock {
        case .created: times.created(row).early > limit.low
        case .newest: times.newest(row).early > limit.low
        case .derived: isOwnNotReached(limit, row) || activities[Int(limit.activity)][row].early > limit.low
        case .other: false
        }
    }

    /// Whether the record's own times suffice: what other records tell of its activity only makes it later.
    private func isOwnNotReached(_ limit: Limit, _ row: Int) -> Bool { times.newest(row).early > limit.low }

    /// The activities that must be known to judge a row: those of other records, where its own times do not suffice.
    func activitiesNeeded(_ entry: Entry, _ row: Int) -> [Int] {
        let isJudged =
            entry.isAlwaysJudged
            || entry.limits.contains { index in
                switch limits[index].clock {
                case .created: times.created(row).early <= limits[index].low
                case .newest, .derived: !isOwnNotReached(limits[index], row)
                case .other: true
                }
            }
        guard isJudged else { return [] }
        return entry.limits.compactMap { limits[$0].clock == .derived ? Int(limits[$0].activity) : nil }
    }

    /// What the clock of a pair shows.
    func clock(_ index: Int, _ row: Int) -> ClockReading {
        switch limits[index].clock {
        case .created: .time(times.created(row))
        case .newest: .time(times.newest(row))
        case .derived: .time(activities[Int(limits[index].activity)][row])
        case .other: clocks.read(pairs[index].policy, row)
        }
    }
}
