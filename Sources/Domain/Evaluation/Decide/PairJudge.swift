/// Reads the table of states twice, with all early ends and with all late ends, and joins the readings.
///
/// - Source: the design, section 5, the table of states.
struct PairJudge: Sendable {
    let rules: RulesInForce
    let clocks: Clocks

    /// The verdict on a pair.
    ///
    /// - Parameters:
    ///   - keep: both ends of K; open where nothing obliges.
    ///   - hasMatter: whether a matter is in K.
    ///   - isUsed: whether something that stays uses the record.
    func verdict(_ pair: CellPlan.Pair, _ row: Int, keep: Ends, hasMatter: Bool, isUsed: Bool) -> PairVerdict {
        guard let atMost = rules.atMost[pair.policy] else {
            return .error(pair.policy, .atMost, clock: nil, "the policy has no limit")
        }
        let clock: Ends?
        var deleteAt: Ends?
        switch clocks.read(pair.policy, row) {
        case .failed(let reason): return .error(pair.policy, .atMost, clock: nil, reason)
        case .notBegun: clock = nil
        case .time(let ends):
            clock = ends
            guard let early = atMost.add(to: ends.early), let late = atMost.add(to: ends.late) else {
                return .error(pair.policy, .atMost, clock: ends, "its limit is past the year 9999")
            }
            deleteAt = Ends(early, late)
        }
        let limit = deleteAt ?? Ends(Ends.never, Ends.never)
        let plain = Reader(
            asOf: rules.asOf, hasMatter: hasMatter, isExcepted: false, isUsed: isUsed && pair.mayBeInUse,
            overdueAfter: rules.overdueAfter[pair.policy])
        var early = plain.read(deleteAt: limit.early, keep: keep.early)
        var late = plain.read(deleteAt: limit.late, keep: keep.late)
        let asksForUsers = pair.mayBeInUse && !isUsed && (early.state.isDisposal || late.state.isDisposal)
        var state = Self.join(early.state, late.state)
        // An exception never covers what is undetermined without it.
        if pair.exception != nil, state != .undetermined {
            let excepted = plain.excepted
            early = excepted.read(deleteAt: limit.early, keep: keep.early)
            late = excepted.read(deleteAt: limit.late, keep: keep.late)
            state = Self.join(early.state, late.state)
        }
        return PairVerdict(
            policy: pair.policy, rule: .atMost, state: state, early: early.state, late: late.state, clock: clock,
            deleteAt: deleteAt, dueAt: deleteAt == nil ? nil : Ends(early.dueAt, late.dueAt),
            overdueAt: deleteAt == nil ? nil : Ends(early.overdueAt, late.overdueAt), asksForUsers: asksForUsers)
    }

    /// The state of two readings: the late one's where both count alike, and `held` beside `kept` is `held`.
    static func join(_ early: State, _ late: State) -> State {
        if early.counting != late.counting { return .undetermined }
        return early == .held && late == .kept ? .held : late
    }

    /// One reading of the table.
    private struct Reader {
        let asOf: Int64
        let hasMatter: Bool
        let isExcepted: Bool
        let isUsed: Bool
        let overdueAfter: PeriodAdder?

        var excepted: Reader {
            Reader(asOf: asOf, hasMatter: hasMatter, isExcepted: true, isUsed: isUsed, overdueAfter: overdueAfter)
        }

        func read(deleteAt: Int64, keep: Int64) -> (state: State, dueAt: Int64, overdueAt: Int64) {
            let dueAt = hasMatter ? Ends.never : max(deleteAt, keep)
            let overdueAt = overdueAfter.map { $0.add(to: dueAt) ?? Ends.never } ?? dueAt
            return (state(deleteAt: deleteAt, keep: keep, overdueAt: overdueAt), dueAt, overdueAt)
        }

        private func state(deleteAt: Int64, keep: Int64, overdueAt: Int64) -> State {
            if asOf >= deleteAt, hasMatter { return .held }
            if asOf < keep || hasMatter { return .kept }
            if asOf < deleteAt { return .allowed }
            if isExcepted { return .excepted }
            if isUsed { return .inUse }
            return asOf < overdueAt ? .due : .overdue
        }
    }
}

extension State {
    /// How a state counts, for the question whether two readings count alike.
    enum Counting { case fine, due, overdue }

    var counting: Counting {
        switch self {
        case .due: .due
        case .overdue: .overdue
        default: .fine
        }
    }

    var isDisposal: Bool { counting != .fine }
}
