internal import Records

/// The documents that can speak of one kind in one source, and tables that decide which do, column by column.
///
/// First come the columns that documents name values of or always ask about, then those that are asked about only where
/// the named values leave a document in question. Few combinations occur, so what they come to is found when they are
/// first met, from a row that has them, and then a row costs a look at each column and one at the table.
struct MatchGroup {
    /// The documents, in their order.
    let rules: [MatchRule]
    private var columns: [ColumnClasses] = []
    private var stages: [MatchStage] = []
    /// The bits of the states between two stages.
    private var stateBits = 8

    init(_ rules: [MatchRule], _ inventory: Inventory) {
        self.rules = rules
        var named: [ColumnClasses.Key: [Set<StringTable.Code>]] = [:]
        var parts: [ColumnClasses.Key: [(rule: MatchRule, part: ConditionPart)]] = [:]
        var keys: [ColumnClasses.Key] = []
        for rule in rules {
            for condition in rule.columns {
                let key = ColumnClasses.Key(column: condition.column, isQuestioned: false)
                named[key, default: []].append(condition.codes)
                if !keys.contains(key) { keys.append(key) }
            }
            for part in rule.conditionParts ?? [] {
                let key = ColumnClasses.Key(column: part.column, isQuestioned: !rule.columns.isEmpty)
                parts[key, default: []].append((rule, part))
                if !keys.contains(key) { keys.append(key) }
            }
        }
        for key in keys.filter({ !$0.isQuestioned }) + keys.filter(\.isQuestioned) {
            columns.append(
                ColumnClasses(key, key.column.codes(inventory), named: named[key] ?? [], parts: parts[key] ?? []))
        }
        layOut()
    }

    /// Spreads the columns over stages. What tables knew is found again when it is met.
    private mutating func layOut() {
        stages = []
        var waiting: [(column: Int, bits: Int)] = []
        var used = 0
        for (index, column) in columns.enumerated() {
            let beginsQuestions = column.key.isQuestioned && index > 0 && !columns[index - 1].key.isQuestioned
            if !waiting.isEmpty, beginsQuestions || used + column.bits > MatchStage.mostBits {
                stages.append(MatchStage(waiting, stateBits: stages.isEmpty ? 0 : stateBits))
                waiting = []
            }
            if waiting.isEmpty { used = stages.isEmpty ? 0 : stateBits }
            waiting.append((index, column.bits))
            used += column.bits
        }
        stages.append(MatchStage(waiting, stateBits: stages.isEmpty ? 0 : stateBits))
        for stage in stages.indices.dropLast() {
            stages[stage].inQuestion = Array(repeating: [], count: stages[stage + 1].columns.count)
        }
    }

    /// Takes the rows of a block to the numbers of their answers.
    ///
    /// - Parameters:
    ///   - packed: as large as the block.
    ///   - states: where the number of each row is put; as large as the block.
    ///   - number: the number of a row's answers.
    mutating func run(
        _ block: Range<Int>, _ packed: UnsafeMutableBufferPointer<UInt32>,
        _ states: UnsafeMutableBufferPointer<UInt32>, number: (_ row: Int) -> Int32
    ) {
        while !stages.indices.allSatisfy({ run($0, block, packed, states, number) }) { layOut() }
    }

    /// False where numbers need more bits than they have.
    private mutating func run(
        _ stage: Int, _ block: Range<Int>, _ packed: UnsafeMutableBufferPointer<UInt32>,
        _ states: UnsafeMutableBufferPointer<UInt32>, _ number: (_ row: Int) -> Int32
    ) -> Bool {
        packed.update(repeating: 0)
        if stage > 0, !stages[stage].isHashed { _ = packed.update(fromContentsOf: states) }
        for (place, column) in stages[stage].columns.enumerated() {
            let inQuestion = columns[column].key.isQuestioned ? stages[stage - 1].inQuestion[place] : []
            var row = block.lowerBound
            while let miss = columns[column].add(
                block, from: row, shift: stages[stage].shifts[place], to: packed, states: states,
                inQuestion: inQuestion)
            {
                if columns[column].learn(miss) { return false }
                row = miss
            }
        }
        var row = block.lowerBound
        while let miss = stages[stage].advance(block, from: row, packed, states) {
            let isLast = stage == stages.count - 1
            guard let next = isLast ? number(miss) : state(after: stage, miss) else { return false }
            stages[stage].learn(next, packed[miss - block.lowerBound], state: states[miss - block.lowerBound])
            row = miss
        }
        return true
    }

    /// A new state after a stage; nil where there are more than their bits can tell apart.
    private mutating func state(after stage: Int, _ row: Int) -> Int32? {
        let state = stages[stage].count
        if !stages[stage + 1].isHashed, state >> stateBits > 0 {
            stateBits += 2
            return nil
        }
        stages[stage].count += 1
        for (place, column) in stages[stage + 1].columns.enumerated() where columns[column].key.isQuestioned {
            stages[stage].inQuestion[place].append(columns[column].isInQuestion(row))
        }
        return Int32(state)
    }
}
