internal import CEL
internal import Chronology
internal import Policies
internal import Records

/// A condition compiled for blocks of records: what it says of each is what the general evaluator says, found by going
/// over columns.
///
/// A part that reads one column of codes is answered once for each code; times, sizes and related records are compared
/// in loops; and what a kernel does not understand is asked of the general evaluator, only where the parts before it
/// left the answer open. Beside those answers nothing is kept from block to block: a block costs some bytes a record
/// and node, and lists of related records are gone through in stretches of ``Kernel/stretch``.
final class Kernel {
    /// How many elements of lists are looked at together.
    static let stretch = 8192
    /// How many records are best asked at once.
    static let blockSize = 4096

    let host: KernelHost
    let columns: KernelColumns
    /// What the elements of one list may cost, so that no evaluation can be over its budget.
    let allowance: Int
    private let program: CELProgram
    private let root: TruthNode
    private let constantCost: Int

    init(_ program: CELProgram, _ scope: RecordScope, _ variables: LazyVariables? = nil) {
        self.program = program
        host = KernelHost(scope: scope, variables: variables)
        columns = KernelColumns(scope.facts)
        var compiler = KernelCompiler(program, host)
        root = compiler.truth(program.syntax.root)
        constantCost = compiler.constantCost + program.syntax.nodes.count * Self.nodeCost
        allowance = program.budget / 2 / max(1, compiler.quantifiers)
    }

    /// What a node costs at most beside what its parts and texts cost.
    static let nodeCost = 8

    /// What the condition comes to for each of the rows: a truth or an error.
    func answers(_ rows: [UInt32]) -> [UInt8] {
        var answers = answersWithGaps(rows)
        for place in answers.indices where answers[place] == Mark.ask {
            answers[place] = Mark.condition(program.evaluate(host.activation(Int(rows[place]))).result)
        }
        return answers
    }

    /// The answers as far as the kernel goes by itself.
    func answersWithGaps(_ rows: [UInt32]) -> [UInt8] {
        let answers = truths(root, Frame(rows: [rows]))
        // Where one evaluation could be over its budget, only the general evaluator counts exactly.
        guard constantCost + root.cost <= program.budget / 2 else { return rows.map { _ in Mark.ask } }
        return answers
    }

    /// Whether all of it is left to the general evaluator.
    var isGeneral: Bool {
        guard case .general = root else { return false }
        return true
    }
}

extension TruthNode {
    /// What the parts that were answered generally cost at most, those about elements of lists apart.
    var cost: Int {
        switch self {
        case .constant, .hasTime, .hasSize, .hasContainer: 0
        case .terms(let terms, _): terms.reduce(0) { $0 + $1.cost }
        case .not(let term): term.cost
        case .choice(let condition, let first, let second): condition.cost + first.cost + second.cost
        case .comparison(_, let left, let right): left.cost + right.cost
        case .sameText: KernelCompiler.longestText / 10 + Kernel.nodeCost
        case .idTest(let test, _): IdTest.cost(test)
        case .quantifier: 0
        case .answers(let answers): answers.cost
        case .general(let part): part.cost
        }
    }

    /// What evaluating it once costs at most.
    var costOfElement: Int { cost + size * Kernel.nodeCost }

    private var size: Int {
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

extension IdTest {
    /// Longer ids are asked of the general evaluator.
    static let longestId = 1000

    fileprivate static func cost(_ test: IdTest) -> Int { (longestId / 10 + 1) * (test.text.count / 10 + 1) }
}
