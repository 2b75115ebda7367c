internal import CEL
internal import Chronology
internal import Policies
internal import Records

/// Reads any policy's clock for any record.
struct Clocks: Sendable {
    private let facts: RecordFacts
    private let readers: [Reader]

    private enum Reader: Sendable {
        case created
        case lastActivity(LastActivity)
        case lastModified
        case expires
        case custom(CELProgram, RecordScope)
    }

    init(_ facts: RecordFacts, _ policies: [RetentionPolicy]) {
        self.facts = facts
        readers = policies.map { policy in
            switch policy.clock {
            case .created: .created
            case .lastActivity(let counts): .lastActivity(facts.lastActivity(counts: counts))
            case .lastModified: .lastModified
            case .expires: .expires
            case .custom(let expression):
                .custom(expression.program, RecordScope(facts, parameters: policy.parameters))
            }
        }
    }

    /// What the clock of the policy of this index shows for this row.
    func read(_ policy: Int, _ row: Int) -> ClockReading {
        switch readers[policy] {
        case .created: .time(facts.times.created(row))
        case .lastActivity(let activity): .time(activity[row])
        case .lastModified: facts.inventory.modified(row).map { .time(Ends($0)) } ?? .notBegun
        case .expires: facts.inventory.expires(row).map { .time(Ends($0)) } ?? .notBegun
        case .custom(let program, let scope): Self.read(program.evaluate(scope.activation(row)).result)
        }
    }

    /// Why an expression gives the clock no time for this row; nil where it does, or there is none.
    func error(_ policy: Int, _ row: Int) -> CELError? {
        guard case .custom(let program, let scope) = readers[policy] else { return nil }
        return program.evaluate(scope.activation(row)).error
    }

    /// What the clock absorbs where an expression gives it.
    func absorbed(_ policy: Int, _ row: Int) -> [CELError] {
        guard case .custom(let program, let scope) = readers[policy] else { return [] }
        return program.evaluate(scope.activation(row)).absorbed
    }

    private static func read(_ result: CELResult) -> ClockReading {
        switch result {
        case .success(.timestamp(let instant)):
            let moment = Moment(instant).microseconds
            return .time(Ends(moment, moment))
        case .success: return .failed(.noTimestamp)
        case .failure(let error) where error.code == .noSuchKey || error.code == .noSuchField: return .notBegun
        case .failure: return .failed(.clockFailed)
        }
    }
}
