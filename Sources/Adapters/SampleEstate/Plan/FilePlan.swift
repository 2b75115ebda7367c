/// What a file is planned to be.
struct FilePlan {
    let id: Token
    let created: Int64
    let size: Int
    /// The instant before which it must exist, for the sake of what uses it.
    private(set) var kept = Int64.min
    /// Whether something that stays uses it.
    private(set) var isUsed = false
    /// Its own creation, or the latest activity of what uses it.
    private(set) var lastActivity: Int64
    /// How many threads use it.
    private(set) var threads = 0
    /// Whose records use it.
    private(set) var tenants: Set<Int> = []
    /// What an access policy must find in it.
    var flaw: Flaw?
    /// Whether the provider removes it thirty days after its creation.
    var expires = false

    init(id: Token, created: Int64, size: Int) {
        self.id = id
        self.created = created
        self.size = size
        lastActivity = created
    }

    var expiresAt: Int64 { created + 30 * Calendar.day }

    func state(_ rule: Rule, asOf now: Int64) -> State {
        State.of(
            rule, clock: rule == .filesAbandoned ? created : lastActivity, kept: kept, asOf: now, inUse: isUsed)
    }

    /// Something uses the file: it must outlive `kept`, and stays while the user does.
    mutating func serve(kept: Int64, stays: Bool, lastActivity: Int64, tenant: Int?, isThread: Bool = false) {
        self.kept = max(self.kept, kept)
        self.lastActivity = max(self.lastActivity, lastActivity)
        isUsed = isUsed || stays
        threads += isThread ? 1 : 0
        if let tenant { tenants.insert(tenant) }
    }
}

extension Block {
    static let mostAttachments = 3

    mutating func planFiles(_ range: Range<Int>, _ destiny: Destiny) {
        for (place, index) in range.enumerated() {
            var dice = dice(.file, index)
            let fate = destiny.files.fate(of: index)
            let user = fileUser(fate, &dice)
            let created = fileCreated(fate, user, &dice)
            var file = FilePlan(id: token(.file, index), created: created, size: 64 << dice.below(18))
            file.flaw = destiny.fileFlaws.flaw(of: index)
            attach(place, &file, to: user)
            if case .thread(let first) = user, fate == .young || fate == .busy,
                dice.chance(percent: 40) || file.flaw == .foreignFile
            {
                share(place, &file, with: threads[first].tenant, &dice)
            }
            if fate == .young, file.created + 30 * Calendar.day > max(now, file.kept) {
                file.expires = dice.chance(percent: 25)
            }
            files.append(file)
        }
    }

    /// What uses a file.
    private enum FileUser {
        case nothing
        case thread(Int)
        case interpreter(Int)
        case conversation(Int)
        case response(Int)
        case vectorStore(Int)
        case assistant
    }

    private func fileUser(_ fate: Fate, _ dice: inout Dice) -> FileUser {
        switch fate {
        case .due: .nothing
        case .overdue: goingUser(&dice)
        case .busy: stayingUser(&dice, youngest: 0, oldest: Dialogue.oldestUser) ?? .assistant
        default:
            dice.chance(percent: 20)
                ? .nothing : stayingUser(&dice, youngest: 0, oldest: Rule.filesAbandoned.keep) ?? .nothing
        }
    }

    /// Something that goes and so holds on to nothing, or nothing at all.
    private func goingUser(_ dice: inout Dice) -> FileUser {
        let start = dice.below(threads.count)
        for step in threads.indices.prefix(8) {
            let place = (start + step) % threads.count
            if threads[place].goes(asOf: now), threads[place].attachments.count < Block.mostAttachments {
                return .thread(place)
            }
        }
        if let store = vectorStores.firstIndex(where: { $0.goes(asOf: now) && $0.files.count < 2 }),
            dice.chance(percent: 50)
        {
            return .vectorStore(store)
        }
        return .nothing
    }

    /// Something that stays and was last active within these ages.
    private func stayingUser(_ dice: inout Dice, youngest: Int64, oldest: Int64) -> FileUser? {
        let kind = dice.below(100)
        if kind < 10, let store = vectorStores.firstIndex(where: { !$0.goes(asOf: now) && $0.files.count < 3 }) {
            return .vectorStore(store)
        }
        if kind < 14 { return .assistant }
        if kind < 24, !conversations.isEmpty {
            let place = dice.below(conversations.count)
            let conversation = conversations[place]
            if !conversation.goes(asOf: now), conversation.attachments.isEmpty { return .conversation(place) }
        }
        if kind < 40, !responses.isEmpty {
            let place = dice.below(responses.count)
            let response = responses[place]
            if !response.goes, response.attachments.isEmpty, now - response.created < oldest { return .response(place) }
        }
        let start = dice.below(threads.count)
        for step in threads.indices {
            let place = (start + step) % threads.count
            let thread = threads[place]
            guard !thread.goes(asOf: now), now - thread.timeline.lastQuestion < oldest else { continue }
            if kind < 46, thread.toolFile == nil { return .interpreter(place) }
            if thread.attachments.count < Block.mostAttachments { return .thread(place) }
        }
        return nil
    }

