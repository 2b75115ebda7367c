import CEL
import Chronology

/// Times, durations and sizes as sums of what a record has.
extension ExpressionReader {
    /// The number that a part stands for, as far as it is one that can be compared.
    func term(_ id: CELSyntax.ID) -> Term? {
        if let value = constant(id) { return term(value) }
        switch program.syntax[id].kind {
        case .identifier(ExpressionVariable.now.name): return .quantity(.now)
        case .select(let operand, let field, isTest: false) where isObject(operand):
            return RecordField.allCases.first { $0.name == field }.flatMap(Quantity.init).map(Term.quantity)
        case .call("age", nil, let arguments) where arguments.count == 1:
            guard let time = term(arguments[0]), time.type == .time else { return nil }
            return Term.quantity(.now).adding(time, sign: -1, as: .duration)
        case .call("_+_", nil, let arguments) where arguments.count == 2:
            if let period = period(arguments[1]) { return shifted(arguments[0], by: period, sign: 1) }
            if let period = period(arguments[0]) { return shifted(arguments[1], by: period, sign: 1) }
            guard let left = term(arguments[0]), let right = term(arguments[1]) else { return nil }
            switch (left.type, right.type) {
            case (.time, .duration), (.duration, .time): return left.adding(right, sign: 1, as: .time)
            case (.duration, .duration): return left.adding(right, sign: 1, as: .duration)
            default: return nil
            }
        case .call("_-_", nil, let arguments) where arguments.count == 2:
            if let period = period(arguments[1]) { return shifted(arguments[0], by: period, sign: -1) }
            guard let left = term(arguments[0]), let right = term(arguments[1]) else { return nil }
            switch (left.type, right.type) {
            case (.time, .time), (.duration, .duration): return left.adding(right, sign: -1, as: .duration)
            case (.time, .duration): return left.adding(right, sign: -1, as: .time)
            default: return nil
            }
        default: return nil
        }
    }

    private func term(_ value: CELValue) -> Term? {
        switch value {
        case .timestamp(let instant): Term(type: .time, constant: Term.nanoseconds(instant))
        case .duration(let duration): Term(type: .duration, constant: Int128(duration.nanoseconds))
        case .int(let size): Term(type: .size, constant: Int128(size))
        default: nil
        }
    }

    /// The period that a part stands for whatever the record; nil where it is anything else.
    private func period(_ id: CELSyntax.ID) -> Period? {
        guard case .opaque(let opaque)? = constant(id) else { return nil }
        return (opaque as? PeriodValue)?.period
    }

    /// A time and a period, where the period is as long from whatever day: exact time, or days in UTC.
    ///
    /// Each part is read once, whatever comes of it: sums stand in sums.
    private func shifted(_ time: CELSyntax.ID, by period: Period, sign: Int) -> Term? {
        guard period.isExact || zone == .utc && period.years == 0 && period.months == 0, let time = term(time),
            time.type == .time
        else { return nil }
        let seconds = Int128(period.days) * 86_400 + Int128(period.seconds)
        return time.adding(Term(type: .duration, constant: seconds * 1_000_000_000), sign: sign, as: .time)
    }
}
