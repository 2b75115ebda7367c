internal import CEL
internal import Chronology

/// Numbers of a block.
extension Kernel {
    func numbers(_ node: NumberNode, _ frame: Frame) -> Numbers {
        switch node {
        case .constant(let value):
            var numbers = Numbers(count: frame.count)
            for place in numbers.values.indices { numbers.values[place] = value }
            return numbers
        case .failure(let mark):
            var numbers = Numbers(count: frame.count)
            for place in numbers.marks.indices { numbers.marks[place] = mark }
            return numbers
        case .time(let column, let record): return read(record, frame) { columns.times(column, $0, &$1) }
        case .size(let column, let record): return read(record, frame) { columns.sizes(column, $0, &$1) }
        case .span(let left, let right, let overflow):
            var numbers = numbers(left, frame)
            numbers.combine(with: self.numbers(right, frame)) {
                Self.span($0, $1)
            } overflow: {
                overflow
            }
            return numbers
        case .moved(let time, let length):
            var numbers = numbers(time, frame)
            for place in numbers.values.indices where numbers.marks[place] == Mark.isThere {
                numbers.set(place, Self.moved(numbers.values[place], length), overflow: Mark.outOfRange)
            }
            return numbers
        case .arithmetic(let operation, let left, let right): return arithmetic(operation, left, right, frame)
        case .count(let list): return counts(list, frame)
        case .countWhere(let list, let body): return counts(list, where: body, frame)
        case .answers(let answers): return answers.numbers(frame, records(answers.record, frame))
        }
    }

    private func read(
        _ record: RecordNode, _ frame: Frame, _ read: ([UInt32], inout Numbers) -> Void
    ) -> Numbers {
        let found = records(record, frame)
        var numbers = Numbers(count: frame.count)
        read(found.rows, &numbers)
        for place in found.marks.indices where found.marks[place] != Mark.isThere {
            numbers.marks[place] = found.marks[place]
        }
        return numbers
    }

    private func arithmetic(
        _ operation: Arithmetic, _ left: NumberNode, _ right: NumberNode, _ frame: Frame
    ) -> Numbers {
        var numbers = numbers(left, frame)
        var others = self.numbers(right, frame)
        switch operation {
        case .add: numbers.combine(with: others) { $0.addingReportingOverflow($1) }
        case .subtract: numbers.combine(with: others) { $0.subtractingReportingOverflow($1) }
        case .multiply: numbers.combine(with: others) { $0.multipliedReportingOverflow(by: $1) }
        case .divide, .modulo:
            for place in others.values.indices
            where others.marks[place] == Mark.isThere && others.values[place] == 0 {
                others.marks[place] = Mark.divisionByZero
            }
            numbers.combine(with: others) {
                operation == .divide
                    ? $0.dividedReportingOverflow(by: $1) : $0.remainderReportingOverflow(dividingBy: $1)
            }
        }
        return numbers
    }

    /// One time minus another in nanoseconds. Near the ends of what can be counted seconds and their parts are taken
    /// apart, as the language's difference does, so that both overflow alike.
    private static func span(_ left: Int64, _ right: Int64) -> (partialValue: Int64, overflow: Bool) {
        let (microseconds, overflow) = left.subtractingReportingOverflow(right)
        if !overflow, microseconds.magnitude < farApart { return (microseconds &* 1000, false) }
        guard let left = Moment(microseconds: left).instant, let right = Moment(microseconds: right).instant else {
            return (0, true)
        }
        let (seconds, first) = left.seconds.subtractingReportingOverflow(right.seconds)
        let (whole, second) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, third) = whole.addingReportingOverflow(Int64(left.nanoseconds) - Int64(right.nanoseconds))
        return (sum, first || second || third)
    }

    /// Some 285 years: less is surely counted in nanoseconds.
    private static let farApart: UInt64 = 9_000_000_000_000_000

    private static let earliest = Moment(Instant.minimum).microseconds

    private static func moved(_ time: Int64, _ length: Int64) -> (partialValue: Int64, overflow: Bool) {
        let (sum, overflow) = time.addingReportingOverflow(length)
        return (sum, overflow || sum < earliest || sum > Moment.lastOfYear9999.microseconds)
    }
}

extension Numbers {
    /// Puts in place of each number what an operation makes of both. Of two errors the left one counts.
    @inline(__always)
    mutating func combine(
        with others: Numbers, _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool),
        overflow: () -> UInt8 = { Mark.overflow }
    ) {
        for place in values.indices where marks[place] == Mark.isThere {
            if others.marks[place] == Mark.isThere {
                set(place, operation(values[place], others.values[place]), overflow: overflow())
            } else {
                marks[place] = others.marks[place]
            }
        }
    }

    /// Puts in place of each mark whether the comparison holds.
    mutating func compare(with others: Numbers, _ comparison: CELComparison) {
        for place in values.indices where marks[place] == Mark.isThere {
            marks[place] =
                others.marks[place] == Mark.isThere
                ? Mark.truth(comparison.holds(values[place], others.values[place])) : others.marks[place]
        }
    }

    mutating func compare(with other: Int64, _ comparison: CELComparison) {
        for place in values.indices where marks[place] == Mark.isThere {
            marks[place] = Mark.truth(comparison.holds(values[place], other))
        }
    }
}
