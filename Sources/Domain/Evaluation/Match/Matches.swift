internal import Records

/// What all documents answer for every row. Rows with the same answers share a cell.
struct Matches: Sendable {
    /// One combination of answers that occurs.
    struct Cell: Sendable {
        let source: Int
        let kind: Kind
        /// The rules that speak of the record, or may.
        let answers: [(rule: Int, outcome: Outcome)]
    }

    /// The number of every row's cell.
    let rows: CellColumn
    let cells: [Cell]
    /// How many rows each cell has; none where the cell only stands for a question on the way to others.
    let counts: [Int]

    init(_ book: RuleBook) {
        var matcher = Matcher(book)
        rows = matcher.run()
        cells = matcher.cells()
        counts = matcher.counts.values(cells.count)
    }
}

/// Runs every row through the tables of its group, and then through what the tables cannot decide.
private struct Matcher {
    private static let blockSize = 4096

    private let book: RuleBook
    private var states = Residue()
    /// By rule.
    private let kernels: [Kernel?]
    private(set) var counts = RowCounts()

    init(_ book: RuleBook) {
        self.book = book
        kernels = book.rules.map { $0.kernel() }
    }

    mutating func run() -> CellColumn {
        var cells = CellColumn(count: book.facts.inventory.count)
        var packed = [UInt32](repeating: 0, count: Self.blockSize)
        var numbers = packed
        packed.withUnsafeMutableBufferPointer { packed in
            numbers.withUnsafeMutableBufferPointer { numbers in
                // Group by group, so that the tables of one are there at a time.
                for segments in byGroup {
                    let rules = book.rules(segments[0].kind, source: segments[0].source)
                    var tables = MatchGroup(rules.map { book.rules[$0] }, book.facts.inventory)
                    for segment in segments { run(segment, rules, &tables, packed, numbers, &cells) }
                }
            }
        }
        return cells
    }

    private var byGroup: [[Segments.Segment]] {
        Dictionary(grouping: book.facts.segments.all, by: \.group).sorted { $0.key < $1.key }.map(\.value)
    }

    private mutating func run(
        _ segment: Segments.Segment, _ rules: [Int], _ tables: inout MatchGroup,
        _ packed: UnsafeMutableBufferPointer<UInt32>, _ numbers: UnsafeMutableBufferPointer<UInt32>,
        _ cells: inout CellColumn
    ) {
        for start in stride(from: segment.rows.lowerBound, to: segment.rows.upperBound, by: Self.blockSize) {
            let block = start..<min(start + Self.blockSize, segment.rows.upperBound)
            let packed = UnsafeMutableBufferPointer(rebasing: packed[..<block.count])
            let numbers = UnsafeMutableBufferPointer(rebasing: numbers[..<block.count])
            tables.run(block, packed, numbers) { row in
                let answers = rules.map { (rule: $0, outcome: book.rules[$0].tabled(row)) }
                return states.number(
                    of: .init(group: segment.group, answers: answers.filter { $0.outcome != .no }, position: 0), book)
            }
            askResidue(block, rules, numbers)
            counts.add(UnsafeBufferPointer(numbers), cells: states.states.count)
            cells.set(block, UnsafeBufferPointer(numbers), largest: states.states.count - 1)
        }
    }

    private mutating func askResidue(
        _ block: Range<Int>, _ rules: [Int], _ numbers: UnsafeMutableBufferPointer<UInt32>
    ) {
        // Rules are asked in the order in which states wait for them.
        for rule in rules where book.rules[rule].hasResidue {
            let waiting = states.rows(block, waitingFor: rule, numbers)
            if waiting.isEmpty { continue }
            let outcomes = book.rules[rule].residues(waiting, kernels[rule])
            for (index, row) in waiting.enumerated() {
                let place = Int(row) - block.lowerBound
                numbers[place] = UInt32(truncatingIfNeeded: states.next(Int(numbers[place]), outcomes[index], book))
            }
        }
    }

    func cells() -> [Matches.Cell] {
        let kinds = Kind.allCases
        return states.states.map { state in
            Matches.Cell(
                source: state.group / kinds.count, kind: kinds[state.group % kinds.count], answers: state.answers)
        }
    }
}

/// States of rows while rules that need a look at the single record are asked one after the other.
private struct Residue {
    struct State {
        let group: Int
        var answers: [(rule: Int, outcome: Outcome)]
        /// Answers before this place are settled.
        var position: Int
    }

    private(set) var states: [State] = []
    private var pending: [Int32] = []
    private var transitions: [Int32] = []
    private var numbers: [[Int32]: Int32] = [:]

    /// The rows of a block whose states wait for a rule.
    func rows(_ block: Range<Int>, waitingFor rule: Int, _ states: UnsafeMutableBufferPointer<UInt32>) -> [UInt32] {
        var waiting: [UInt32] = []
        for place in states.indices where pending[Int(states[place])] == Int32(truncatingIfNeeded: rule) {
            if waiting.isEmpty { waiting.reserveCapacity(states.count - place) }
            waiting.append(UInt32(truncatingIfNeeded: block.lowerBound + place))
        }
        return waiting
    }

    mutating func next(_ state: Int, _ outcome: Outcome, _ book: RuleBook) -> Int32 {
        let known = transitions[state * 3 + Int(outcome.rawValue)]
        if known >= 0 { return known }
        var following = states[state]
        let settled = Outcome.both(following.answers[following.position].outcome, outcome)
        if settled == .no {
            following.answers.remove(at: following.position)
        } else {
            following.answers[following.position].outcome = settled
            following.position += 1
        }
        let number = number(of: following, book)
        transitions[state * 3 + Int(outcome.rawValue)] = number
        return number
    }

    mutating func number(of state: State, _ book: RuleBook) -> Int32 {
        var state = state
        while state.position < state.answers.count, !book.rules[state.answers[state.position].rule].hasResidue {
            state.position += 1
        }
        var key = [Int32(state.group), Int32(state.position)]
        for answer in state.answers {
            key.append(Int32(answer.rule))
            key.append(Int32(answer.outcome.rawValue))
        }
        if let known = numbers[key] { return known }
        let number = Int32(states.count)
        states.append(state)
        pending.append(
            state.position < state.answers.count ? Int32(state.answers[state.position].rule) : -1)
        transitions.append(contentsOf: [-1, -1, -1])
        numbers[key] = number
        return number
    }
}
