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

    /// A clock strictly between both has not reached the limit, for certain.
    private struct Limit {
        enum Clock { case created, newest, derived, other }

        let clock: Clock
        let activity: Int32
        let low: Int64
        let high: Int64
    }

    private(set) var entries: [Entry] = []
    private(set) var pairs: [CellPlan.Pair] = []
    private var limits: [Limit] = []
    private var activities: [LastActivity] = []
    private let times: OwnTimes
    private let clocks: Clocks

    init(_ assessment: Assessment) {
        times = assessment.facts.times
        clocks = assessment.judge.clocks
        for plan in assessment.plans {
            let first = pairs.count
            for pair in plan.pairs {
                pairs.append(pair)
                limits.append(limit(pair, plan, assessment))
            }
            let isAlwaysJudged = !plan.errors.isEmpty || !plan.bareObligations.isEmpty
            entries.append(Entry(first..<pairs.count, isAlwaysJudged: isAlwaysJudged))
        }
    }

    private mutating func limit(_ pair: CellPlan.Pair, _ plan: CellPlan, _ assessment: Assessment) -> Limit {
        let (low, high) = assessment.rules.certainlyAllowed[pair.policy]
        switch assessment.rules.policies.retention[pair.policy].clock {
        case .created: return Limit(clock: .created, activity: 0, low: low, high: high)
        case .lastActivity(let counts):
            guard ActivitySlots.derivedKinds.has(plan.kind) else {
                return Limit(clock: .newest, activity: 0, low: low, high: high)
            }
            activities.append(assessment.facts.lastActivity(counts: counts))
            return Limit(clock: .derived, activity: Int32(activities.count - 1), low: low, high: high)
        case .lastModified, .expires, .custom: return Limit(clock: .other, activity: 0, low: low, high: high)
        }
    }

    /// Whether the clocks of all pairs are certainly before their limits.
    @inline(__always)
    func areNotReached(_ entry: Entry, _ row: Int) -> Bool {
        for index in entry.limits {
            let limit = limits[index]
            let ends: Ends
            switch limit.clock {
            case .created: ends = times.created(row)
            case .newest: ends = times.newest(row)
            case .derived: ends = activities[Int(limit.activity)][row]
            case .other: return false
            }
            if ends.early <= limit.low || ends.late >= limit.high { return false }
        }
        return true
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
