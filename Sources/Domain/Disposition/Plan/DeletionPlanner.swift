internal import Chronology
public import Evaluation
internal import Policies
public import ProviderFacts
internal import Records

/// Turns what may go into calls: each record that needs one has its own, parts before containers, users before what
/// they use, the newest response first.
///
/// - Source: the design, section 6: providers delete shallowly, so the order is ours, and what a cascade may take is read
///   back and not believed.
public struct DeletionPlanner {
    private let result: ScanResult
    /// By the index of the source; nil where nothing is known of it.
    private let graphs: [DeletionGraph?]
    private let departures: [Int]
    private let goes: Set<Int>
    private var draft: DraftPlan

    /// A planner for one run.
    ///
    /// - Parameter graph: how the source of this name deletes; nil where nothing is known of it.
    /// - Throws: what `graph` throws.
    public init<Defect>(
        _ result: ScanResult, graph: (_ source: String) throws(Defect) -> DeletionGraph?
    ) throws(Defect) {
        self.result = result
        graphs = try result.inventory.sourceNames.map(graph)
        departures = result.departures()
        goes = Set(departures)
        draft = DraftPlan(result: result)
    }

    /// The plan.
    public consuming func plan() -> DraftPlan {
        var alone: [Int] = []
        var along: [Int: [Int]] = [:]
        for row in departures {
            switch fate(of: row) {
            case .called: alone.append(row)
            case .along(let container): along[container, default: []].append(row)
            case .stuck(let reason): draft.staying.append(StayingRecord(row: row, reasons: [reason]))
            }
        }
        draft.actions = sorted(alone.flatMap { actions(for: $0, along[$0] ?? []) } + cancellations(along))
        draft.staying = (draft.staying + stopped()).sorted { result.inventory.precedes($0.row, $1.row) }
        // Limits are a policy's, and a privacy request goes before them.
        draft.limits =
            result.requested == nil ? LimitCount(result, departures: departures, goes: goes).limits() : []
        return draft
    }

    private enum Fate {
        /// A call of its own takes it away.
        case called
        /// It goes with the record at this row, which has a call of its own.
        case along(Int)
        /// Nothing takes it away.
        case stuck(StayingRecord.Reason)
    }

    private func removal(_ row: Int) -> Removal? {
        graphs[Int(result.inventory.sources[row])]?.removal(of: result.inventory.kinds[row])
    }

    private func fate(of row: Int) -> Fate {
        guard graphs[Int(result.inventory.sources[row])] != nil else { return .stuck(.noProvider) }
        guard let removal = removal(row) else { return .stuck(.noCall) }
        if stayingEntries(of: row).contains(where: result.isProtected) { return .stuck(.verdict) }
        let container = result.containers(of: row).first { goes.contains($0) }
        if let container, !removal.isNeededBesideContainer, removal.cascade != .no {
            // Containers stand in each other three deep at most where the data is sane; a cycle ends with its own call.
            return called(container, deepest: Kind.allCases.count).map(Fate.along) ?? ownCall(removal)
        }
        return ownCall(removal)
    }

    private func ownCall(_ removal: Removal) -> Fate { removal.verb == .none ? .stuck(.noCall) : .called }

    /// The nearest record from this one upwards that has a call of its own.
    private func called(_ row: Int, deepest: Int) -> Int? {
        guard deepest > 0, let removal = removal(row) else { return nil }
        let container = result.containers(of: row).first { goes.contains($0) }
        if let container, !removal.isNeededBesideContainer, removal.cascade != .no {
            return called(container, deepest: deepest - 1)
        }
        return removal.verb == .none ? nil : row
    }

    private func actions(for row: Int, _ along: [Int]) -> [PlannedAction] {
        let container = result.containers(of: row).first { goes.contains($0) }
        let cause: PlannedAction.Cause =
            result.mayGo(row) ? .due : container.map { .partOf(row: $0) } ?? .due
        var action = PlannedAction(
            verb: removal(row)?.verb == .detach ? .detach : .delete, row: row, cause: cause)
        action.along = along.sorted(by: result.inventory.precedes)
        return cancellation(of: row, clearing: row) + detachments(of: row) + [action]
    }

