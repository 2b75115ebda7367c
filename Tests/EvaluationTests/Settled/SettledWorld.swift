import Chronology
import Records
import RuleSupport
import TestSupport

/// Threads and what they use, in which things happen as days go by: nothing but activity, as with a service.
struct SettledWorld {
    private(set) var estate = Estate()
    private var random: SplitMix64
    private var threads: [String] = []
    private var files: [(id: String, at: Int64)] = []
    private var stores: [String] = []
    private var assistants: [String] = []
    private var number = 0
    /// How likely it is that something uses a file, in percent.
    private let uses: Int

    static let day: Int64 = 86_400
    /// How far a service's clock may be behind: what it made just before a scan may have come after it.
    static let skew: Int64 = 300

    init(seed: UInt64, asOf: Int64) {
        random = SplitMix64(seed: seed)
        uses = random.pick([0, 30, 70])
        let expiring = random.pick([0, 0, 40])
        estate.emptySources = ["live"]
        for _ in 0..<2 { assistants.append(add(.assistant, ago(5...300, asOf))) }
        for _ in 0..<3 {
            let at = ago(1...160, asOf)
            let expires = random.chance(expiring) ? at + Int64.random(in: 30...200, using: &random) * Self.day : nil
            files.append((add(.file, at, expires: expires), at))
        }
        for _ in 0..<2 {
            let at = ago(20...90, asOf)
            stores.append(add(.vectorStore, at, active: .random(in: at...asOf, using: &random)))
            if random.chance(50), let file = files.first { shelve(file.id, in: stores.last ?? "", at) }
        }
        for _ in 0..<Int.random(in: 2...6, using: &random) { addThread(in: ago(1...150, asOf)...asOf, asOf) }
    }

    /// Time goes by. What happens then, a service whose clock is behind may stamp before the first instant.
    ///
    /// - Returns: the threads that were there and in which something happened.
    mutating func live(from: Int64, until: Int64) -> Set<String> {
        let span = from - (random.chance(20) ? Self.skew : 0) + 1...until
        var touched: Set<String> = []
        for thread in threads where random.chance(15) {
            // As early as it can be, now and then.
            act(in: thread, random.chance(30) ? span.lowerBound...span.lowerBound : span)
            touched.insert(thread)
        }
        if random.chance(40) { addThread(in: span, until) }
        for index in estate.items.indices where estate.items[index].kind == .vectorStore && random.chance(30) {
            estate.items[index].activity = Self.point(.random(in: span, using: &random))
        }
        return touched
    }

    private mutating func ago(_ days: ClosedRange<Int64>, _ asOf: Int64) -> Int64 {
        asOf - Int64.random(in: days, using: &random) * Self.day
    }

    private static func point(_ at: Int64) -> RecordBatch.Reading { .microseconds(at * 1_000_000) }

    private mutating func add(
        _ kind: Kind, _ at: Int64, active: Int64? = nil, expires: Int64? = nil, in container: String? = nil,
        role: Role = .user, _ metadata: [String: String] = [:], uses: [(Kind, String)] = [],
        cites: [(Kind, String)] = []
    ) -> String {
        number += 1
        let id = "\(kind.name)_\(number)"
        estate.add(
            kind, id, reading: Self.point(at), activityReading: active.map(Self.point), in: container, role: role,
            metadata, uses: uses, cites: cites, source: "live")
        estate.items[estate.items.count - 1].expires = expires.map(Self.point)
        return id
    }

    private mutating func shelve(_ file: String, in store: String, _ at: Int64) {
        estate.add(
            .vectorStoreFile, "\(store)/\(file)", reading: Self.point(at), in: store, uses: [(.file, file)],
            source: "live")
    }

    private mutating func addThread(in span: ClosedRange<Int64>, _ asOf: Int64) {
        let at = Int64.random(in: span, using: &random)
        var used: [(Kind, String)] = []
        if random.chance(uses / 2) { used.append((.vectorStore, random.pick(stores))) }
        if random.chance(uses / 3) { used.append((.file, random.pick(files).id)) }
        let thread = add(.thread, at, ["product": random.pick(["support", "sales"])], uses: used)
        threads.append(thread)
        for _ in 0..<Int.random(in: 0...3, using: &random) { act(in: thread, at...max(at, asOf)) }
    }

    /// Something happens in a thread.
    private mutating func act(in thread: String, _ span: ClosedRange<Int64>) {
        let at = Int64.random(in: span, using: &random)
        let known = files.filter { $0.at <= at }.map(\.id)
        let file = random.chance(uses) && !known.isEmpty ? random.pick(known) : nil
        if random.chance(30) {
            let run = add(.run, at, active: at, in: thread, cites: [(.assistant, random.pick(assistants))])
            if random.chance(60) {
                _ = add(.runStep, at, active: at, in: run, uses: file.map { [(.file, $0)] } ?? [])
            }
        } else {
            let role = random.pick([Role.user, .assistant])
            _ = add(.message, at, in: thread, role: role, uses: file.map { [(.file, $0)] } ?? [])
        }
    }
}
