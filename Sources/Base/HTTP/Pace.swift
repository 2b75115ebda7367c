internal import Threads

/// When the next request of a source may go, by what its answers said.
///
/// Requests go as they come until the source refuses one as too much. Then they stand in line, first come first, until it
/// takes requests again, and go one by one: at a distance that doubles with each time that it refuses, and shrinks with
/// each answer until nothing is left of it.
final class Pace: @unchecked Sendable {
    /// One request's place, and what was so when it last went.
    struct Turn {
        /// Which sending of the session it is; 0 before the first.
        fileprivate(set) var number: UInt64 = 0
        /// Where it stands in line whenever it must; 0 as long as it never had to.
        fileprivate var place: UInt64 = 0
        fileprivate var round: UInt64 = 0
        fileprivate var refusals = 0
    }

    // Proof of Sendable: all variables are used under `lock`.
    private let lock = Monitor()
    /// From when the first in line may go.
    private var opening = Duration.zero
    /// Until when the source refused; what it refuses much later has nothing to do with that.
    private var refusedUntil = Duration.zero
    private var distance = Duration.zero
    /// The places of those who wait, the lowest first.
    private var line: [UInt64] = []
    private var lastPlace: UInt64 = 0
    private var lastNumber: UInt64 = 0
    /// Which wait for the source it is. What was sent before it began tells nothing new when it is refused.
    private var round: UInt64 = 0
    /// How many such waits there were since the source last answered anything else.
    private var refusals = 0

    private static let shortestDistance = Duration.milliseconds(50)
    private static let longestDistance = Duration.seconds(1)
    /// Below this distance there is none.
    private static let least = Duration.milliseconds(1)
    /// What an answer leaves of the distance.
    private static let left = 0.96
    /// Who waits longer looks whether the line moves faster by now.
    private static let longestNap = Duration.seconds(1)
    /// - Source: OpenAI's guide to rate limits: they are counted a minute (RPM).
    private static let window = Duration.seconds(60)

    /// How long to wait before the request asks again for its turn; nil where it goes now.
    func wait(_ turn: inout Turn, now: Duration) -> Duration? {
        lock.locked {
            if refusals > 0, turn.number == 0, turn.place == 0, now > refusedUntil + Self.window { refusals = 0 }
            guard distance > .zero || opening > now else {
                if turn.place > 0 { line.removeAll { $0 == turn.place } }
                go(&turn)
                return nil
            }
            let ahead = standInLine(&turn)
            let start = opening + distance * ahead
            guard start <= now else { return min(start - now, max(.zero, opening - now) + Self.longestNap) }
            line.remove(at: ahead)
            opening = now + distance
            go(&turn)
            return nil
        }
    }

    /// Leaves the line, in which nobody waits for it any more.
    func leave(_ turn: Turn) { lock.locked { line.removeAll { $0 == turn.place } } }

    /// Takes note of what an answer says of those to come.
    func learn(from response: HTTPResponse, now: Duration) {
        let wait = response.exhaustedFor
        lock.locked {
            if response.status != 429 { letThrough() }
            if let wait { opening = max(opening, now + min(wait, .seconds(120))) }
        }
    }

    private func letThrough() {
        refusals = 0
        guard distance > .zero else { return }
        distance = distance * Self.left
        if distance < Self.least { distance = .zero }
    }

    /// How often in a row the source refused all that was sent, before it refused this.
    func refusals(before turn: Turn) -> Int { lock.locked { min(refusals, turn.refusals) } }

    /// Has all wait, because the source refused one.
    func hold(_ turn: Turn, until instant: Duration) {
        lock.locked {
            opening = max(opening, instant)
            refusedUntil = max(refusedUntil, instant)
            guard turn.round == round else { return }
            round += 1
            // The distance made no difference where nothing else was answered either.
            if refusals == 0 { distance = min(max(distance * 2, Self.shortestDistance), Self.longestDistance) }
            refusals += 1
        }
    }

    private func go(_ turn: inout Turn) {
        lastNumber += 1
        turn.number = lastNumber
        (turn.round, turn.refusals) = (round, refusals)
    }

    /// How many stand before it.
    private func standInLine(_ turn: inout Turn) -> Int {
        if turn.place == 0 {
            lastPlace += 1
            turn.place = lastPlace
        }
        let place = turn.place
        let ahead = line.firstIndex { $0 >= place } ?? line.count
        if ahead == line.count || line[ahead] != place { line.insert(place, at: ahead) }
        return ahead
    }
}
