import CEL
import Chronology

/// A period as expressions pass it on.
struct PeriodValue: CELOpaque {
    static let typeName = "Period"

    let period: Period

    var typeName: String { Self.typeName }

    func isEqual(to other: any CELOpaque) -> Bool { (other as? PeriodValue)?.period == period }
}

extension ExpressionEnvironment {
    static func functions(asOf: Instant, zone: Zone) -> [CELFunction] {
        let period = CELType.opaque(PeriodValue.typeName)
        return [
            CELFunction("age", [.timestamp], returns: .duration, .unary { age(of: $0, asOf: asOf) }),
            CELFunction("days", [.int], returns: .duration, .unary(days)),
            CELFunction("period", [.string], returns: period, .unary(parsedPeriod)),
            CELFunction(
                "_+_", [.timestamp, period], returns: .timestamp,
                .binary { sum($0, $1) { period, moment in zone.adding(period, to: moment) } }),
            CELFunction(
                "_+_", [period, .timestamp], returns: .timestamp,
                .binary { sum($1, $0) { period, moment in zone.adding(period, to: moment) } }),
            CELFunction(
                "_-_", [.timestamp, period], returns: .timestamp,
                .binary { sum($0, $1) { period, moment in zone.subtracting(period, from: moment) } }),
        ]
    }

    private static func age(of value: CELValue, asOf: Instant) -> CELResult {
        guard case .timestamp(let instant) = value else { return mismatch("age") }
        let (seconds, secondsOverflow) = asOf.seconds.subtractingReportingOverflow(instant.seconds)
        let (whole, wholeOverflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (total, overflow) = whole.addingReportingOverflow(Int64(asOf.nanoseconds) - Int64(instant.nanoseconds))
        guard !secondsOverflow, !wholeOverflow, !overflow else {
            return .failure(CELError(.overflow, "the age is out of range"))
        }
        return .success(.duration(CELDuration(nanoseconds: total)))
    }

    private static func days(_ value: CELValue) -> CELResult {
        guard case .int(let count) = value else { return mismatch("days") }
        let (seconds, overflow) = count.multipliedReportingOverflow(by: 86_400)
        guard !overflow, let duration = CELDuration(seconds: seconds) else {
            return .failure(CELError(.overflow, "\(count) days are out of range"))
        }
        return .success(.duration(duration))
    }

    private static func parsedPeriod(_ value: CELValue) -> CELResult {
        guard case .string(let text) = value else { return mismatch("period") }
        do throws(ChronologyError) {
            return .success(.opaque(PeriodValue(period: try Period(text))))
        } catch {
            return .failure(CELError(.invalidArgument, error.description))
        }
    }

    private static func sum(
        _ time: CELValue, _ period: CELValue, _ combine: (Period, Moment) -> Moment?
    ) -> CELResult {
        guard case .timestamp(let instant) = time, case .opaque(let opaque) = period,
            let value = opaque as? PeriodValue
        else { return mismatch("+") }
        guard let result = combine(value.period, Moment(instant))?.instant, result >= .minimum else {
            return .failure(CELError(.outOfRange, "the result is outside of the years 1 to 9999"))
        }
        return .success(.timestamp(result))
    }

    private static func mismatch(_ function: String) -> CELResult {
        .failure(CELError(.noMatchingOverload, "\(function) takes other arguments"))
    }
}
