/// A deterministic automaton over letters. States are words of bits, made as they are met.
enum TextAutomaton {
    case pattern(TextPattern)
    /// The texts of a set.
    case words(Trie)
    /// The texts before a limit, or up to it.
    case before(Letters, orEqual: Bool)
    /// Names of documents: letters and digits, and `.`, `_` and `-` after the first.
    case name
    case nonEmpty

    typealias State = [UInt64]

    var start: State {
        switch self {
        case .pattern(let pattern):
            var state = State(repeating: 0, count: pattern.elements.count / 64 + 1)
            Self.enter(0, pattern, &state)
            return state
        case .words, .before, .name, .nonEmpty: return [0]
        }
    }

    func next(_ state: State, _ letter: Unicode.Scalar) -> State {
        switch self {
        case .pattern(let pattern): return Self.step(state, pattern, letter)
        case .words(let trie):
            return [state[0] == Self.dead ? Self.dead : trie.child(of: state[0], letter) ?? Self.dead]
        case .before(let limit, _): return Self.compare(state, limit, letter)
        case .name:
            let isAllowed = Self.isNameLetter(letter) || state[0] == 1 && ".-_".unicodeScalars.contains(letter)
            return [state[0] != Self.dead && isAllowed ? 1 : Self.dead]
        case .nonEmpty: return [1]
        }
    }

    func accepts(_ state: State) -> Bool {
        switch self {
        case .pattern(let pattern):
            let end = pattern.elements.count
            return state[end / 64] & (1 << UInt64(end % 64)) != 0
        case .words(let trie): return state[0] != Self.dead && trie.isWord(state[0])
        case .before(let limit, let orEqual):
            if state[0] == Self.less { return true }
            guard state[0] != Self.greater else { return false }
            return Int(state[0]) < limit.scalars.count || orEqual
        case .name, .nonEmpty: return state[0] == 1
        }
    }

    /// Whether no further letter can lead to a text that fits.
    func isDead(_ state: State) -> Bool {
        switch self {
        case .pattern: state.allSatisfy { $0 == 0 }
        case .words, .name: state[0] == Self.dead
        case .before: state[0] == Self.greater
        case .nonEmpty: false
        }
    }

    func accepts(_ text: Letters) -> Bool { accepts(text.scalars.reduce(start, next)) }

    /// The letters that it tells from others.
    var letters: [Unicode.Scalar] {
        switch self {
        case .pattern(let pattern): pattern.letters
        case .words(let trie): trie.letters
        case .before(let limit, _): limit.scalars
        case .name: Array("-._09AZaz".unicodeScalars)
        case .nonEmpty: []
        }
    }

    private static let dead = UInt64.max
    private static let less = UInt64.max - 1
    private static let greater = UInt64.max - 2

    private static func isNameLetter(_ letter: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(letter) || ("A"..."Z").contains(letter) || ("0"..."9").contains(letter)
    }

    /// The state is how much of the limit was met so far, or that the comparison is settled.
    private static func compare(_ state: State, _ limit: Letters, _ letter: Unicode.Scalar) -> State {
        guard state[0] != less, state[0] != greater else { return state }
        let position = Int(state[0])
        guard position < limit.scalars.count else { return [greater] }
        if letter == limit.scalars[position] { return [state[0] + 1] }
        return [letter < limit.scalars[position] ? less : greater]
    }

    private static func step(_ state: State, _ pattern: TextPattern, _ letter: Unicode.Scalar) -> State {
        var next = State(repeating: 0, count: state.count)
        for (position, element) in pattern.elements.enumerated()
        where state[position / 64] & (1 << UInt64(position % 64)) != 0 {
            switch element {
            case .run: enter(position, pattern, &next)
            case .one: enter(position + 1, pattern, &next)
            case .letter(let wanted): if wanted == letter { enter(position + 1, pattern, &next) }
            }
        }
        return next
    }

    /// Stands before an element, and, for a run may be empty, before what follows it.
    private static func enter(_ position: Int, _ pattern: TextPattern, _ state: inout State) {
        var position = position
        while true {
            state[position / 64] |= 1 << UInt64(position % 64)
            guard position < pattern.elements.count, pattern.elements[position] == .run else { return }
            position += 1
        }
    }
}

/// A set of texts as a tree of letters.
struct Trie {
    private var children: [[Unicode.Scalar: UInt64]] = [[:]]
    private var words: Set<UInt64> = []

    init(_ texts: some Sequence<Letters>) {
        for text in texts {
            var node: UInt64 = 0
            for letter in text.scalars {
                if let known = children[Int(node)][letter] {
                    node = known
                } else {
                    children[Int(node)][letter] = UInt64(children.count)
                    node = UInt64(children.count)
                    children.append([:])
                }
            }
            words.insert(node)
        }
    }

    func child(of node: UInt64, _ letter: Unicode.Scalar) -> UInt64? { children[Int(node)][letter] }

    func isWord(_ node: UInt64) -> Bool { words.contains(node) }

    var letters: [Unicode.Scalar] { children.flatMap(\.keys) }
}
