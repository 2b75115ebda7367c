/// What a node does when it is evaluated. Numbers name other nodes, or places in the plan's tables.
enum Operation: Sendable {
    case constant(Int)
    case variable(slot: Int)
    case local(Int)
    case failure(Int)
    case field(of: Int, access: Int)
    case hasField(of: Int, access: Int)
    case allOf(Operands)
    case anyOf(Operands)
    case conditional(Operands)
    case unary(UnaryFunction, Int)
    case binary(BinaryFunction, Int, Int)
    /// An operator or function that has overloads of the host beside its own.
    case overloaded(BinaryFunction, Operands, functions: Int)
    case matches(Int, pattern: Int)
    case localTimePart(TimePart, Int, zone: Int)
    case host(Operands, functions: Int)
    case list(Operands)
    /// A list or map some of whose parts are optional: those are in the table of operands as their complements.
    case sparseList(Operands)
    case sparseMap(Operands)
    /// `a.or(b)` and `a.orValue(b)`: the second is looked at only where the first is empty.
    case orElse(Int, Int, unwraps: Bool)
    /// Keys and values in turn.
    case map(Operands)
    case comprehension(Comprehension)

    /// A stretch of the table of operands.
    struct Operands: Sendable {
        let start: Int32
        let count: Int32

        var range: Range<Int> { Int(start)..<Int(start + count) }
    }

    /// A macro over elements, with -1 for a part that it does not have.
    struct Comprehension: Sendable {
        let operation: CELSyntax.Comprehension.Operation
        let range: Int32
        let local: Int32
        /// Whether there is a second variable, right after the first.
        let isPaired: Bool
        let condition: Int32
        let transform: Int32
    }
}
