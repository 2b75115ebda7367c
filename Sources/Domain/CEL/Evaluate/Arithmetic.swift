internal import Chronology

/// `+ - * / %`. Each gives nil where no standard overload takes the operands.
enum Arithmetic {
    static func add(_ left: CELValue, _ right: CELValue) -> CELResult? {
        switch (left, right) {
        case (.int(let left), .int(let right)): int(left.addingReportingOverflow(right))
        case (.uint(let left), .uint(let right)): uint(left.addingReportingOverflow(right))
        case (.double(let left), .double(let right)): .success(.double(left + right))
        case (.duration(let left), .duration(let right)):
            duration(left.nanoseconds.addingReportingOverflow(right.nanoseconds))
        case (.timestamp(let time), .duration(let length)), (.duration(let length), .timestamp(let time)):
            Times.moved(time, by: length)
        default: nil
        }
    }

    static func subtract(_ left: CELValue, _ right: CELValue) -> CELResult? {
        switch (left, right) {
        case (.int(let left), .int(let right)): int(left.subtractingReportingOverflow(right))
        case (.uint(let left), .uint(let right)): uint(left.subtractingReportingOverflow(right))
        case (.double(let left), .double(let right)): .success(.double(left - right))
        case (.duration(let left), .duration(let right)):
            duration(left.nanoseconds.subtractingReportingOverflow(right.nanoseconds))
        case (.timestamp(let time), .duration(let length)): Times.moved(time, back: length)
        case (.timestamp(let left), .timestamp(let right)): Times.difference(left, right)
        default: nil
        }
    }

    static func multiply(_ left: CELValue, _ right: CELValue) -> CELResult? {
        switch (left, right) {
        case (.int(let left), .int(let right)): int(left.multipliedReportingOverflow(by: right))
        case (.uint(let left), .uint(let right)): uint(left.multipliedReportingOverflow(by: right))
        case (.double(let left), .double(let right)): .success(.double(left * right))
        default: nil
        }
    }

    static func divide(_ left: CELValue, _ right: CELValue) -> CELResult? {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): byZero
        case (.int(let left), .int(let right)): int(left.dividedReportingOverflow(by: right))
        case (.uint(let left), .uint(let right)): .success(.uint(left / right))
        case (.double(let left), .double(let right)): .success(.double(left / right))
        default: nil
        }
    }

    static func modulo(_ left: CELValue, _ right: CELValue) -> CELResult? {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): byZero
        case (.int(let left), .int(let right)): int(left.remainderReportingOverflow(dividingBy: right))
        case (.uint(let left), .uint(let right)): .success(.uint(left % right))
        default: nil
        }
    }

    static func negate(_ value: CELValue) -> CELResult? {
        switch value {
        case .int(let number): int(Int64(0).subtractingReportingOverflow(number))
        case .double(let number): .success(.double(-number))
        default: nil
        }
    }

    private static let byZero = CELResult.failure(CELError(.divisionByZero, "division by zero"))

    private static func int(_ result: (partialValue: Int64, overflow: Bool)) -> CELResult {
        result.overflow
            ? .failure(CELError(.overflow, "the result does not fit in an int")) : .success(.int(result.partialValue))
    }

    private static func uint(_ result: (partialValue: UInt64, overflow: Bool)) -> CELResult {
        result.overflow
            ? .failure(CELError(.overflow, "the result does not fit in a uint")) : .success(.uint(result.partialValue))
    }

    private static func duration(_ result: (partialValue: Int64, overflow: Bool)) -> CELResult {
        result.overflow ? Times.tooLong : .success(.duration(CELDuration(nanoseconds: result.partialValue)))
    }
}

extension Evaluator {
    /// `+`, which also joins strings, bytes and lists.
    mutating func add(_ left: CELValue, _ right: CELValue) -> CELResult? {
        switch (left, right) {
        case (.string(let left), .string(let right)):
            guard meter.allocate(bytes: left.utf8.count + right.utf8.count) else { return nil }
            return .success(.string(left + right))
        case (.bytes(let left), .bytes(let right)):
            guard meter.allocate(bytes: left.count + right.count) else { return nil }
            return .success(.bytes(left + right))
        case (.list(let left), .list(let right)):
            guard meter.allocate(bytes: (left.count + right.count) * Footprint.element) else { return nil }
            return Collections.joined(left, right)
        default: return Arithmetic.add(left, right)
        }
    }
}

enum Collections {
    static func joined(_ left: CELList, _ right: CELList) -> CELResult {
        var values: [CELValue] = []
        values.reserveCapacity(left.count + right.count)
        for list in [left, right] {
            for index in 0..<list.count {
                switch list.element(at: index) {
                case .value(let value): values.append(value)
                case .absent: break
                case .unknown(let reason): return .failure(CELError(.unknown, reason))
                }
            }
        }
        return .success(.list(CELList(values)))
    }
}