    /// A time of creation that the fate needs, before the file was first used.
    private func fileCreated(_ fate: Fate, _ user: FileUser, _ dice: inout Dice) -> Int64 {
        let rule = Rule.filesAbandoned
        let limit = rule.keep + rule.tolerance
        let use =
            switch user {
            case .thread(let place), .interpreter(let place): threads[place].timeline.lastQuestion
            case .response(let place): responses[place].created
            case .vectorStore(let place): fate == .overdue ? vectorStores[place].lastActive : now - 60
            default: now - 60
            }
        switch fate {
        case .overdue:
            guard case .nothing = user else { return min(use, now - limit) - dice.low(60..<90 * Calendar.day) }
            return now - dice.low(limit..<600 * Calendar.day)
        case .due: return now - dice.within(rule.keep..<limit)
        case .busy: return min(use, now - rule.keep) - dice.low(60..<90 * Calendar.day)
        default:
            // After the day on which an abandoned file would go, and before the use.
            let earliest = now - rule.keep + 1
            return earliest >= use ? use : use - dice.low(0..<use - earliest)
        }
    }

    private mutating func attach(_ place: Int, _ file: inout FilePlan, to user: FileUser) {
        switch user {
        case .nothing: break
        case .thread(let thread): attach(place, &file, toThread: thread)
        case .interpreter(let thread):
            threads[thread].toolFile = place
            let user = threads[thread]
            file.serve(
                kept: user.kept, stays: !user.goes(asOf: now), lastActivity: user.lastActivity,
                tenant: user.tenant, isThread: true)
        case .conversation(let conversation):
            conversations[conversation].attachments.append(place)
            let user = conversations[conversation]
            // An item has no times: that of the file is its creation at least.
            file.serve(
                kept: user.kept, stays: !user.goes(asOf: now), lastActivity: file.created, tenant: user.tenant)
        case .response(let response):
            responses[response].attachments.append(place)
            let user = responses[response]
            file.serve(
                kept: user.kept, stays: !user.goes, lastActivity: user.completed,
                tenant: user.conversation.map { conversations[$0].tenant })
        case .vectorStore(let store):
            vectorStores[store].files.append(place)
            shelved.append((store, place, max(file.created, min(vectorStores[store].lastActive, now - 30))))
            let user = vectorStores[store]
            file.serve(
                kept: user.kept, stays: !user.goes(asOf: now), lastActivity: user.lastActive, tenant: user.tenant)
        case .assistant:
            assistant.toolFiles.append(place)
            file.serve(kept: Int64.min, stays: true, lastActivity: assistant.created, tenant: nil)
        }
    }

    private mutating func attach(_ place: Int, _ file: inout FilePlan, toThread thread: Int) {
        threads[thread].attachments.append(place)
        let user = threads[thread]
        file.serve(
            kept: user.kept, stays: !user.goes(asOf: now), lastActivity: user.timeline.lastQuestion,
            tenant: user.tenant, isThread: true)
    }

    /// Attaches the file to one or two more threads of its tenant, or of another where that is its flaw, if any came
    /// after it.
    private mutating func share(_ place: Int, _ file: inout FilePlan, with tenant: Int, _ dice: inout Dice) {
        var wanted = 1 + dice.below(2)
        let start = dice.below(threads.count)
        for step in threads.indices where wanted > 0 {
            let other = (start + step) % threads.count
            let thread = threads[other]
            guard (thread.tenant == tenant) == (file.flaw != .foreignFile),
                thread.attachments.count < Block.mostAttachments, !thread.attachments.contains(place),
                thread.timeline.lastQuestion >= file.created,
                now - thread.timeline.lastQuestion < Dialogue.oldestUser
            else { continue }
            attach(place, &file, toThread: other)
            wanted -= 1
        }
    }
}

extension Dialogue {
    var timeline: Timeline { Timeline(created: created, lastActivity: lastActivity, count: parts) }
}
