/// What the committed access policies must find in a record: one flaw at most.
enum Flaw {
    /// A thread's last run says that it is in progress.
    case stuckRun
    /// A thread's last run is completed, and its answer is gone.
    case unansweredRun
    /// A thread without an owner.
    case ownerless
    /// A thread whose metadata names a person.
    case address
    /// A file whose processing failed.
    case failedFile
    /// A file that threads of two tenants use, where a second one can be found.
    case foreignFile
}

/// Which records of a kind get which flaw. A clean estate has none.
struct Flaws {
    private let lottery: Lottery
    private let flaws: [Flaw]
    /// How many records have each of the flaws.
    private let share: Int

    private static let perMille = 4

    init(_ plan: EstatePlan, _ purpose: Dice.Purpose, count: Int, _ flaws: [Flaw]) {
        // Another stream than that of fates, so that a flaw says nothing of an age.
        lottery = Lottery(seed: plan.seed ^ 0xF1A5, purpose: purpose, count: count)
        self.flaws = plan.overduePercent > 0 && count >= flaws.count ? flaws : []
        share = max(count * Flaws.perMille / 1000, 1)
    }

    func flaw(of index: Int) -> Flaw? {
        let rank = lottery.rank(of: index) / share
        return rank < flaws.count ? flaws[rank] : nil
    }
}
