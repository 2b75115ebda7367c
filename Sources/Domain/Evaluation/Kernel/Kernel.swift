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
    let program: CELProgram
    let root: TruthNode
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
}
