/// A stretch of neighbouring threads and all that lives beside them, planned but not yet written.
///
/// What a record uses is settled before what is used, so that one pass is enough: threads, conversations and
/// responses, then vector stores, then files.
struct Block {
    let threadRange: Range<Int>
    let conversationBase: Int
    let assistants: Range<Int>

    var threads: [Dialogue] = []
    var conversations: [Dialogue] = []
    var responses: [ResponsePlan] = []
    var vectorStores: [VectorStorePlan] = []
    var files: [FilePlan] = []
    var assistant: AssistantPlan
    /// Which vector store holds which file, since when.
    var shelved: [(store: Int, file: Int, created: Int64)] = []

    let seed: UInt64
    let now: Int64

    init(_ number: Int, of plan: EstatePlan, destiny: Destiny) {
        let population = Population(threads: plan.threads)
        seed = plan.seed
        now = plan.now
        threadRange = population.threads(ofBlock: number)
        assistants = population.beside(threadRange, Population.assistants(beside:))
        conversationBase = population.beside(threadRange, Population.conversations(beside:)).lowerBound
        assistant = AssistantPlan(seed: seed, index: number, now: now)
        planThreads(number, destiny)
        planConversations(
            number, population.beside(threadRange, Population.conversations(beside:)), destiny.conversations)
        planResponses(population.beside(threadRange, Population.responses(beside:)), destiny.responses)
        planVectorStores(
            number, population.beside(threadRange, Population.vectorStores(beside:)), destiny.vectorStores)
        planFiles(population.beside(threadRange, Population.files(beside:)), destiny)
    }

    func dice(_ purpose: Dice.Purpose, _ index: Int) -> Dice { Dice(seed: seed, purpose: purpose, index: index) }
    func token(_ purpose: Dice.Purpose, _ index: Int) -> Token { Token(seed: seed, purpose: purpose, index: index) }

    private mutating func planThreads(_ number: Int, _ destiny: Destiny) {
        threads.reserveCapacity(threadRange.count)
        for index in threadRange {
            var dice = dice(.thread, index)
            var messages = 1
            while messages < 200 && dice.below(11) != 0 { messages += 1 }
            var thread = Dialogue(
                id: token(.thread, index), fate: destiny.threads.fate(of: index), parts: messages,
                pace: Calendar.day, neighbourhood: number, now: now, dice: &dice)
            thread.flaw = flaw(destiny.threadFlaws.flaw(of: index), of: thread)
            threads.append(thread)
        }
    }

    /// The flaw where the thread can have it: a run that began long enough ago to be stuck.
    private func flaw(_ flaw: Flaw?, of thread: Dialogue) -> Flaw? {
        guard flaw == .stuckRun || flaw == .unansweredRun else { return flaw }
        return thread.lastAnswer != nil && now - thread.lastActivity > 7200 ? flaw : nil
    }

    private mutating func planConversations(_ number: Int, _ range: Range<Int>, _ fates: Fates) {
        for index in range {
            var dice = dice(.conversation, index)
            var items = 1
            while items < 100 && dice.below(8) != 0 { items += 1 }
            conversations.append(
                Dialogue(
                    id: token(.conversation, index), fate: fates.fate(of: index), parts: items,
                    pace: Calendar.day / 2, neighbourhood: number, now: now, dice: &dice))
        }
    }
}

/// One assistant serves the threads of a block.
struct AssistantPlan {
    let id: Token
    let created: Int64
    var vectorStore: Int?
    var toolFiles: [Int] = []

    /// Young enough that `default-retention` allows it, whatever its runs.
    init(seed: UInt64, index: Int, now: Int64) {
        var dice = Dice(seed: seed, purpose: .assistant, index: index)
        id = Token(seed: seed, purpose: .assistant, index: index)
        created = now - dice.within(20 * Calendar.day..<350 * Calendar.day)
    }
}
