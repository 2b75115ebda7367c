/// The standard functions of one argument. A member's receiver is its first.
enum UnaryFunction: String, Sendable {
    case not = "!_"
    case negate = "-_"
    case size, type, dyn, bool, int, uint, double, string, bytes, timestamp, duration
    case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
    case getHours, getMinutes, getSeconds, getMilliseconds

    /// Whether it reads a number or a time in a string.
    var reads: Bool {
        switch self {
        case .int, .uint, .double, .bool, .timestamp, .duration: true
        default: false
        }
    }
}

/// The standard functions of two arguments.
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
    case optionalIndex = "_[?_]"
    case optionalSelect = "_?._"
    case isIn = "@in"
    case contains, startsWith, endsWith, matches
    case getFullYear, getMonth, getDate, getDayOfMonth, getDayOfWeek, getDayOfYear
    case getHours, getMinutes, getSeconds, getMilliseconds
}
