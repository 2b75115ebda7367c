internal import Records

/// What the generator knows in sum.
struct Tally {
    private(set) var states = [[Int]](
        repeating: [Int](repeating: 0, count: State.allCases.count), count: Rule.allCases.count)
    private(set) var overdue: [Kind: Int] = [:]

    mutating func count(_ kind: Kind, _ pairs: [(rule: Rule, state: State)]) {
        for (rule, state) in pairs { states[rule.rawValue][state.rawValue] += 1 }
        if pairs.contains(where: { $0.state == .overdue }) { overdue[kind, default: 0] += 1 }
    }
}
