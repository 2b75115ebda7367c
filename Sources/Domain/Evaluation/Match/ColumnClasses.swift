internal import Records

/// The values of one column in classes: all values of a class mean the same to every document that looks at the column.
///
/// The class of a value is found when a row with it is met. There are few classes, however many values are named.
struct ColumnClasses: Sendable {
    static let unknown = UInt32.max

    /// What tells columns of one group apart.
    struct Key: Hashable {
        let column: MatchColumn
        /// Whether values are asked for only where the documents that look at them are still in question.
        let isQuestioned: Bool
    }

    let key: Key
    private let codes: MatchColumn.Codes
    private let named: [Set<StringTable.Code>]
    private let parts: [(rule: MatchRule, part: ConditionPart)]
    /// The class by the place of a value, as far as values were met.
    private var classes: [UInt32]
    private var numbers: [[UInt32]: UInt32] = [:]
    /// How many bits the number of a class takes.
    private(set) var bits: Int

    init(
        _ key: Key, _ codes: MatchColumn.Codes, named: [Set<StringTable.Code>],
        parts: [(rule: MatchRule, part: ConditionPart)]
    ) {
        self.key = key
        self.codes = codes
        self.named = named
        self.parts = parts
        classes = Array(repeating: Self.unknown, count: min(codes.count, Self.usualCount))
        // Class 0 stands for what nobody asks about.
        bits = key.isQuestioned ? 1 : 0
    }

    /// Columns of few values mostly have them among the first strings that were met.
    private static let usualCount = 4096

    /// Whether a document that looks at the column still depends on it, for a row of which all named values are known.
    func isInQuestion(_ row: Int) -> Bool { parts.contains { $0.rule.named(row) != .no } }

    /// Finds the class of a row's value; true where the number of a class takes more bits than before.
    mutating func learn(_ row: Int) -> Bool {
        let place = codes.place(row)
        var answers: [UInt32] = []
        if case .codes(let codes, _) = codes {
            for values in named {
                let outcome = MatchRule.ColumnCondition.outcome(codes[row], in: values)
                answers.append(UInt32(outcome.rawValue))
            }
        }
        for (rule, part) in parts {
            let (outcome, isCheap) = rule.answer(part, row)
            answers.append(UInt32(outcome.rawValue))
            // An expensive value is a class of its own, for with it the whole may cost too much.
            if !isCheap { answers.append(UInt32(place)) }
        }
        let number = numbers[answers] ?? UInt32(numbers.count + (key.isQuestioned ? 1 : 0))
        numbers[answers] = number
        if place >= classes.count {
            let wanted = min(codes.count, max(place + 1, classes.count * 2))
            classes.append(contentsOf: repeatElement(Self.unknown, count: wanted - classes.count))
        }
        classes[place] = number
        let needed = UInt32.bitWidth - number.leadingZeroBitCount
        defer { bits = max(bits, needed) }
        return needed > bits
    }

    /// Adds the classes of a block of rows, from one of it on, at their place in packed numbers, up to the first row
    /// of which the class is unknown.
    ///
    /// - Parameter inQuestion: for questioned columns, which states of rows leave a document in question.
    func add(
        _ block: Range<Int>, from first: Int, shift: UInt32, to packed: UnsafeMutableBufferPointer<UInt32>,
        states: UnsafeMutableBufferPointer<UInt32>, inQuestion: [Bool]
    ) -> Int? {
        let from = first - block.lowerBound
        let start = block.lowerBound
        let isQuestioned = key.isQuestioned
        let asked = { (index: Int) -> UInt32? in isQuestioned && !inQuestion[Int(states[index])] ? 0 : nil }
        let missed = classes.withUnsafeBufferPointer { classes in
            switch codes {
            case .codes(let codes, _):
                codes.withUnsafeBufferPointer { codes in
                    let codes = UnsafeBufferPointer(rebasing: codes[block])
                    return Self.add(from, shift, packed, classes, place: { Int(codes[$0] &+ 1) }, unknown: asked)
                }
            case .roles(let roles, let facts):
                roles.withUnsafeBufferPointer { roles in
                    facts.withUnsafeBufferPointer { facts in
                        Self.add(
                            from, shift, packed, classes,
                            place: { MatchColumn.place(roles[start + $0], facts[start + $0]) }, unknown: asked)
                    }
                }
            case .created: Self.add(from, shift, packed, classes, place: { codes.place(start + $0) }, unknown: asked)
            }
        }
        return missed.map { $0 + start }
    }

    @inline(__always)
    private static func add(
        _ from: Int, _ shift: UInt32, _ packed: UnsafeMutableBufferPointer<UInt32>,
        _ classes: UnsafeBufferPointer<UInt32>, place: (Int) -> Int, unknown: (Int) -> UInt32?
    ) -> Int? {
        for index in from..<packed.count {
            let place = place(index)
            var number = place < classes.count ? classes[place] : Self.unknown
            if number == Self.unknown {
                guard let other = unknown(index) else { return index }
                number = other
            }
            packed[index] |= number &<< shift
        }
        return nil
    }
}
