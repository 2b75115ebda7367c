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
    /// By the index of the source, and kind.
    private let removals: [[Removal?]]
    private let departures: [Int]
    private let goes: [Bool]
    private let bonds: Bonds
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
        removals = graphs.map { graph in Kind.allCases.map { graph?.removal(of: $0) } }
        departures = result.departures()
        var goes = [Bool](repeating: false, count: result.inventory.count)
        for row in departures { goes[row] = true }
        self.goes = goes
        bonds = result.bonds
        draft = DraftPlan(result: result)
    }

    /// The plan.
    public consuming func plan() -> DraftPlan {
        var called: [Int] = []
        var along = Companions(count: result.inventory.count)
        for row in departures {
            switch fate(of: row) {
            case .called: called.append(row)
            case .along(let container): along.add(row, to: container)
            case .stuck(let reason): draft.staying.append(StayingRecord(row: row, reasons: [reason]))
            }
        }
        along.arrange(by: result.ordered)
        draft.actions = actions(result.ordered(called), along)
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
        removals[Int(result.inventory.sources[row])][Int(result.inventory.kinds[row].rawValue)]
    }

    private func fate(of row: Int) -> Fate {
        guard graphs[Int(result.inventory.sources[row])] != nil else { return .stuck(.noProvider) }
        guard let removal = removal(row) else { return .stuck(.noCall) }
        if stayingEntries(of: row).contains(where: { result.isProtected($0) }) { return .stuck(.verdict) }
        let container = bonds.container(of: row) { goes[$0] }
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
        let container = bonds.container(of: row) { goes[$0] }
        if let container, !removal.isNeededBesideContainer, removal.cascade != .no {
            return called(container, deepest: deepest - 1)
        }
        return removal.verb == .none ? nil : row
    }

    // MARK: Calls

    /// By source; stops first, then by the order of the provider's graph; the newest response first, all else by id.
    ///
    /// - Parameter rows: the records that have calls, in the order of reports.
    private func actions(_ rows: [Int], _ along: Companions) -> [PlannedAction] {
        let sources = result.inventory.sources
        var actions: [PlannedAction] = []
        actions.reserveCapacity(rows.count)
        var start = 0
        while start < rows.count {
            let source = sources[rows[start]]
            var end = start
            while end < rows.count, sources[rows[end]] == source { end += 1 }
            if let graph = graphs[Int(source)] {
                append(rows[start..<end], along, graph, to: &actions)
            }
            start = end
        }
        return actions
    }

    /// The calls on one source.
    private func append(
        _ rows: ArraySlice<Int>, _ along: Companions, _ graph: DeletionGraph, to actions: inout [PlannedAction]
    ) {
        actions += cancellations(rows, along)
        let kinds = result.inventory.kinds
        var byKind = [[Int]](repeating: [], count: Kind.allCases.count)
        for row in rows { byKind[Int(kinds[row].rawValue)].append(row) }
        var cleared: [Int: Int] = [:]
        for file in byKind[Int(Kind.file.rawValue)] {
            for entry in stayingEntries(of: file) where cleared[entry] == nil { cleared[entry] = file }
        }
        let detached = Dictionary(grouping: cleared.keys) { kinds[$0] }
        for kind in graph.order {
            var own = byKind[Int(kind.rawValue)]
            if kind == .response { own = newestFirst(own) }
            if let entries = detached[kind] { own = result.ordered(own + entries) }
            for row in own {
                actions.append(cleared[row].map { clearing(row, for: $0) } ?? call(on: row, along))
            }
        }
    }

    private func call(on row: Int, _ along: Companions) -> PlannedAction {
        let cause: PlannedAction.Cause =
            result.mayGo(row) ? .due : bonds.container(of: row) { goes[$0] }.map { .partOf(row: $0) } ?? .due
        var action = PlannedAction(
            verb: removal(row)?.verb == .detach ? .detach : .delete, row: row, cause: cause)
        action.along = along[row]
        return action
    }

    /// Entries that stay and point to a record that goes are taken out of their containers before it.
    private func clearing(_ entry: Int, for file: Int) -> PlannedAction {
        PlannedAction(verb: .detach, row: entry, cause: .clears(row: file))
    }

    private func stayingEntries(of row: Int) -> [Int] {
        guard result.inventory.kinds[row] == .file else { return [] }
        return bonds.users(of: row).filter { !goes[$0] && removal($0)?.verb == .detach }
    }

    private func newestFirst(_ responses: [Int]) -> [Int] {
        let created = responses.map { result.inventory.created($0).latest }
        return responses.indices.sorted { left, right in
            created[left] == created[right] ? left < right : created[left] > created[right]
        }.map { responses[$0] }
    }

    /// What goes, with a call or along with its container, and is still at work, is stopped.
    private func cancellations(_ rows: ArraySlice<Int>, _ along: Companions) -> [PlannedAction] {
        var cleared: [Int: Int] = [:]
        for row in rows {
            if isAtWork(row) { cleared[row] = row }
            for companion in along[row] where isAtWork(companion) { cleared[companion] = row }
        }
        return result.ordered(Array(cleared.keys)).map { row in
            PlannedAction(verb: .cancel, row: row, cause: .clears(row: cleared[row] ?? row))
        }
    }

    private func isAtWork(_ row: Int) -> Bool {
        guard removal(row)?.canCancel == true,
            let status = result.inventory.strings.string(result.inventory.statuses[row])
        else { return false }
        return Self.atWork.contains(status)
    }

    /// - Source: OpenAI's OpenAPI document 2.3.0: the statuses of runs and of responses in the background that a cancel ends.
    private static let atWork: Set<String> = ["queued", "in_progress", "requires_action"]

    /// Records that some policy in force, or a privacy request, would have gone, and that stay.
    private func stopped() -> [StayingRecord] {
        var rows = Set((result.requested ?? []).filter { !goes[$0] })
        for finding in result.findings where isAgainstStaying(finding) && !goes[finding.row] {
            rows.insert(finding.row)
        }
        let staying = Array(rows)
        return zip(staying, result.reasonsToStay(staying)).map { row, reasons in
            StayingRecord(row: row, reasons: words(reasons))
        }
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

    private func words(_ stops: Set<Explanation.Blocker.Reason>) -> [StayingRecord.Reason] {
        let reasons = Set(
            stops.map { stop -> StayingRecord.Reason in
                switch stop {
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
}
