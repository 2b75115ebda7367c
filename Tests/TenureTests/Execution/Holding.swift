import Records
import TestSupport

/// One record of a small estate, as a test knows it.
struct Holding {
    let kind: Kind
    /// As reports spell it.
    let id: String
    /// As it travels: a file in a vector store has the file's id.
    let wireId: String
    /// The place in the list of what contains it; nil where it stands at the top.
    var container: Int?
    /// In seconds since 1970; nil for items, which have no times.
    var created: Int64?
    /// Of its own, where it has one: when it was completed, cancelled, last active.
    var activity: Int64?
    /// The places in the list of what it uses.
    var uses: [Int] = []
    /// Of a run: the place of its assistant.
    var assistant: Int?
    var role: String?
    var status: String?
    var metadata: [String: String] = [:]
}

/// A small estate of everything that OpenAI's API has, entangled as real ones are.
struct SmallHoldings {
    private(set) var list: [Holding] = []
    private var random: SplitMix64
    private let now: Int64

    static let day: Int64 = 86_400
    /// Ages in days. Periods are whole days, and all that happens does so twelve hours from any limit.
    private static let ages = [2, 10, 20, 40, 70, 100, 200, 400]

    /// - Parameter now: in seconds since 1970.
    init(seed: UInt64, now: Int64) {
        random = SplitMix64(seed: seed)
        self.now = now
        for _ in 0..<int(1...4) { add(.file, "file") }
        for _ in 0..<int(0...2) { addStore() }
        for _ in 0..<int(0...2) { addContainer() }
        if chance(50) { add(.assistant, "asst", uses: some(.vectorStore) + some(.file), describes: true) }
        for _ in 0..<int(0...3) { addThread() }
        for _ in 0..<int(0...2) { addConversation() }
        for _ in 0..<int(0...2) { addResponse(in: nil) }
        if chance(30) { add(.batch, "batch", uses: Array(some(.file).prefix(1)), status: "completed") }
        if chance(30) { add(.chatCompletion, "chatcmpl", describes: true) }
    }

    // MARK: Dice

    private mutating func int(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
    private mutating func chance(_ percent: Int) -> Bool { int(1...100) <= percent }

    private mutating func time(since: Int64? = nil) -> Int64 {
        let times = Self.ages.map { now - Int64($0) * Self.day - Self.day / 2 }.filter { $0 >= since ?? .min }
        return times.randomElement(using: &random) ?? since ?? now - Self.day / 2
    }

    /// Some of the records of a kind.
    private mutating func some(_ kind: Kind) -> [Int] { list.indices.filter { list[$0].kind == kind && chance(30) } }

    // MARK: Records

    @discardableResult
    private mutating func add(
        _ kind: Kind, _ prefix: String, in container: Int? = nil, uses: [Int] = [], describes: Bool = false,
        status: String? = nil
    ) -> Int {
        let id = "\(prefix)_\(list.count)"
        var record = Holding(kind: kind, id: id, wireId: id)
        record.container = container
        record.created = kind == .item ? nil : time(since: container.flatMap { list[$0].created })
        record.uses = uses
        record.status = status
        if describes {
            if chance(60) { record.metadata["product"] = chance(50) ? "support" : "sales" }
            if chance(60) { record.metadata["subject"] = chance(50) ? "s1" : "s2" }
        }
        list.append(record)
        return list.count - 1
    }

    private mutating func addStore() {
        let store = add(.vectorStore, "vs", describes: true)
        list[store].activity = time(since: list[store].created)
        for file in list.indices where list[file].kind == .file && chance(40) {
            var entry = Holding(
                kind: .vectorStoreFile, id: "\(list[store].id)/\(list[file].id)", wireId: list[file].id)
            entry.container = store
            entry.created = time(since: list[store].created)
            entry.uses = [file]
            entry.status = "completed"
            list.append(entry)
        }
    }

    private mutating func addContainer() {
        let container = add(.container, "cntr", status: "running")
        list[container].activity = time(since: list[container].created)
        for _ in 0..<int(0...2) {
            let id = "cfile_\(list.count)"
            var file = Holding(kind: .containerFile, id: "\(list[container].id)/\(id)", wireId: id)
            file.container = container
            file.created = time(since: list[container].created)
            list.append(file)
        }
    }

    private mutating func addThread() {
        let thread = add(.thread, "thread", uses: some(.vectorStore) + some(.file), describes: true)
        for _ in 0..<int(0...3) {
            let message = add(.message, "msg", in: thread, uses: some(.file), describes: true)
            list[message].role = chance(50) ? "user" : "assistant"
        }
        guard chance(40) else { return }
        // One that is queued would go on by itself when it is looked at.
        let isAtWork = chance(30)
        let run = add(.run, "run", in: thread, status: isAtWork ? "requires_action" : "completed")
        if !isAtWork { list[run].activity = time(since: list[run].created) }
        list[run].assistant = list.firstIndex { $0.kind == .assistant }
        if chance(60) { add(.runStep, "step", in: run, uses: some(.file), status: "completed") }
    }

    private mutating func addConversation() {
        let conversation = add(.conversation, "conv", describes: true)
        for _ in 0..<int(0...3) {
            let item = add(.item, "item", in: conversation, uses: some(.file), status: "completed")
            list[item].role = chance(50) ? "user" : "assistant"
        }
        for _ in 0..<int(0...2) { addResponse(in: conversation) }
    }

    private mutating func addResponse(in conversation: Int?) {
        let response = add(
            .response, "resp", in: conversation, uses: some(.vectorStore) + some(.container), describes: true,
            status: "completed")
        list[response].activity = chance(50) ? time(since: list[response].created) : nil
    }
}
