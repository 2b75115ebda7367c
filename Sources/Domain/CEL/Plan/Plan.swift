internal import Patterns

/// What an expression does: one operation for each node of its syntax, and tables of what they need.
///
/// Operations are plain numbers, so reading one copies nothing that is counted.
final class Plan: Sendable {
    /// The tables, while they are filled.
    struct Tables: Sendable {
        var operations: [Operation]
        var operands: [Int] = []
        var constants: [CELValue] = []
        var failures: [CELError] = []
        var fields: [FieldAccess] = []
        var functions: [[CELFunction]] = []
        var patterns: [Pattern] = []
        var zones: [ClockZone] = []
    }

    let tables: Tables
    let ranges: [Range<Int>]
    let root: Int
    /// How many variables of macros are in use at once.
    let locals: Int
    /// The names of the variables, by slot.
    let variables: [String]
    let limits: CELLimits
    /// What compiling its constant patterns and finding its constant zones cost.
    let preparation: Int

    init(
        _ tables: Tables, ranges: [Range<Int>], root: Int, locals: Int, variables: [String], limits: CELLimits,
        preparation: Int
    ) {
        self.tables = tables
        self.ranges = ranges
        self.root = root
        self.locals = locals
        self.variables = variables
        self.limits = limits
        self.preparation = preparation
    }

    /// The value of a node that is the same in every evaluation, or nil.
    func constant(at id: Int) -> CELValue? {
        guard case .constant(let index) = tables.operations[id] else { return nil }
        return tables.constants[index]
    }
}
