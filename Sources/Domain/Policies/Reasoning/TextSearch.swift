/// Finds a shortest text that fits some automata and does not fit others, by walking through all at once.
struct TextSearch {
    let wanted: [TextAutomaton]
    let refused: [TextAutomaton]

    enum Result {
        case found(Letters)
        case none
        case tooCostly
    }

    /// More states than matches ever need, and few enough to be gone through in milliseconds.
    private static let mostStates = 4096

    private struct Step {
        let state: [TextAutomaton.State]
        let letter: Unicode.Scalar?
        let parent: Int
    }

    /// - Parameter isEmptyAllowed: whether the text without letters counts.
    func shortest(isEmptyAllowed: Bool) -> Result {
        let automata = wanted + refused
        let letters = representatives()
        var steps = [Step(state: automata.map(\.start), letter: nil, parent: -1)]
        var seen: Set<[TextAutomaton.State]> = [steps[0].state]
        if isEmptyAllowed, fits(steps[0].state) { return .found(Letters(scalars: [])) }
        var position = 0
        while position < steps.count {
            let state = steps[position].state
            for letter in letters {
                let next = zip(automata, state).map { $0.next($1, letter) }
                if fits(next) { return .found(text(steps, position, letter)) }
                guard !isHopeless(next), seen.insert(next).inserted else { continue }
                guard steps.count < Self.mostStates else { return .tooCostly }
                steps.append(Step(state: next, letter: letter, parent: position))
            }
            position += 1
        }
        return .none
    }

    private func fits(_ state: [TextAutomaton.State]) -> Bool {
        zip(wanted, state).allSatisfy { $0.accepts($1) }
            && zip(refused, state.dropFirst(wanted.count)).allSatisfy { !$0.accepts($1) }
    }

    private func isHopeless(_ state: [TextAutomaton.State]) -> Bool { zip(wanted, state).contains { $0.isDead($1) } }

    private func text(_ steps: [Step], _ last: Int, _ letter: Unicode.Scalar) -> Letters {
        var letters = [letter]
        var position = last
        while position >= 0, let letter = steps[position].letter {
            letters.append(letter)
            position = steps[position].parent
        }
        return Letters(scalars: letters.reversed())
    }

    /// The letters that some automaton tells from others, and one of each gap between them, letters of names first.
    private func representatives() -> [Unicode.Scalar] {
        let named = Set((wanted + refused).flatMap(\.letters)).sorted()
        var letters: [Unicode.Scalar] = []
        var low: UInt32 = 0
        for limit in named.map(\.value) + [0x11_0000] {
            if let letter = Self.letter(from: low, below: limit) { letters.append(letter) }
            low = limit + 1
        }
        let all = letters + named
        return all.filter(Self.isPlain) + all.filter { !Self.isPlain($0) }
    }

    private static func isPlain(_ letter: Unicode.Scalar) -> Bool { ("a"..."z").contains(letter) }

    private static func letter(from low: UInt32, below high: UInt32) -> Unicode.Scalar? {
        let preferred = [UInt32(97)...122, 48...57, 65...90, 33...126].lazy.compactMap { range -> UInt32? in
            let first = max(range.lowerBound, low)
            return first <= range.upperBound && first < high ? first : nil
        }.first
        if let preferred { return Unicode.Scalar(preferred) }
        guard low < high else { return nil }
        // Surrogates are no letters.
        if let letter = Unicode.Scalar(low) { return letter }
        return high > 0xE000 ? Unicode.Scalar(0xE000) : nil
    }
}
