/// What a scan counts of a record and its parts, so that they can be counted again without being read.
///
/// It names documents by their places among those of the scan: it means nothing under other documents. It holds no id,
/// no metadata and no time.
public struct SettledTally: Sendable, Hashable {
    /// How many records there are of each kind.
    public var kinds: [Kind: Int] = [:]
    /// What retention policies make of them, by the policy's place.
    public var policies: [Int: Pairs] = [:]
    /// The places of the holds that speak of one of them, or may.
    public var holds: Set<Int> = []
    /// The places of the exceptions that speak of one of them, or may.
    public var exceptions: Set<Int> = []
    /// Of how many no policy with an `atMost` speaks.
    public var uncovered = 0

    /// The pairs of one policy. None but these two states count for nothing that a report lists.
    public struct Pairs: Sendable, Hashable {
        /// How many records the policy matches.
        public var matched = 0
        /// How many it keeps.
        public var kept = 0
        /// Of how many its limit is not reached.
        public var allowed = 0

        /// None.
        public init() {}
    }

    /// Nothing counted.
    public init() {}

    /// Adds another tally, so many times.
    public mutating func add(_ other: SettledTally, times: Int = 1) {
        for (kind, count) in other.kinds { kinds[kind, default: 0] += count * times }
        for (policy, pairs) in other.policies {
            policies[policy, default: Pairs()].matched += pairs.matched * times
            policies[policy, default: Pairs()].kept += pairs.kept * times
            policies[policy, default: Pairs()].allowed += pairs.allowed * times
        }
        holds.formUnion(other.holds)
        exceptions.formUnion(other.exceptions)
        uncovered += other.uncovered * times
    }
}

/// A tally as a line of text: `message=4 thread=1 p0=5/1/4 h2 x0 u=0`, its words sorted.
extension SettledTally: LosslessStringConvertible {
    /// The line. Equal tallies have equal lines.
    public var description: String {
        var words = kinds.filter { $0.value > 0 }.sorted { $0.key.name < $1.key.name }.map {
            "\($0.key.name)=\($0.value)"
        }
        words += policies.sorted { $0.key < $1.key }.map {
            "p\($0.key)=\($0.value.matched)/\($0.value.kept)/\($0.value.allowed)"
        }
        words += holds.sorted().map { "h\($0)" } + exceptions.sorted().map { "x\($0)" }
        if uncovered > 0 { words.append("u=\(uncovered)") }
        return words.joined(separator: " ")
    }

    /// The tally of a line; nil where it is none.
    public init?(_ line: String) {
        for word in line.split(separator: " ") {
            let parts = word.split(separator: "=", maxSplits: 1)
            guard let name = parts.first, take(name, parts.dropFirst().first) else { return nil }
        }
    }

    private mutating func take(_ name: Substring, _ value: Substring?) -> Bool {
        guard let value else { return take(place: name) }
        let numbers = value.split(separator: "/", omittingEmptySubsequences: false).map { Self.count($0) }
        guard let first = numbers.first, let count = first else { return false }
        if name == "u", numbers.count == 1 {
            uncovered = count
        } else if let kind = Kind(named: name), numbers.count == 1 {
            kinds[kind] = count
        } else if name.first == "p", let place = Self.count(name.dropFirst()), numbers.count == 3,
            let kept = numbers[1], let allowed = numbers[2]
        {
            var pairs = Pairs()
            (pairs.matched, pairs.kept, pairs.allowed) = (count, kept, allowed)
            policies[place] = pairs
        } else {
            return false
        }
        return true
    }

    private mutating func take(place word: Substring) -> Bool {
        guard let place = Self.count(word.dropFirst()) else { return false }
        switch word.first {
        case "h": holds.insert(place)
        case "x": exceptions.insert(place)
        default: return false
        }
        return true
    }

    /// Digits alone, and not so many that sums overflow.
    private static func count(_ text: Substring) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int32(text).map(Int.init)
    }
}
