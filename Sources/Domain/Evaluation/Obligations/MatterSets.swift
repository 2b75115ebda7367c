/// Sets of matters, each stored once and named by a small number; 0 is the empty set.
struct MatterSets: Sendable {
    /// The sets by number: indices into the holds, in the order of their names.
    private(set) var sets: [[Int]] = [[]]
    private var numbers: [[Int]: UInt32] = [[]: 0]
    private var unions: [UInt64: UInt32] = [:]
    private let rank: [Int]

    /// No sets but the empty one, for holds with these names.
    init(holdNames: [String]) {
        var rank = [Int](repeating: 0, count: holdNames.count)
        for (place, hold) in holdNames.indices.sorted(by: { (holdNames[$0], $0) < (holdNames[$1], $1) }).enumerated() {
            rank[hold] = place
        }
        self.rank = rank
    }

    /// The number of a set of holds.
    mutating func number(of holds: some Sequence<Int>) -> UInt32 {
        let set = Set(holds).sorted { rank[$0] < rank[$1] }
        if let known = numbers[set] { return known }
        let number = UInt32(sets.count)
        sets.append(set)
        numbers[set] = number
        return number
    }

    /// The number of the union of two sets.
    mutating func union(_ left: UInt32, _ right: UInt32) -> UInt32 {
        if left == right || right == 0 { return left }
        if left == 0 { return right }
        let key = UInt64(min(left, right)) << 32 | UInt64(max(left, right))
        if let known = unions[key] { return known }
        let number = number(of: sets[Int(left)] + sets[Int(right)])
        unions[key] = number
        return number
    }
}
