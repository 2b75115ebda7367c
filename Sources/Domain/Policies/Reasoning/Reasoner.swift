import Chronology

/// Decides whether a record exists of which formulas hold, exactly, or says that it cannot.
///
/// It goes through the ways in which the formulas can hold, part by part, and gives up a way as soon as its parts
/// contradict each other. Every way that is left has a record; none left means that there is no record.
struct Reasoner {
    /// The answer, with a record where there is one.
    enum Answer {
        case yes(Witness)
        case no
        /// What stands in the way: parts that are not looked into, or none where it would take too long.
        case cannotSay([String])
    }

    /// How many statements one question may try.
    ///
    /// A question about two matches tries a few dozen; this many take some milliseconds.
    static let mostSteps = 4000

    /// Instants that witnesses prefer, so that they read well.
    private let preferences: [(Quantity, Int128)]

    /// - Parameter asOf: the instant at which witnesses are looked at, unless what they show needs another.
    init(asOf: Instant) {
        let now = Int128(Moment(asOf).microseconds)
        let month: Int128 = 30 * 86_400_000_000
        preferences = [
            (.now, now), (.created, now - month), (.lastActivity, now - month), (.lastModified, now - month),
            (.expires, now + month), (.bytes, 0), (.tokens, 0),
        ]
    }

    /// Whether some record meets all formulas.
    ///
    /// - Parameter preferred: values that the witness should have, where they are possible.
    func satisfy(_ formulas: [Formula], preferring preferred: [(Quantity, Int128)] = []) -> Answer {
        var search = Search(preferences: preferred + preferences)
        var all = formulas
        if formulas.contains(where: { $0.mentions(.lastActivity) }) { all.append(Self.activityOfUndated) }
        search.run(Cube(), pending: all, choices: [])
        return search.answer
    }

    /// A record without a time of creation has no certain last activity, unless that is not before the as-of instant.
    ///
    /// - Source: the design, section 5, Clocks: last activity is never before created, which then reaches to as-of.
    private static let activityOfUndated = Formula.any([
        .fails(.isPresent(.lastActivity)), .holds(.isPresent(.created)),
        .holds(.bound(Bound(.now, .lastActivity, atMost: 0))),
    ])
}

/// One run through the ways in which formulas can hold.
private struct Search {
    let preferences: [(Quantity, Int128)]
    private var steps = 0
    private var isCutShort = false
    private var unread: Set<String> = []
    private var witness: Witness?

    init(preferences: [(Quantity, Int128)]) { self.preferences = preferences }

    var answer: Reasoner.Answer {
        if let witness { return .yes(witness) }
        return isCutShort || !unread.isEmpty ? .cannotSay(unread.sorted()) : .no
    }

    /// Adds statements to a cube, and goes on with what the cube's record does not meet yet, until one meets all.
    mutating func run(_ cube: Cube, pending: [Formula], choices: [[Formula]]) {
        var cube = cube
        var pending = pending
        var choices = choices
        while let formula = pending.popLast() {
            switch formula {
            case .truth: continue
            case .falsehood: return
            case .all(let parts): pending += parts
            case .any(let parts): choices.append(parts)
            case .holds(let atom): if !add(atom, true, to: &cube) { return }
            case .fails(let atom): if !add(atom, false, to: &cube) { return }
            }
        }
        let record = cube.witness(preferences)
        let unmet = choices.indices.filter { place in !choices[place].contains { cube.meets($0, record) } }
        guard let next = narrowest(unmet, choices, cube) else {
            if unmet.isEmpty { finish(cube, record) }
            return
        }
        choices.remove(at: next.place)
        for part in next.parts {
            run(cube, pending: [part], choices: choices)
            if witness != nil || isCutShort { return }
        }
    }

    private mutating func finish(_ cube: Cube, _ record: Witness) {
        if cube.isSure { witness = record } else { unread.formUnion(cube.unreadParts) }
    }

    /// The choice with the fewest parts that the cube leaves open; nil where there is none, or one without any.
    private mutating func narrowest(
        _ places: [Int], _ choices: [[Formula]], _ cube: Cube
    ) -> (place: Int, parts: [Formula])? {
        var narrowest: (place: Int, parts: [Formula])?
        for place in places {
            var open: [Formula] = []
            for part in choices[place] where isOpen(part, cube) { open.append(part) }
            if open.isEmpty || isCutShort { return nil }
            if open.count < narrowest?.parts.count ?? .max { narrowest = (place, open) }
            if open.count == 1 { break }
        }
        return narrowest
    }

    private mutating func isOpen(_ part: Formula, _ cube: Cube) -> Bool {
        var trial = cube
        switch part {
        case .holds(let atom): return add(atom, true, to: &trial)
        case .fails(let atom): return add(atom, false, to: &trial)
        case .truth, .all, .any: return true
        case .falsehood: return false
        }
    }

    private mutating func add(_ atom: Atom, _ holds: Bool, to cube: inout Cube) -> Bool {
        steps += 1
        guard steps <= Reasoner.mostSteps else {
            isCutShort = true
            return false
        }
        switch cube.add(atom, holds: holds) {
        case .possible: return true
        case .impossible: return false
        case .tooCostly:
            isCutShort = true
            return false
        }
    }
}
