/// What the plan intends for a record.
enum Fate {
    case overdue, due, excepted, obliged, busy, young
}

/// Which records of a kind get which fate: exact shares, dealt by lottery.
struct Fates {
    private let lottery: Lottery
    /// How many have each fate, in the order in which ranks are given out.
    private let quotas: [(fate: Fate, count: Int)]

    /// - Parameter shares: thousandths of the records; every share gives at least one where there are enough.
    init(
        seed: UInt64, purpose: Dice.Purpose, count: Int, overduePercent: Double, shares: [(fate: Fate, perMille: Int)]
    ) {
        lottery = Lottery(seed: seed, purpose: purpose, count: count)
        let share = Int((Double(count) * overduePercent / 100).rounded())
        var quotas = [(fate: Fate.overdue, count: overduePercent > 0 ? min(max(share, 1), count) : 0)]
        for (fate, perMille) in shares {
            quotas.append((fate, max(count * perMille / 1000, count >= 20 ? 1 : 0)))
        }
        self.quotas = quotas
    }

    /// How many records are meant to be overdue.
    var overdue: Int { quotas[0].count }

    func fate(of index: Int) -> Fate {
        var rank = lottery.rank(of: index)
        for (fate, count) in quotas {
            if rank < count { return fate }
            rank -= count
        }
        return .young
    }
}
