internal import Records

/// The documents that can speak of one kind in one source, and a table that decides which do, column by column.
///
/// A state of a level is the answers so far. Few combinations of values occur, so states and transitions are made when
/// they are first met, and then a row costs one look at each column.
struct MatchGroup: Sendable {
    /// Indices of the rules that can speak of the kind.
    let rules: [Int]
    private(set) var levels: [Level]
    /// The answers of the states that the last level leads to, by their number.
    private(set) var ends = StatePool()

    /// States of one level by number, each once.
    struct StatePool: Sendable {
        private(set) var states: [[Outcome]] = []
        private var numbers: [[Outcome]: Int32] = [:]

        mutating func number(of state: [Outcome]) -> Int32 {
            if let known = numbers[state] { return known }
            let number = Int32(states.count)
            states.append(state)
            numbers[state] = number
            return number
        }
    }

    /// One column, and what its values do to the answers.
    struct Level: Sendable {
        let codes: [StringTable.Code]
        /// From the class of a value among all that documents name to the class among those that matter here.
        let localClass: [UInt32]
        let width: Int
        /// For each rule of the group that looks at the column: its place, and its answer by local class.
        let effects: [(place: Int, answers: [Outcome])]
        var pool = StatePool()
        /// The next state by state and local class; negative where it was never met.
        var table: [Int32] = []

        static let otherClass = 0
        static let undecidedClass = 1
    }

    init(rules: [Int], book: RuleBook) {
        self.rules = rules
        var byColumn: [MatchRule.ColumnCondition.Column: [(place: Int, codes: Set<StringTable.Code>)]] = [:]
        for (place, rule) in rules.enumerated() {
            for condition in book.rules[rule].columns {
                byColumn[condition.column, default: []].append((place, condition.codes))
            }
        }
        levels = byColumn.map { Level($0, $1, classes: book.classes, inventory: book.facts.inventory) }
        // Columns of which many values are named come last, for a state there costs as many transitions.
        levels.sort { $0.width < $1.width }
        let start = [Outcome](repeating: .yes, count: rules.count)
        _ = levels.isEmpty ? ends.number(of: start) : number(of: start, atLevel: 0)
    }

    /// The state that follows, which was not met before.
    mutating func resolve(level: Int, state: Int, localClass: Int) -> Int32 {
        var answers = levels[level].pool.states[state]
        for effect in levels[level].effects {
            answers[effect.place] = .both(answers[effect.place], effect.answers[localClass])
        }
        let next = level + 1 < levels.count ? number(of: answers, atLevel: level + 1) : ends.number(of: answers)
        levels[level].table[state * levels[level].width + localClass] = next
        return next
    }

    private mutating func number(of state: [Outcome], atLevel level: Int) -> Int32 {
        let number = levels[level].pool.number(of: state)
        let needed = levels[level].pool.states.count * levels[level].width
        let missing = needed - levels[level].table.count
        if missing > 0 { levels[level].table.append(contentsOf: repeatElement(-1, count: missing)) }
        return number
    }
}

extension MatchGroup.Level {
    init(
        _ column: MatchRule.ColumnCondition.Column, _ conditions: [(place: Int, codes: Set<StringTable.Code>)],
        classes: ValueClasses, inventory: Inventory
    ) {
        codes = inventory.codes(column)
        var localClass = [UInt32](repeating: UInt32(Self.otherClass), count: classes.count)
        var named: [StringTable.Code] = []
        for code in conditions.reduce(into: Set<StringTable.Code>(), { $0.formUnion($1.codes) }).sorted() {
            localClass[Int(classes[code])] = UInt32(2 + named.count)
            named.append(code)
        }
        self.localClass = localClass
        width = named.count + 2
        effects = conditions.map { condition in
            (condition.place, [.no, .undecided] + named.map { condition.codes.contains($0) ? .yes : .no })
        }
    }
}

/// A number for every value that some document names, and 0 for all others.
struct ValueClasses: Sendable {
    let byCode: [UInt32]
    let count: Int

    init(_ named: Set<StringTable.Code>, in strings: StringTable) {
        var byCode = [UInt32](repeating: 0, count: strings.count)
        var next: UInt32 = 1
        for code in named.sorted() where Int(code) < byCode.count {
            byCode[Int(code)] = next
            next += 1
        }
        self.byCode = byCode
        count = Int(next)
    }

    subscript(code: StringTable.Code) -> UInt32 { Int(code) < byCode.count ? byCode[Int(code)] : 0 }
}
