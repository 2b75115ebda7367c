/// Deals every index of a kind a rank of its own, so that a share of them is exact and evenly spread.
struct Lottery {
    let count: Int
    private let multiplier: Int
    private let offset: Int

    init(seed: UInt64, purpose: Dice.Purpose, count: Int) {
        self.count = max(count, 1)
        var dice = Dice(seed: seed, purpose: .lottery, index: Int(purpose.rawValue))
        var multiplier = self.count / 2 + dice.below(self.count)
        while !Lottery.areCoprime(multiplier, self.count) { multiplier += 1 }
        self.multiplier = multiplier % self.count
        offset = dice.below(self.count)
    }

    /// A rank below `count`, different for each index below `count`.
    func rank(of index: Int) -> Int { (index * multiplier + offset) % count }

    private static func areCoprime(_ first: Int, _ second: Int) -> Bool {
        var (larger, smaller) = (first, second)
        while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
        return larger == 1
    }
}
