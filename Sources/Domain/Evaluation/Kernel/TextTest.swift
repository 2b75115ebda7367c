/// A comparison of a record's text with a constant one, byte by byte as the language compares.
struct TextTest {
    enum Relation: String {
        case equal = "_==_"
        case notEqual = "_!=_"
        case contains, startsWith, endsWith
    }

    let relation: Relation
    let text: [UInt8]

    /// Longer texts are asked of the general evaluator, which counts what they cost.
    static let longest = 1000

    /// What comparing costs at most.
    var cost: Int { (Self.longest / 10 + 1) * (text.count / 10 + 1) }

    /// What it says of a text.
    func mark(_ bytes: Span<UInt8>) -> UInt8 {
        bytes.count > Self.longest ? Mark.ask : Mark.truth(holds(bytes))
    }

    private func holds(_ bytes: Span<UInt8>) -> Bool {
        switch relation {
        case .equal: bytes.count == text.count && isAt(0, bytes)
        case .notEqual: bytes.count != text.count || !isAt(0, bytes)
        case .startsWith: isAt(0, bytes)
        case .endsWith: bytes.count >= text.count && isAt(bytes.count - text.count, bytes)
        case .contains: occurs(bytes)
        }
    }

    private func occurs(_ bytes: Span<UInt8>) -> Bool {
        var start = 0
        while start + text.count <= bytes.count {
            if isAt(start, bytes) { return true }
            start += 1
        }
        return false
    }

    private func isAt(_ start: Int, _ bytes: Span<UInt8>) -> Bool {
        guard start + text.count <= bytes.count else { return false }
        var index = 0
        while index < text.count {
            if bytes[start + index] != text[index] { return false }
            index += 1
        }
        return true
    }
}
