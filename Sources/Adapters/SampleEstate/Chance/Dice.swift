/// A stream of random numbers that depends on nothing but the seed, what it is for and an index.
///
/// - Source: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
struct Dice {
    /// What a stream of numbers, or of ids, is for: two purposes never share a stream.
    enum Purpose: UInt64 {
        case assistant = 1
        case thread, message, run, step
        case file, vectorStore
        case conversation, item, response, call, output
        case corpus, lottery
        case input
    }

    private var state: UInt64

    init(seed: UInt64, purpose: Purpose, index: Int) {
        state = Dice.mix(Dice.key(seed: seed, purpose: purpose) &+ UInt64(bitPattern: Int64(index)))
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Dice.mix(state)
    }

    /// A number from 0 up to `bound`, which is positive.
    mutating func below(_ bound: Int) -> Int {
        Int(truncatingIfNeeded: next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of the range, which is not empty.
    mutating func within(_ range: Range<Int64>) -> Int64 {
        range.lowerBound + Int64(below(Int(range.upperBound - range.lowerBound)))
    }

    mutating func chance(percent: Int) -> Bool { below(100) < percent }

    /// A number of the range, the low ones more often: the square of an even chance.
    mutating func low(_ range: Range<Int64>) -> Int64 {
        let part = next() >> 40
        let square = (part * part) >> 24
        let width = UInt64(range.upperBound - range.lowerBound)
        return range.lowerBound + Int64((square &* width) >> 24)
    }

    static func key(seed: UInt64, purpose: Purpose) -> UInt64 {
        mix(seed ^ mix(purpose.rawValue &* 0xD1B5_4A32_D192_ED03))
    }

    /// A one-to-one scramble of 64 bits.
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
