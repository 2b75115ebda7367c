/// Text to cut messages from: JSON-escaped once, so that writing a message copies bytes and nothing else.
struct Corpus {
    /// A stretch of the corpus that begins and ends between words.
    typealias Slice = Range<Int>

    let bytes: [UInt8]
    /// For every eighth byte, the first beginning of a word at or after it.
    private let beginnings: [UInt32]
    /// Text lengths, from 50 to 2,000 by equal ratios.
    private let lengths: [Int]

    private static let size = 1 << 20
    private static let reach = 2_200

    init() {
        var dice = Dice(seed: 7, purpose: .corpus, index: 0)
        let words = Vocabulary.words.map { Array($0.utf8) }
        let rare = Vocabulary.rare.map { Array($0.utf8) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Corpus.size + 64)
        var beginnings: [UInt32] = []
        beginnings.reserveCapacity(Corpus.size / 8 + 8)
        while bytes.count < Corpus.size {
            while beginnings.count * 8 <= bytes.count { beginnings.append(UInt32(bytes.count)) }
            switch dice.below(1000) {
            case ..<12: bytes += rare[dice.below(rare.count)]
            case ..<32: bytes += words[dice.below(words.count)] + Array(".\\n".utf8)
            case ..<50: bytes += Array("\\\"".utf8) + words[dice.below(words.count)] + Array("\\\"".utf8)
            case ..<60: bytes += Array(String(dice.below(100_000)).utf8)
            case ..<64: bytes += Array("C:\\\\".utf8) + words[dice.below(words.count)]
            default: bytes += words[dice.below(words.count)]
            }
            bytes.append(UInt8(ascii: " "))
        }
        self.bytes = bytes
        self.beginnings = beginnings
        lengths = Corpus.lengths(from: 50, steps: 255)
    }

    /// Any stretch of 50 to 2,000 bytes, each ratio as likely as another.
    func slice(_ dice: inout Dice) -> Slice {
        let draw = Int(truncatingIfNeeded: dice.next() >> 48)
        let step = draw >> 8
        let length = lengths[step] + (lengths[step + 1] - lengths[step]) * (draw & 0xFF) / 256
        return slice(&dice, length: length)
    }

    /// Any stretch of about this many bytes, at most 2,000.
    func slice(_ dice: inout Dice, length: Int) -> Slice {
        let first = dice.below((Corpus.size - Corpus.reach) / 8)
        let begin = Int(beginnings[first])
        let end = Int(beginnings[(begin + length) / 8])
        // The space before the next word stays behind.
        return begin..<max(begin, end - 1)
    }

    /// `steps` + 2 lengths that grow by the 256th root of 40, in whole numbers so that every machine agrees.
    private static func lengths(from first: Int, steps: Int) -> [Int] {
        var length = UInt64(first) << 24
        var lengths: [Int] = []
        for _ in 0...(steps + 1) {
            lengths.append(Int(length >> 24))
            length += length * 14_514 / 1_000_000
        }
        return lengths
    }
}
