internal import CEL

/// What a kernel knows of one value, in one byte: a truth, an error by its code, or that it must be asked elsewhere.
///
/// Beside a number `isThere` says that there is one. All marks of errors are larger than those of truths.
enum Mark {
    static let isFalse: UInt8 = 0
    static let isTrue: UInt8 = 1
    static let isThere: UInt8 = 0

    /// Only the general evaluator can say.
    static let ask: UInt8 = 15
    /// No mark is as large.
    static let count = 16

    static let unknown = error(.unknown)
    static let noSuchField = error(.noSuchField)
    static let overflow = error(.overflow)
    static let outOfRange = error(.outOfRange)
    static let divisionByZero = error(.divisionByZero)
    static let invalidArgument = error(.invalidArgument)

    static func truth(_ flag: Bool) -> UInt8 { flag ? isTrue : isFalse }

    static func error(_ code: CELError.Code) -> UInt8 {
        switch code {
        case .noMatchingOverload: 2
        case .undeclared: 3
        case .noSuchKey: 4
        case .noSuchField: 5
        case .unknown: 6
        case .divisionByZero: 7
        case .overflow: 8
        case .outOfRange: 9
        case .invalidArgument: 10
        case .budget: 11
        case .host: 12
        }
    }

    /// A condition's result. What is no truth value is an error.
    static func condition(_ result: CELResult) -> UInt8 {
        switch result {
        case .success(.bool(let flag)): truth(flag)
        case .success: error(.noMatchingOverload)
        case .failure(let failure): error(failure.code)
        }
    }

    @inline(__always)
    static func isFailure(_ mark: UInt8) -> Bool { mark > isTrue }

    /// `&&` and `||` of two terms in their order: where the first decides, the second is not evaluated. Else what must be
    /// asked outweighs a decision, for it may be over its budget, which nothing absorbs; then what decides wins, then an
    /// unknown, then the first error.
    @inline(__always)
    static func both(_ left: UInt8, _ right: UInt8, decisive: UInt8) -> UInt8 {
        if left == decisive { return decisive }
        if left == ask || right == ask { return ask }
        if right == decisive { return decisive }
        if left <= isTrue { return right }
        if right <= isTrue { return left }
        return graver(left, right)
    }

    /// The same of two terms whose order is not known: where it matters, the general evaluator must be asked.
    @inline(__always)
    static func bothInAnyOrder(_ left: UInt8, _ right: UInt8, decisive: UInt8) -> UInt8 {
        if left == ask || right == ask { return ask }
        if isFailure(left), isFailure(right), left != right, left != unknown, right != unknown { return ask }
        return both(left, right, decisive: decisive)
    }

    /// Of two errors the first; but an unknown outweighs what merely failed.
    static func graver(_ left: UInt8, _ right: UInt8) -> UInt8 {
        if left == ask || right == ask { return ask }
        return left != unknown && right == unknown ? right : left
    }
}
