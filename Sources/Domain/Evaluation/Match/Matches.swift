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
    let rows: [UInt32]
    let cells: [Cell]

    init(_ book: RuleBook) {
        var matcher = Matcher(book)
        rows = matcher.run()
        cells = matcher.cells()
    }
}

/// Runs every row through the tables of its group, and then through what the tables cannot decide.
private struct Matcher {
    private static let blockSize = 4096

    private let book: RuleBook
    private var groups: [MatchGroup?]
    private var states = Residue()
    /// The first state of `states` for each end of a group's tables.
    private var entries: [[Int32]]
    /// By rule.
    private let kernels: [Kernel?]

    init(_ book: RuleBook) {
        self.book = book
        let count = book.facts.inventory.sourceNames.count * Kind.allCases.count
        groups = Array(repeating: nil, count: count)
        entries = Array(repeating: [], count: count)
        kernels = book.rules.map { $0.kernel() }
    }

    mutating func run() -> [UInt32] {
        var rows = [UInt32](repeating: 0, count: book.facts.inventory.count)
        rows.withUnsafeMutableBufferPointer { rows in
            for segment in book.facts.segments.all {
                if groups[segment.group] == nil {
                    groups[segment.group] = MatchGroup(
                        rules: book.rules(segment.kind, source: segment.source), book: book)
                }
                var start = segment.rows.lowerBound
                while start < segment.rows.upperBound {
                    let block = start..<min(start + Self.blockSize, segment.rows.upperBound)
                    runTables(segment.group, block, &rows)
                    finish(segment, block, &rows)
                    start = block.upperBound
                }
            }
        }
        return rows
    }

    private mutating func runTables(
        _ group: Int, _ block: Range<Int>, _ rows: inout UnsafeMutableBufferPointer<UInt32>
    ) {
        for level in 0..<(groups[group]?.levels.count ?? 0) {
            var row = block.lowerBound
            while let miss = advance(group, level, row..<block.upperBound, &rows) {
                groups[group]?.resolve(miss, level: level, state: Int(rows[miss.row]), book: book)
                row = miss.row
            }
        }
    }

    /// Takes rows one level on, up to the first of which the table does not know enough.
    private func advance(
        _ group: Int, _ level: Int, _ block: Range<Int>, _ rows: inout UnsafeMutableBufferPointer<UInt32>
    ) -> MatchGroup.Miss? {
        groups[group]?.levels[level].advance(block, &rows, book.classes)
    }

    private mutating func finish(
        _ segment: Segments.Segment, _ block: Range<Int>, _ rows: inout UnsafeMutableBufferPointer<UInt32>
    ) {
        enter(segment)
        let entries = entries[segment.group]
        for row in block { rows[row] = UInt32(truncatingIfNeeded: entries[Int(rows[row])]) }
        // Rules are asked in the order in which states wait for them.
        for rule in groups[segment.group]?.rules ?? [] where book.rules[rule].hasResidue {
            let waiting = states.rows(block, waitingFor: rule, rows)
            if waiting.isEmpty { continue }
            let outcomes = book.rules[rule].residues(waiting, kernels[rule])
            for (index, row) in waiting.enumerated() {
                let next = states.next(Int(rows[Int(row)]), outcomes[index], book)
                rows[Int(row)] = UInt32(truncatingIfNeeded: next)
            }
        }
    }

    private mutating func enter(_ segment: Segments.Segment) {
        guard let group = groups[segment.group], entries[segment.group].count < group.ends.states.count else { return }
        for end in group.ends.states[entries[segment.group].count...] {
            let answers = zip(group.rules, end).filter { $0.1 != .no }.map { (rule: $0.0, outcome: $0.1) }
            entries[segment.group].append(
                states.number(of: .init(group: segment.group, answers: answers, position: 0), book))
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
        for row in block where pending[Int(states[row])] == Int32(truncatingIfNeeded: rule) {
            if waiting.isEmpty { waiting.reserveCapacity(block.upperBound - row) }
            waiting.append(UInt32(truncatingIfNeeded: row))
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
