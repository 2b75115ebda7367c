import Chronology
import Records
import Threads

@testable import Disposition

/// A service in memory that does what real ones do at their worst, when it is told to: it lies, loses answers, shows what
/// is gone, retires what it had, and changes what it has while it is being asked.
final class ModelService: DispositionService, @unchecked Sendable {
    // Proof of Sendable: everything below is used under `monitor`.

    /// What it has.
    struct Record: Hashable {
        var container: String?
        var created: String?
        var lastActivity: String?
        var status: String?
        /// What its last activity was when the plan itself did something with it.
        var before: String?

        /// When somebody else was active in it last, as far as anybody could see.
        var othersActivity: String? { isOwn ? before : lastActivity }

        private var isOwn: Bool { lastActivity == cancelledAt || lastActivity == detachedAt }

        /// The plan itself does something with it, of which it looked like this before.
        mutating func touch(at instant: String, shown: Record?) {
            (before, lastActivity) = (shown?.othersActivity, instant)
        }
    }

    /// What becomes of one call.
    enum Trouble: String, CaseIterable {
        /// It is done, and the answer says so.
        case none
        /// It is done, and the answer does not arrive.
        case lostAfter
        /// It is not done, and the answer does not arrive.
        case lostBefore
        /// `deleted: false`, and it is not done.
        case denied
        /// The answer says that it is done, and it is not.
        case lie
        /// It is done, and shown as if it were not, to one look.
        case stale
        /// It is done, and one look says nothing.
        case unreadable
        /// It is too busy.
        case unavailable
        /// It never does this.
        case rejected
        /// 403.
        case refused
    }

    struct Key: Hashable, Comparable {
        let kind: Kind
        let id: String
        static func < (left: Key, right: Key) -> Bool {
            left.kind == right.kind ? left.id < right.id : left.kind < right.kind
        }
    }

    struct Call: Hashable {
        let verb: PlannedAction.Verb
        let key: Key
        /// Whether the record was there.
        let wasThere: Bool
    }

    /// When it ends work that it is told to end.
    static let cancelledAt = "2026-11-20T01:00:01Z"

    /// When a file is taken out of a store, which is an activity of the store.
    static let detachedAt = "2026-11-20T01:00:02Z"

    struct State {
        var records: [Key: Record] = [:]
        /// What becomes of the next calls; none where there is nothing left.
        var troubles: [Trouble] = []
        /// The calls that change something, in order.
        var calls: [Call] = []
        /// How often anything was looked at.
        var looks = 0
        /// Records that the next look at them shows as they were.
        var stale: [Key: Record] = [:]
        var unreadable: Set<Key> = []
        var retired: KindSet = []
        var isRefused = false
        var isSilent = false
        var isDown = false
        /// Whether a container takes along what it contains.
        var cascades = true
        /// What the next searches find; what is there where nothing is left.
        var searches: [SearchSighting] = []
        /// How many searches were made, the first one of each file included.
        var searched = 0
        /// How often a further search is waited for.
        var patience = 2
        var account: String? = "acct"
        var skew: Int? = 0
    }

    private let monitor = Monitor()
    private var state: State
    private var beforeCall: [Int: (inout State) -> Void] = [:]
    private var beforeLook: [Int: (inout State) -> Void] = [:]

    init(_ state: State = State()) { self.state = state }

    var now: State { monitor.locked { state } }

    func change(_ body: (inout State) -> Void) { monitor.locked { body(&state) } }

    /// Has something happen right before the call of this number is taken, counted from 0.
    func before(call number: Int, _ body: @escaping (inout State) -> Void) {
        monitor.locked { beforeCall[number] = body }
    }

    /// Has something happen right before the look of this number, counted from 0.
    func before(look number: Int, _ body: @escaping (inout State) -> Void) {
        monitor.locked { beforeLook[number] = body }
    }

    /// Nothing that was to happen happens any more.
    func forgetEvents() { monitor.locked { (beforeCall, beforeLook) = ([:], [:]) } }

    func examine(_ kinds: [Kind]) async -> ServiceStanding {
        monitor.locked {
            let surfaces = kinds.map { kind -> (Kind, ServiceStanding.Surface) in
                if state.isDown { return (kind, .unreadable("no answer: connection refused")) }
                return (kind, state.isRefused ? .refused("answered 401") : state.retired.has(kind) ? .retired : .alive)
            }
            return ServiceStanding(
                account: state.account, clock: state.skew.map { Instant(seconds: 1_795_132_800 + Int64($0)) },
                skew: state.skew, surfaces: Dictionary(uniqueKeysWithValues: surfaces))
        }
    }

    func isSilent() async -> Bool { monitor.locked { state.isSilent } }

