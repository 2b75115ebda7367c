internal import Records

/// One column, and what its values do to the answers: either by the values that documents name, or by a condition that
/// reads no more and so has one answer for each value.
struct MatchLevel: Sendable {
    private static let otherClass = 0
    private static let undecidedClass = 1
    private static let unasked = UInt8.max

    private enum Effect: Sendable {
        /// For each rule that looks at the column: its place, and its answer by class of value.
        case values([(place: Int, answers: [Outcome])])
        /// The place of the rule whose condition it is.
        case condition(Int)
    }

    private let codes: [StringTable.Code]
    private let effect: Effect
    /// From the class of a value among all that documents name to the class among those that matter here.
    private let localClass: [UInt32]
    /// What a condition answers for each code, the undecided one first.
    private var answersByCode: [UInt8]
    /// By state: whether the rule of the condition is still in question.
    private var isInQuestion: [Bool] = []
    private var pool = MatchStates()
    /// The next state by state and class; negative where it was never met.
    private var table: [Int32] = []
    /// How many classes of values there are.
    let width: Int

    /// A column whose values documents name.
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
        answersByCode = []
        effect = .values(
            conditions.map { condition in
                (condition.place, [.no, .undecided] + named.map { condition.codes.contains($0) ? .yes : .no })
            })
    }

    /// A column that a condition reads.
    init(condition place: Int, _ column: ConditionColumn) {
        codes = column.codes
        localClass = []
        width = 3
        answersByCode = Array(repeating: Self.unasked, count: column.count + 1)
        effect = .condition(place)
    }

    /// The place of the rule whose condition it is; nil where documents name values.
    var conditionPlace: Int? {
        guard case .condition(let place) = effect else { return nil }
        return place
    }

    /// The number of a state, known or new.
    mutating func number(of state: [Outcome]) -> Int32 {
        let number = pool.number(of: state)
        let missing = pool.states.count * width - table.count
        if missing > 0 { table.append(contentsOf: repeatElement(-1, count: missing)) }
        if let conditionPlace, isInQuestion.count < pool.states.count {
            isInQuestion.append(state[conditionPlace] != .no)
        }
        return number
    }

    /// The answers that follow a state for a class of values.
    func answers(after state: Int, _ valueClass: Int) -> [Outcome] {
        var answers = pool.states[state]
        switch effect {
        case .values(let effects):
            for (place, byClass) in effects { answers[place] = .both(answers[place], byClass[valueClass]) }
        case .condition(let place):
            guard isInQuestion[state] else { break }
            answers[place] = .both(answers[place], Outcome(rawValue: UInt8(valueClass)) ?? .undecided)
        }
        return answers
    }

    /// Notes the state that follows.
    mutating func learn(_ next: Int32, after state: Int, _ valueClass: Int) {
        table[state * width + valueClass] = next
    }

    /// Notes what the condition answers for the value of a row.
    mutating func answer(_ outcome: Outcome, row: Int) {
        answersByCode[Self.place(codes[row])] = outcome.rawValue
    }

    @inline(__always)
    private static func place(_ code: StringTable.Code) -> Int {
        code == StringTable.undecided ? 0 : Int(code) + 1
    }

    /// Takes rows to their next state, up to the first of which too little is known.
    func advance(
        _ block: Range<Int>, _ rows: inout UnsafeMutableBufferPointer<UInt32>, _ classes: ValueClasses
    ) -> MatchGroup.Miss? {
        codes.withUnsafeBufferPointer { codes in
            table.withUnsafeBufferPointer { table in
                conditionPlace == nil
                    ? advanceByValues(block, &rows, codes, table, classes)
                    : advanceByCondition(block, &rows, codes, table)
            }
        }
    }

    private func advanceByValues(
        _ block: Range<Int>, _ rows: inout UnsafeMutableBufferPointer<UInt32>,
        _ codes: UnsafeBufferPointer<StringTable.Code>, _ table: UnsafeBufferPointer<Int32>, _ classes: ValueClasses
    ) -> MatchGroup.Miss? {
        classes.byCode.withUnsafeBufferPointer { byCode in
            localClass.withUnsafeBufferPointer { local in
                for row in block {
                    let code = codes[row]
                    let valueClass =
                        code == StringTable.undecided ? Self.undecidedClass : Int(local[Int(byCode[Int(code)])])
                    let next = table[Int(rows[row]) * width + valueClass]
                    if next < 0 { return MatchGroup.Miss(row: row, valueClass: valueClass) }
                    rows[row] = UInt32(truncatingIfNeeded: next)
                }
                return nil
            }
        }
    }

    private func advanceByCondition(
        _ block: Range<Int>, _ rows: inout UnsafeMutableBufferPointer<UInt32>,
        _ codes: UnsafeBufferPointer<StringTable.Code>, _ table: UnsafeBufferPointer<Int32>
    ) -> MatchGroup.Miss? {
        answersByCode.withUnsafeBufferPointer { answers in
            isInQuestion.withUnsafeBufferPointer { isInQuestion in
                for row in block {
                    let state = Int(rows[row])
                    var valueClass = Self.otherClass
                    if isInQuestion[state] {
                        let answer = answers[Self.place(codes[row])]
                        if answer == Self.unasked { return MatchGroup.Miss(row: row, valueClass: nil) }
                        valueClass = Int(answer)
                    }
                    let next = table[state * width + valueClass]
                    if next < 0 { return MatchGroup.Miss(row: row, valueClass: valueClass) }
                    rows[row] = UInt32(truncatingIfNeeded: next)
                }
                return nil
            }
        }
    }
}
