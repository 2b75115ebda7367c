/// Every change of a zone's offset, as a sorted table.
final class ZoneTransitions: Sendable {
    /// A Gregorian cycle: 146,097 days, which are whole weeks, so that any yearly rule repeats after it exactly.
    static let cycle: Int64 = 146_097 * secondsPerDay

    /// No zone is as far from UTC as two days, and none changes by as much.
    private static let slack = 2 * secondsPerDay

    /// Seconds since 1970 at which the offset changes, ascending.
    private let instants: [Int64]
    /// Offsets in seconds: the first before all changes, then one after each.
    private let offsets: [Int32]
    /// The table ends here, and what follows is a repetition of the cycle before it.
    private let end: Int64

    /// One offset for ever.
    init(fixedOffset: Int32) {
        instants = []
        offsets = [fixedOffset]
        end = .max
    }

    /// The table holds all changes before `end`; changes follow a yearly rule during the whole cycle before it.
    init(first: Int32, changes: [(instant: Int64, offset: Int32)], end: Int64) {
        instants = changes.map(\.instant)
        offsets = [first] + changes.map(\.offset)
        self.end = changes.isEmpty ? .max : end
    }

    /// Seconds that local time is ahead of UTC.
    func offset(at instant: Int64) -> Int32 {
        offsets[changes(until: instant - shift(of: instant))]
    }

    /// The instant at which clocks show the local second: the later of two, or the end of the gap that skips it.
    func instant(local: Int64) -> Int64 {
        guard !instants.isEmpty else { return local - Int64(offsets[0]) }
        let shift = shift(of: local)
        let wanted = local - shift
        var index = changes(until: wanted - ZoneTransitions.slack)
        var found = wanted - Int64(offsets[index])
        // Around a change, the later reading wins: the new offset's, or the change itself where the old clock had not
        // reached the wanted time and the new one is past it already.
        while index < instants.count, instants[index] <= wanted + ZoneTransitions.slack {
            let change = instants[index]
            index += 1
            let reading = wanted - Int64(offsets[index])
            if found >= change {
                found = max(change, reading)
            } else if reading >= change {
                found = reading
            }
        }
        return found + shift
    }

    /// How far to go back, in whole cycles, to land in the table with some slack.
    private func shift(of second: Int64) -> Int64 {
        guard second >= end - ZoneTransitions.slack else { return 0 }
        return ((second - end + ZoneTransitions.slack) / ZoneTransitions.cycle + 1) * ZoneTransitions.cycle
    }

    /// How many changes have happened at the instant.
    private func changes(until instant: Int64) -> Int {
        var low = 0
        var high = instants.count
        while low < high {
            let middle = (low + high) / 2
            if instants[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
