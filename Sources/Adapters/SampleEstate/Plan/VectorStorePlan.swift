/// What a vector store is planned to be.
struct VectorStorePlan {
    let id: Token
    let created: Int64
    let lastActive: Int64
    let tenant: Int
    /// The instant before which it must exist, for the sake of what uses it.
    var kept = Int64.min
    /// Whether something that stays uses it.
    var isUsed = false
    /// How many threads use it.
    var threads = 0
    /// Whether the provider removes it a year after its last use.
    var expires = false
    var files: [Int] = []

    func state(asOf now: Int64) -> State {
        State.of(.vectorStores, clock: lastActive, kept: kept, asOf: now, inUse: isUsed)
    }

    func goes(asOf now: Int64) -> Bool { state(asOf: now).isDue }

    static let expiryDays: Int64 = 365
    var expiresAt: Int64 { lastActive + VectorStorePlan.expiryDays * Calendar.day }
}

extension Block {
    mutating func planVectorStores(_ number: Int, _ range: Range<Int>, _ fates: Fates) {
        for (place, index) in range.enumerated() {
            var dice = dice(.vectorStore, index)
            let fate = fates.fate(of: index)
            let users = storeUsers(fate, &dice)
            let isLent = fate == .busy && users.isEmpty && assistant.vectorStore == nil
            let unused = now - Block.storeAge(fate == .busy && !isLent ? .young : fate, &dice)
            let lastActive = users.map { threads[$0].lastActivity }.max() ?? unused
            var store = VectorStorePlan(
                id: token(.vectorStore, index), created: lastActive - dice.within(3600..<100 * Calendar.day),
                lastActive: lastActive,
                tenant: users.first.map { threads[$0].tenant } ?? Dialogue.tenant(in: number, &dice))
            for user in users {
                threads[user].vectorStore = place
                store.kept = max(store.kept, threads[user].kept)
                store.isUsed = store.isUsed || !threads[user].goes(asOf: now)
            }
            store.threads = users.count
            if isLent || (fate == .young && assistant.vectorStore == nil && dice.chance(percent: 25)) {
                assistant.vectorStore = place
                store.isUsed = true
            }
            if fate == .young, !responses.isEmpty, dice.chance(percent: 30) { search(place, &store, &dice) }
            store.expires = dice.chance(percent: 80) && max(store.kept, now) <= store.expiresAt
            vectorStores.append(store)
        }
    }

    /// Lets a response of the block use the store.
    private mutating func search(_ place: Int, _ store: inout VectorStorePlan, _ dice: inout Dice) {
        let user = dice.below(responses.count)
        guard responses[user].vectorStore == nil else { return }
        responses[user].vectorStore = place
        store.kept = max(store.kept, responses[user].kept)
        store.isUsed = store.isUsed || !responses[user].goes
    }

    /// Seconds since the last activity of a store that no thread uses.
    private static func storeAge(_ fate: Fate, _ dice: inout Dice) -> Int64 {
        let rule = Rule.vectorStores
        return switch fate {
        case .overdue: dice.low(rule.keep + rule.tolerance..<300 * Calendar.day)
        case .due: dice.within(rule.keep..<rule.keep + rule.tolerance)
        case .busy: dice.within(rule.keep..<300 * Calendar.day)
        default: dice.low(60..<rule.keep)
        }
    }

    /// The threads of the block, up to two and of one tenant, that use a store of this fate.
    private func storeUsers(_ fate: Fate, _ dice: inout Dice) -> [Int] {
        let wanted: (Dialogue) -> Bool
        let most: Int
        switch fate {
        case .due: return []
        case .overdue:
            // A thread that goes holds on to nothing.
            wanted = { $0.goes(asOf: now) }
            most = 1
        case .busy:
            wanted = {
                !$0.goes(asOf: now) && (Rule.vectorStores.keep..<Dialogue.oldestUser).contains(now - $0.lastActivity)
            }
            most = 1
        default:
            guard dice.chance(percent: 60) else { return [] }
            wanted = { now - $0.lastActivity < Rule.vectorStores.keep }
            most = 1 + dice.below(2)
        }
        let start = dice.below(threads.count)
        var users: [Int] = []
        for step in threads.indices where users.count < most {
            let place = (start + step) % threads.count
            let isAtHome = users.first.map { threads[$0].tenant == threads[place].tenant } ?? true
            if threads[place].vectorStore == nil && isAtHome && wanted(threads[place]) { users.append(place) }
        }
        return users
    }
}
