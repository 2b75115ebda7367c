import TestSupport

/// A JSON tree that knows what it says, to judge a reader by.
indirect enum Tree {
    case word(String)
    case text(String)
    case array([Tree])
    case object([(key: String, value: Tree)])

    /// Compact JSON, in which a few letters of keys are escaped where `escapes` says so.
    func json(escapes: Bool = false) -> String {
        switch self {
        case .word(let word): word
        case .text(let text): "\"\(text)\""
        case .array(let elements): "[" + elements.map { $0.json(escapes: escapes) }.joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { Self.json($0.key, escapes) + ":" + $0.value.json(escapes: escapes) }
                .joined(separator: ",") + "}"
        }
    }

    private static func json(_ key: String, _ escapes: Bool) -> String {
        "\"\(escapes ? key.replacing("a", with: "\\u0061") : key)\""
    }

    /// The keys of every object, one list an object.
    var keys: [[String]] {
        switch self {
        case .word, .text: []
        case .array(let elements): elements.flatMap(\.keys)
        case .object(let members): [members.map(\.key)] + members.flatMap(\.value.keys)
        }
    }

    /// The values of an object's members under a key.
    func values(_ key: String) -> [Tree] {
        guard case .object(let members) = self else { return [] }
        return members.filter { $0.key == key }.map(\.value)
    }
}

extension Tree {
    /// Keys of all lengths up to 40, many of which differ in one letter only.
    static let vocabulary: [String] = {
        var keys = Array(repeating: ["id", "file_id", "a", "ca"], count: 15).flatMap(\.self) + ["", "é", "日本"]
        for length in 1...40 {
            for (letter, place) in [("a", 0), ("b", 0), ("a", length / 2), ("b", length - 1)] {
                let before = String(repeating: "c", count: place)
                keys.append(before + letter + String(repeating: "c", count: length - 1 - place))
            }
        }
        return keys
    }()

    /// Some tree, at most so deep.
    static func random(_ depth: Int, _ random: inout SplitMix64) -> Tree {
        switch Int.random(in: 0..<(depth > 0 ? 10 : 5), using: &random) {
        case 0..<5: return scalar(&random)
        case 5, 6:
            return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in Tree.random(depth - 1, &random) })
        default: return object(depth, &random)
        }
    }

    static func object(_ depth: Int, _ random: inout SplitMix64) -> Tree {
        .object(
            (0..<Int.random(in: 0...6, using: &random)).map { _ in
                (vocabulary.randomElement(using: &random) ?? "", Tree.random(depth - 1, &random))
            })
    }

    /// A tree of the same shape, or mostly so, with other values.
    func varied(_ random: inout SplitMix64) -> Tree {
        switch self {
        case .word, .text: return Self.scalar(&random)
        case .array(let elements): return .array(elements.map { $0.varied(&random) })
        case .object(let members):
            var members = members.map { ($0.key, $0.value.varied(&random)) }
            if members.count > 1, Int.random(in: 0..<8, using: &random) == 0 {
                members[members.count - 1].0 = members[0].0
            } else if let place = members.indices.randomElement(using: &random),
                Int.random(in: 0..<20, using: &random) == 0
            {
                let length = members[place].0.count
                members[place].0 = Self.vocabulary.filter { $0.count == length }.randomElement(using: &random) ?? ""
            }
            return .object(members)
        }
    }

    private static func scalar(_ random: inout SplitMix64) -> Tree {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: .word("null")
        case 1: .word("true")
        case 2: .word("false")
        case 3: .word("18446744073709551615")
        case 4: .word("0.5")
        case 5: .text("file_id")
        case 6: .text(String(repeating: "x", count: Int.random(in: 0...70, using: &random)))
        case 7, 8: .text(String(Int.random(in: 0...Int.max, using: &random)))
        default: .word(String(Int.random(in: Int.min...Int.max, using: &random)))
        }
    }
}