    func learnWords(of target: DispositionTarget) async -> SearchSighting { await search(for: target) }

    func search(for target: DispositionTarget) async -> SearchSighting {
        monitor.locked {
            let store = Key(kind: .vectorStore, id: target.container ?? "")
            state.searched += 1
            // A search is an activity of the store, a second after whatever was done there before.
            let last = max(state.records[store]?.lastActivity ?? "", Self.detachedAt)
            if let last = try? Instant(rfc3339: last) {
                state.records[store]?.lastActivity = Instant(seconds: last.seconds + 1).rfc3339
            }
            guard state.searches.isEmpty else { return state.searches.removeFirst() }
            return state.records[Key(kind: target.kind, id: target.id)] == nil ? .notFound : .found
        }
    }

    func pause(after searches: Int) async -> Bool { searches <= now.patience }

    func look(at target: DispositionTarget) async -> Sighting { monitor.locked { see(target) } }

    func readBack(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> Sighting {
        monitor.locked { see(target) }
    }

    func call(_ verb: PlannedAction.Verb, on target: DispositionTarget) async -> CallAnswer {
        monitor.locked {
            // What happens between the look and the call, and is hidden by what the call itself makes, nobody can see.
            let shown = state.records
            beforeCall[state.calls.count]?(&state)
            let key = Key(kind: target.kind, id: target.id)
            state.calls.append(Call(verb: verb, key: key, wasThere: state.records[key] != nil))
            if state.isRefused { return .refused("answered 401") }
            let trouble = state.troubles.isEmpty ? .none : state.troubles.removeFirst()
            switch trouble {
            case .lostBefore: return .lost("the connection was closed")
            case .unavailable: return .unavailable("answered 429")
            case .rejected: return .rejected("answered 400")
            case .refused:
                state.isRefused = true
                return .refused("answered 403")
            case .none, .lostAfter, .denied, .lie, .stale, .unreadable: break
            }
            guard let record = state.records[key], !state.retired.has(target.kind) else { return .absent }
            switch trouble {
            case .denied: return .denied
            case .lie: return .accepted
            case .stale: state.stale[key] = record
            case .unreadable: state.unreadable.insert(key)
            default: break
            }
            apply(verb, key, shown)
            return trouble == .lostAfter ? .lost("the connection was closed") : .accepted
        }
    }

    private func see(_ target: DispositionTarget) -> Sighting {
        beforeLook[state.looks]?(&state)
        state.looks += 1
        let key = Key(kind: target.kind, id: target.id)
        if state.isRefused { return .refused("answered 401") }
        if state.retired.has(target.kind) { return .retired }
        if state.unreadable.remove(key) != nil { return .unreadable("the answers contradict each other") }
        if let record = state.stale.removeValue(forKey: key) { return .present(facts(key, record)) }
        guard let record = state.records[key] else { return .absent }
        return .present(facts(key, record))
    }

    /// A thread's newest activity is that of its messages and runs; of a file nobody says when it was used, and of items
    /// nobody says when they were made.
    private func facts(_ key: Key, _ record: Record) -> CurrentFacts {
        func instant(_ text: String?) -> Instant? { text.flatMap { try? Instant(rfc3339: $0) } }
        var times = [record.lastActivity, record.created].compactMap(instant)
        if key.kind == .thread {
            times += state.records.filter { $0.key.kind == .message || $0.key.kind == .run }
                .filter { $0.value.container == key.id }
                .flatMap { [$0.value.lastActivity, $0.value.created] }.compactMap(instant)
        }
        var facts = CurrentFacts(
            created: instant(record.created), lastActivity: key.kind == .file ? nil : times.max(),
            status: record.status)
        if key.kind == .conversation {
            facts.parts = Set(
                state.records.filter { $0.key.kind == .item && $0.value.container == key.id }.map(\.key.id))
        }
        return facts
    }

    private func apply(_ verb: PlannedAction.Verb, _ key: Key, _ shown: [Key: Record]) {
        guard verb != .cancel else {
            state.records[key]?.status = "cancelled"
            state.records[key]?.touch(at: Self.cancelledAt, shown: shown[key])
            return
        }
        let container = state.records[key]?.container
        state.records[key] = nil
        if verb == .detach, let container {
            let store = Key(kind: .vectorStore, id: container)
            let searched = state.searched > 0 ? state.records[store]?.lastActivity : nil
            state.records[store]?.touch(at: max(Self.detachedAt, searched ?? ""), shown: shown[store])
        }
        guard state.cascades, key.kind != .conversation else { return }
        for (other, record) in state.records
        where record.container == key.id && other.kind.containers.has(key.kind) { apply(.delete, other, shown) }
    }
}