    /// Entries that stay and point to a record that goes are taken out of their containers before it.
    private func detachments(of row: Int) -> [PlannedAction] {
        stayingEntries(of: row).map { PlannedAction(verb: .detach, row: $0, cause: .clears(row: row)) }
    }

    private func stayingEntries(of row: Int) -> [Int] {
        guard result.inventory.kinds[row] == .file else { return [] }
        return result.users(of: row).filter { !goes.contains($0) && removal($0)?.verb == .detach }
    }

    /// What goes with its container and is still at work is stopped.
    private func cancellations(_ along: [Int: [Int]]) -> [PlannedAction] {
        along.flatMap { container, rows in rows.flatMap { cancellation(of: $0, clearing: container) } }
    }

    private func cancellation(of row: Int, clearing cleared: Int) -> [PlannedAction] {
        guard removal(row)?.canCancel == true,
            let status = result.inventory.strings.string(result.inventory.statuses[row]), Self.atWork.contains(status)
        else { return [] }
        return [PlannedAction(verb: .cancel, row: row, cause: .clears(row: cleared))]
    }

    /// - Source: OpenAI's OpenAPI document 2.3.0: the statuses of runs and of responses in the background that a cancel ends.
    private static let atWork: Set<String> = ["queued", "in_progress", "requires_action"]

    /// Records that some policy in force, or a privacy request, would have gone, and that stay.
    private func stopped() -> [StayingRecord] {
        var rows = Set(result.requested ?? []).subtracting(goes)
        for finding in result.findings where isAgainstStaying(finding) && !goes.contains(finding.row) {
            rows.insert(finding.row)
        }
        return rows.map { StayingRecord(row: $0, reasons: reasons($0)) }
    }

    private func isAgainstStaying(_ finding: Finding) -> Bool {
        guard let policy = finding.policy, result.policies.retention[policy].mode == .enforce, finding.rule == .atMost
        else { return false }
        return switch finding.state {
        case .due, .overdue, .held, .excepted, .inUse, .undetermined, .error: true
        case .kept: finding.pastMax
        case .allowed, .lost, .resurrected, .earlyExpiry, .uncovered, .denied: false
        }
    }

    private func reasons(_ row: Int) -> [StayingRecord.Reason] {
        let reasons = Set(
            result.obstacles(row).map { blocker -> StayingRecord.Reason in
                switch blocker.reason {
                case .notDue: .notAsked
                case .kept: .kept
                case .state, .more: .verdict
                case .unread: .unread
                case .review: .review
                }
            })
        // What is stopped is not due either; what stops it says more.
        return reasons.count > 1 ? reasons.subtracting([.notAsked]).sorted() : Array(reasons)
    }

    /// By source; stops first, then by the order of the provider's graph; the newest response first, all else by id.
    private func sorted(_ actions: [PlannedAction]) -> [PlannedAction] {
        let inventory = result.inventory
        func rank(_ action: PlannedAction) -> Int {
            if action.verb == .cancel { return -1 }
            return graphs[Int(inventory.sources[action.row])]?.rank(of: inventory.kinds[action.row]) ?? .max
        }
        let ranked = actions.map { (action: $0, rank: rank($0)) }
        let unique = Dictionary(ranked.map { (Key($0.action), $0) }) { first, second in
            if case .clears = first.action.cause { second } else { first }
        }
        return unique.values.sorted { left, right in
            let (one, other) = (left.action.row, right.action.row)
            if inventory.sources[one] != inventory.sources[other] {
                return inventory.sourceNames[Int(inventory.sources[one])]
                    < inventory.sourceNames[Int(inventory.sources[other])]
            }
            if left.rank != right.rank { return left.rank < right.rank }
            if inventory.kinds[one] == .response, inventory.kinds[other] == .response {
                let (first, second) = (inventory.created(one).latest, inventory.created(other).latest)
                if first != second { return first > second }
            }
            return inventory.precedes(one, other)
        }.map(\.action)
    }

    /// A record is called once with each kind of verb: a detachment for a file is the same call as its own.
    private struct Key: Hashable {
        let row: Int
        let isCancel: Bool

        init(_ action: PlannedAction) {
            row = action.row
            isCancel = action.verb == .cancel
        }
    }
}
