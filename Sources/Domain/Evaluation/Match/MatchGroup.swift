internal import Records

/// The documents that can speak of one kind in one source, and a table that decides which do, column by column.
///
/// A state of a level is the answers so far. Few combinations of values occur, so states and transitions are made when
/// they are first met, and then a row costs one look at each column.
struct MatchGroup: Sendable {
    /// Indices of the rules that can speak of the kind.
    let rules: [Int]
    private(set) var levels: [MatchLevel]
    /// The answers of the states that the last level leads to, by their number.
    private(set) var ends = MatchStates()

    /// A row of which a level does not know enough.
    struct Miss {
        let row: Int
        /// The class of its value, or nil where the condition was never asked about the value.
        let valueClass: Int?
    }

    init(rules: [Int], book: RuleBook) {
        self.rules = rules
        var byColumn: [MatchRule.ColumnCondition.Column: [(place: Int, codes: Set<StringTable.Code>)]] = [:]
        for (place, rule) in rules.enumerated() {
            for condition in book.rules[rule].columns {
                byColumn[condition.column, default: []].append((place, condition.codes))
            }
        }
        levels = byColumn.map { MatchLevel($0, $1, classes: book.classes, inventory: book.facts.inventory) }
        // Columns of which many values are named come last, for a state there costs as many transitions.
        levels.sort { $0.width < $1.width }
        for (place, rule) in rules.enumerated() {
            guard let column = book.rules[rule].conditionColumn else { continue }
            levels.append(MatchLevel(condition: place, column))
        }
        let start = [Outcome](repeating: .yes, count: rules.count)
        _ = levels.isEmpty ? ends.number(of: start) : levels[0].number(of: start)
    }

    /// Finds out what a level does not know.
    mutating func resolve(_ miss: Miss, level: Int, state: Int, book: RuleBook) {
        guard let valueClass = miss.valueClass else {
            if let place = levels[level].conditionPlace {
                levels[level].answer(book.rules[rules[place]].condition(miss.row), row: miss.row)
            }
            return
        }
        let answers = levels[level].answers(after: state, valueClass)
        let next = level + 1 < levels.count ? levels[level + 1].number(of: answers) : ends.number(of: answers)
        levels[level].learn(next, after: state, valueClass)
    }
}

/// Answers of all rules of a group, each combination once.
struct MatchStates: Sendable {
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
