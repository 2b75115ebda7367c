/// What nodes cost at most in the general evaluator, so that kernels answer only what cannot be over its budget.
extension TruthNode {
    /// What the parts that were answered generally cost at most, those about elements of lists apart.
    var cost: Int {
        switch self {
        case .constant, .hasTime, .hasSize, .hasContainer, .hasText: 0
        case .terms(let terms, _): terms.reduce(0) { $0 + $1.cost }
        case .not(let term): term.cost
        case .choice(let condition, let first, let second): condition.cost + first.cost + second.cost
        case .comparison(_, let left, let right): left.cost + right.cost
        case .sameText: TextTest.longest / 10 + Kernel.nodeCost
        case .textTest(let test, _): test.cost
        case .quantifier: 0
        case .answers(let answers): answers.cost
        case .general(let part): part.cost
        }
    }

    /// What evaluating it once costs at most.
    var costOfElement: Int { cost + size * Kernel.nodeCost }

    fileprivate var size: Int {
        switch self {
        case .terms(let terms, _): terms.reduce(1) { $0 + $1.size }
        case .not(let term): 1 + term.size
        case .choice(let condition, let first, let second): 1 + condition.size + first.size + second.size
        case .comparison(_, let left, let right): 1 + left.size + right.size
        default: 4
        }
    }
}

extension NumberNode {
    var cost: Int {
        switch self {
        case .constant, .failure, .time, .size, .count, .countWhere: 0
        case .span(let left, let right, _), .arithmetic(_, let left, let right): left.cost + right.cost
        case .moved(let time, _): time.cost
        case .answers(let answers): answers.cost
        }
    }

    fileprivate var size: Int {
        switch self {
        case .span(let left, let right, _), .arithmetic(_, let left, let right): 2 + left.size + right.size
        case .moved(let time, _): 2 + time.size
        default: 4
        }
    }
}
