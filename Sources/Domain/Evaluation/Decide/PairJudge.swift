/// Reads the table of states twice, with all early ends and with all late ends, and joins the readings.
///
/// - Source: the design, section 5, the table of states.
struct PairJudge: Sendable {
    let rules: RulesInForce
    let clocks: Clocks

    /// What else bears on a pair: what obliges to keep the record, and whether something that stays uses it.
    struct Circumstances {
        /// Both ends of K; open where nothing obliges.
        var keep: Ends
        /// Whether a matter is in K.
        var hasMatter: Bool
        var isUsed: Bool
    }

    func verdict(_ pair: CellPlan.Pair, _ row: Int, _ circumstances: Circumstances) -> PairVerdict {
        verdict(pair, clock: clocks.read(pair.policy, row), circumstances)
    }

    /// The verdict on a pair whose clock was read.
    func verdict(_ pair: CellPlan.Pair, clock reading: ClockReading, _ circumstances: Circumstances) -> PairVerdict {
        let clock: Ends?
        var deleteAt: Ends?
        switch reading {
        case .failed(let failure): return .error(pair.policy, .atMost, clock: nil, failure)
        case .notBegun: clock = nil
        case .time(let ends):
            clock = ends
            guard let limit = limit(pair.policy, ends) else {
                return .error(pair.policy, .atMost, clock: ends, .pastYear9999)
            }
            deleteAt = limit
        }
        let keep = circumstances.keep
        let limit = deleteAt ?? Ends(Ends.never, Ends.never)
        let isUsed = circumstances.isUsed && pair.mayBeInUse
        let reader = Reader(
            asOf: rules.asOf, hasMatter: circumstances.hasMatter, isUsed: isUsed,
            overdueAfter: rules.overdueAfter[pair.policy])
        let early = reader.read(deleteAt: limit.early, keep: keep.early)
        let isPoint = limit.early == limit.late && keep.early == keep.late
        let late = isPoint ? early : reader.read(deleteAt: limit.late, keep: keep.late)
        var verdict = PairVerdict(
            policy: pair.policy, rule: .atMost, state: Self.join(early.state, late.state), early: early.state,
            late: late.state, clock: clock)
        if deleteAt != nil {
            verdict.deleteAt = deleteAt
            verdict.dueAt = Ends(early.dueAt, late.dueAt)
            verdict.overdueAt = Ends(early.overdueAt, late.overdueAt)
        }
        verdict.asksForUsers =
            pair.mayBeInUse && !isUsed && (early.state.isDisposal || late.state.isDisposal)
        if pair.exception != nil { verdict.except() }
        return verdict
    }

    private func limit(_ policy: Int, _ clock: Ends) -> Ends? {
        guard let atMost = rules.atMost[policy], let early = atMost.add(to: clock.early) else { return nil }
        if clock.early == clock.late { return Ends(early, early) }
        return atMost.add(to: clock.late).map { Ends(early, $0) }
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
        let isUsed: Bool
        let overdueAfter: PeriodAdder?

        func read(deleteAt: Int64, keep: Int64) -> (state: State, dueAt: Int64, overdueAt: Int64) {
            let dueAt = hasMatter ? Ends.never : max(deleteAt, keep)
            let overdueAt = overdueAfter.map { $0.add(to: dueAt) ?? Ends.never } ?? dueAt
            return (state(deleteAt: deleteAt, keep: keep, overdueAt: overdueAt), dueAt, overdueAt)
        }

        private func state(deleteAt: Int64, keep: Int64, overdueAt: Int64) -> State {
            if asOf >= deleteAt, hasMatter { return .held }
            if asOf < keep || hasMatter { return .kept }
            if asOf < deleteAt { return .allowed }
            if isUsed { return .inUse }
            return asOf < overdueAt ? .due : .overdue
        }
    }
}

extension PairVerdict {
    /// Applies a live exception. It never covers what is undetermined without it.
    fileprivate mutating func except() {
        guard state != .undetermined else { return }
        early = early.excepted
        late = late.excepted
        state = PairJudge.join(early, late)
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

    var isDisposal: Bool { self == .due || self == .overdue }

    /// The state under a live exception, whose row stands before `in-use`, `due` and `overdue`.
    fileprivate var excepted: State { isDisposal || self == .inUse ? .excepted : self }
}
