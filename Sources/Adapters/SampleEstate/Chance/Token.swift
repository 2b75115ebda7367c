/// The 24 letters and digits after the prefix of an id.
///
/// Ids of one purpose are different for different indexes, by construction: the first 64 bits are a one-to-one
/// scramble of the index, and each ten bits become a pair of characters of their own.
struct Token: Equatable {
    private(set) var words: (UInt64, UInt64, UInt64)

    init(seed: UInt64, purpose: Dice.Purpose, index: Int) {
        let key = Dice.key(seed: seed, purpose: purpose)
        let first = Dice.mix(key &+ UInt64(bitPattern: Int64(index)) &* 0x9E37_79B9_7F4A_7C15)
        let second = Dice.mix(first ^ key)
        words = (
            Token.four(first),
            Token.two(first >> 40) | Token.pair((first >> 60) | (second & 0x3F) << 4) << 32
                | Token.pair(second >> 6) << 48,
            Token.four(second >> 16)
        )
    }

    var text: String {
        withUnsafeBytes(of: words) { String(decoding: $0, as: UTF8.self) }
    }

    static func == (left: Token, right: Token) -> Bool { left.words == right.words }

    private static func four(_ bits: UInt64) -> UInt64 { two(bits) | two(bits >> 20) << 32 }
    private static func two(_ bits: UInt64) -> UInt64 { pair(bits) | pair(bits >> 10) << 16 }
    private static func pair(_ bits: UInt64) -> UInt64 { UInt64(pairs[Int(bits & 1023)]) }

    /// 1,024 different pairs of letters and digits.
    private static let pairs: [UInt16] = {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let all = alphabet.count * alphabet.count
        // 1,999 shares no factor with 62 squared, so the walk meets no pair twice.
        return (0..<1024).map { step in
            let place = step * 1999 % all
            return UInt16(alphabet[place % alphabet.count]) << 8 | UInt16(alphabet[place / alphabet.count])
        }
    }()
}
