import Chronology
import Records

/// Records that one policy keeps, for no outside reason, longer than another lets them be.
extension PolicyReasoning {
    /// A statute or a claim is meant to outrank another policy's limit. A keep from an earlier clock than the limit's is
    /// no contradiction: the two ask for different things.
    mutating func checkContradictions() {
        for keeper in policies where keeper.isAlive && keeper.policy.basis == .internal {
            guard let atLeast = keeper.policy.atLeast else { continue }
            var undecided: [String] = []
            for limiter in policies where limiter.isAlive && limiter.policy.name != keeper.policy.name {
                guard let atMost = limiter.policy.atMost, !keeper.selection.isApart(from: limiter.selection),
                    keeper.policy.clock.isNeverBefore(limiter.policy.clock),
                    let day = order.dayFromWhich(
                        atLeast, exceeds: atMost, in: keeper.policy.zone, and: limiter.policy.zone)
                else { continue }
                switch conflict(keeper, atLeast, limiter, atMost, day) {
                case .yes(let witness): report(keeper, atLeast, limiter, atMost, witness)
                case .no: break
                case .cannotSay: undecided.append(limiter.policy.name)
                }
            }
            guard let first = undecided.first else { continue }
            let more = undecided.count > 1 ? " and \(undecided.count - 1) more" : ""
            inform(
                "cannot-decide", at: keeper.policy.atLeastLocation ?? keeper.policy.location,
                "'\(keeper.policy.name)' keeps longer than '\(first)'\(more) allows; whether a record falls under both "
                    + "cannot be decided",
                hint: "their conditions say more than lint looks into; a PolicyTest can pin what is meant")
        }
    }

    private mutating func report(
        _ keeper: Governed, _ atLeast: Period, _ limiter: Governed, _ atMost: Period, _ witness: Witness
    ) {
        let clocks =
            keeper.policy.clock.isSame(as: limiter.policy.clock)
            ? "both from \(keeper.policy.clock.name)"
            : "from \(keeper.policy.clock.name) and \(limiter.policy.clock.name)"
        warn(
            "contradiction", at: keeper.policy.atLeastLocation ?? keeper.policy.location,
            "'\(keeper.policy.name)' keeps records at least \(atLeast) that '\(limiter.policy.name)' lets be at most "
                + "\(atMost), \(clocks); the witness shows it at \(witness.now ?? Moment(asOf))",
            hint: "shorten the atLeast, give it the basis that it has, or part the two by their match",
            witness: witness.yaml)
    }

    /// A record under both at an instant at which one says that it must go and the other that it must stay.
    private mutating func conflict(
        _ keeper: Governed, _ atLeast: Period, _ limiter: Governed, _ atMost: Period, _ day: CivilDate
    ) -> Reasoner.Answer {
        guard let begin = keeper.policy.clock.quantity, let limitBegin = limiter.policy.clock.quantity else {
            let answer = questions.satisfy([keeper.selection.reading.holds, limiter.selection.reading.holds])
            if case .no = answer { return .no }
            return .cannotSay([])
        }
        let both = [keeper.selection.reading.holds, limiter.selection.reading.holds] + displacing(limiter, keeper)
        let keepsAtLeast = PeriodBounds(atLeast, keeper.policy.zone)
        let letsAtMost = PeriodBounds(atMost, limiter.policy.zone)
        let isPast = Formula.holds(.bound(Bound(limitBegin, .now, atMost: -letsAtMost.least)))
        let isKept = Formula.holds(.bound(Bound(.now, begin, atMost: keepsAtLeast.most - 1)))
        let answer = questions.satisfy(both + [isPast, isKept])
        guard case .yes(let rough) = answer, !keepsAtLeast.isExact || !letsAtMost.isExact else { return answer }
        // The periods depend on the calendar: it needs a day from which they certainly contradict each other.
        for start in beginnings(near: rough.moment(limitBegin), day, keeper.policy.zone) {
            guard let end = limiter.policy.zone.adding(atMost, to: start),
                keeper.policy.zone.adding(atLeast, to: start) ?? .unbounded > end
            else { continue }
            let concrete = [(begin, start), (limitBegin, start), (.now, end)].flatMap(Self.equality)
            if case .yes(let witness) = questions.satisfy(both + concrete) { return .yes(witness) }
        }
        return .cannotSay([])
    }

    /// Instants from which two periods may contradict each other: one that fits the conditions, the day that is known
    /// to, and the same day of the years around the as-of instant.
    private func beginnings(near moment: Moment?, _ day: CivilDate, _ zone: Zone) -> [Moment] {
        let year = Zone.utc.civil(at: asOf).date.year
        let days = (-2...1).compactMap { CivilDate(year: year + $0, month: day.month, day: day.day) }
        return (moment.map { [$0] } ?? []) + ([day] + days).map(zone.startOfDay)
    }

    private static func equality(_ quantity: Quantity, _ moment: Moment) -> [Formula] {
        let value = Int128(moment.microseconds)
        return [
            .holds(.bound(Bound(quantity, .origin, atMost: value))),
            .holds(.bound(Bound(.origin, quantity, atMost: -value))),
        ]
    }

    /// A default's limit gives way where any other policy with a limit matches or may match: none of them does.
    private func displacing(_ limiter: Governed, _ keeper: Governed) -> [Formula] {
        guard limiter.policy.isDefault else { return [] }
        return rivals(of: limiter).filter { !$0.selection.isApart(from: keeper.selection) }.map(
            \.selection.reading.fails)
    }

    /// The policies to which a default's limit gives way.
    func rivals(of governed: Governed) -> [Governed] {
        policies.filter { rival in
            rival.isAlive && !rival.policy.isDefault && rival.policy.mode == .enforce && rival.policy.atMost != nil
                && !rival.selection.isApart(from: governed.selection)
        }
    }
}

/// The least and the most microseconds that a period can last in a zone.
struct PeriodBounds {
    let least: Int128
    let most: Int128

    /// Days in UTC have 24 hours; elsewhere they and all months and years depend on when they begin.
    init(_ period: Period, _ zone: Zone) {
        let isExact = period.isExact || zone == .utc && period.years == 0 && period.months == 0
        let slack = isExact ? 0 : PeriodOrder.slack
        least = Int128(max(0, PeriodOrder.shortest(period) - slack)) * 1_000_000
        most = Int128(PeriodOrder.longest(period) + slack) * 1_000_000
    }

    var isExact: Bool { least == most }
}
