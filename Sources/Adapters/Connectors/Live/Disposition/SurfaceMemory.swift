internal import Chronology
internal import Disposition
internal import ProviderFacts
internal import Records
internal import Threads

/// What an execution has seen of a service so far.
final class SurfaceMemory: @unchecked Sendable {
    // Proof of Sendable: all that changes is used under `lock`.
    private let lock = Monitor()
    private var seen: [Family: Duration] = [:]
    private var fresh: Set<Family> = []
    /// Known ids that prove nothing any more, and those that were not there since the family was seen last.
    private var spent: [Kind: Set<String>] = [:]
    private var suspect: [Family: [(kind: Kind, id: String)]] = [:]
    private var created: [DispositionTarget: Moment] = [:]
    private var accepted: Set<DispositionTarget> = []
    private var unanswered = 0
    /// What the record in hand says, some words of it.
    private var learned: (target: DispositionTarget, words: SearchWords)?

    /// Of how many records something is kept: those that are in hand.
    private static let mostRecords = 1024

    /// So many requests in a row without an answer, each asked again as often as it may be, are no mishap of one record.
    private static let silence = 3

    /// Notes whether the service answered a request, or had no answer but that it cannot now.
    func note(isAnswered: Bool) { lock.locked { unanswered = isAnswered ? 0 : unanswered + 1 } }

    /// Whether the service answers nothing any more.
    var isSilent: Bool { lock.locked { unanswered >= Self.silence } }

    /// Notes that something of a family answered.
    func saw(_ family: Family, at now: Duration) {
        lock.locked {
            seen[family] = now
            fresh.insert(family)
            // The family is there, and they are not.
            for (kind, id) in suspect.removeValue(forKey: family) ?? [] { spent[kind, default: []].insert(id) }
        }
    }

    /// Notes that something of a family was not there.
    func missed(_ family: Family) { lock.locked { _ = fresh.remove(family) } }

    /// Whether something of a family answered since something was not there.
    func isAlive(_ family: Family) -> Bool { lock.locked { fresh.contains(family) } }

    /// Whether something of a family answered not long ago.
    func wasAlive(_ family: Family, at now: Duration) -> Bool {
        lock.locked { seen[family].map { now - $0 <= Self.notLongAgo } ?? false }
    }

    /// The time from one record to the next, waits for a busy service included.
    private static let notLongAgo = Duration.seconds(300)

    /// Notes that a known id proves nothing any more: its record is being deleted.
    func spend(_ id: String, of kind: Kind) { lock.locked { _ = spent[kind, default: []].insert(id) } }

    /// Notes that a known id was not there.
    func suspect(_ id: String, of kind: Kind, in family: Family) {
        lock.locked { suspect[family, default: []].append((kind, id)) }
    }

    /// Whether a known id may still prove something.
    func mayProve(_ id: String, of kind: Kind) -> Bool { lock.locked { spent[kind]?.contains(id) != true } }

    /// Notes when a record was made.
    func note(_ target: DispositionTarget, created moment: Moment) {
        lock.locked {
            if created.count >= Self.mostRecords { created.removeAll() }
            created[target] = moment
        }
    }

    /// When a record was made that was looked at before.
    func created(_ target: DispositionTarget) -> Moment? { lock.locked { created[target] } }

    /// Notes whether the service says that it did what was called on a record.
    func note(_ target: DispositionTarget, isAccepted: Bool) {
        lock.locked {
            if accepted.count >= Self.mostRecords { accepted.removeAll() }
            if isAccepted { accepted.insert(target) } else { accepted.remove(target) }
        }
    }

    /// Whether the service said that it did what was called on a record.
    func isAccepted(_ target: DispositionTarget) -> Bool { lock.locked { accepted.contains(target) } }

    /// Keeps words of the record in hand.
    func keep(_ words: SearchWords, of target: DispositionTarget) { lock.locked { learned = (target, words) } }

    /// Forgets what is kept of the record that was in hand.
    func forgetWords() { lock.locked { learned = nil } }

    /// The words that are kept of a record, while it is the one in hand.
    func words(of target: DispositionTarget) -> SearchWords? {
        lock.locked { learned?.target == target ? learned?.words : nil }
    }
}
