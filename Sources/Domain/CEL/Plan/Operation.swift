internal import Patterns

/// What a node does when it is evaluated. Operands are the numbers of other nodes, so a program is a flat array.
enum Operation: Sendable {
    case constant(CELValue)
    case variable(Int)
    case local(Int)
    case failure(CELError)
    case field(Int, FieldAccess)
    case hasField(Int, FieldAccess)
    case allOf([Int])
    case anyOf([Int])
    case conditional(Int, Int, Int)
    case unary(UnaryFunction, Int)
    case binary(BinaryFunction, Int, Int, overloads: [CELFunction])
    case matches(Int, Pattern)
    case localTimePart(TimePart, Int, ClockZone)
    case host([CELFunction], [Int])
    case list([Int])
    case map([CELSyntax.Entry])
    case comprehension(CELSyntax.Comprehension, local: Int)
}

/// A field by name, and by index where the checker knew the object's type.
final class FieldAccess: Sendable {
    let name: String
    private let expected: CELObjectType?
    private let index: Int

    init(name: String, expected: CELObjectType?) {
        self.name = name
        self.expected = expected
        index = expected?.index(of: name) ?? -1
    }

    /// The index of the field in objects of that type, or nil.
    func index(in type: CELObjectType) -> Int? {
        if type === expected, index >= 0 { return index }
        return type.index(of: name)
    }
}

enum UnaryFunction: String, Sendable {
    case not = "!_"
    case negate = "-_"
    case size, type, dyn, bool, int, uint, double, string, bytes, timestamp, duration
    case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
    case getHours, getMinutes, getSeconds, getMilliseconds
}

enum BinaryFunction: String, Sendable {
    case equal = "_==_"
    case notEqual = "_!=_"
    case less = "_<_"
    case lessOrEqual = "_<=_"
    case greater = "_>_"
    case greaterOrEqual = "_>=_"
    case add = "_+_"
    case subtract = "_-_"
    case multiply = "_*_"
    case divide = "_/_"
    case modulo = "_%_"
    case index = "_[_]"
    case isIn = "@in"
    case contains, startsWith, endsWith, matches
    case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
    case getHours, getMinutes, getSeconds, getMilliseconds
}
