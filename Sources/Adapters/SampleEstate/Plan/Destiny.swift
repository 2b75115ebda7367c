/// The fates of every kind of an estate.
struct Destiny {
    let threads: Fates
    let conversations: Fates
    let responses: Fates
    let files: Fates
    let vectorStores: Fates
    let threadFlaws: Flaws
    let fileFlaws: Flaws

    init(_ plan: EstatePlan) {
        func fates(
            _ purpose: Dice.Purpose, _ count: (Int) -> Int, _ shares: [(fate: Fate, perMille: Int)]
        ) -> Fates {
            Fates(
                seed: plan.seed, purpose: purpose, count: count(plan.threads), overduePercent: plan.overduePercent,
                shares: shares)
        }
        // What is past its limit is undecided once a file is torn, and a clean estate must then be incomplete and no
        // worse: so it has neither due nor excepted records.
        func due(_ perMille: Int) -> [(fate: Fate, perMille: Int)] {
            plan.overduePercent > 0 ? [(.due, perMille)] : []
        }
        let pilots = plan.overduePercent > 0 && plan.now < Rule.pilotEnds ? [(fate: Fate.excepted, perMille: 3)] : []
        let dialogues: [(fate: Fate, perMille: Int)] = due(5) + pilots + [(.obliged, 7)]
        threads = fates(.thread, { $0 }, dialogues)
        conversations = fates(.conversation, Population.conversations(beside:), dialogues)
        responses = fates(.response, Population.responses(beside:), due(5))
        threadFlaws = Flaws(
            plan, .thread, count: plan.threads, [.stuckRun, .unansweredRun, .ownerless, .address])
        // Few files are such that a second tenant can be found for them, so more are tried.
        fileFlaws = Flaws(
            plan, .file, count: Population.files(beside: plan.threads),
            [.failedFile, .foreignFile, .foreignFile, .foreignFile])
        files = fates(.file, Population.files(beside:), due(5) + [(.busy, 50)])
        vectorStores = fates(.vectorStore, Population.vectorStores(beside:), due(10) + [(.busy, 30)])
    }
}
