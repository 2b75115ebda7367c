internal import Evaluation
internal import Records

/// A record that should go, and is there after an execution.
public struct RemainingRecord: Sendable, Hashable {
    /// Why it is there.
    public enum Reason: Sendable, Hashable {
        /// The plan has it, and it was not done.
        case notDone
        /// It may go, and the plan does not have it.
        case notPlanned
        /// Something stands against it.
        case stays(StayingRecord.Reason)

        /// Every reason.
        public static let all = [notDone, notPlanned] + StayingRecord.Reason.allCases.map(Reason.stays)

        /// What it is called.
        public var code: String {
            switch self {
            case .notDone: "not-done"
            case .notPlanned: "not-planned"
            case .stays(let reason): reason.rawValue
            }
        }
    }

    /// The record.
    public let record: EstateState.Name
    /// Why, in the order of the vocabulary.
    public let reasons: [Reason]

    /// What a scan after an execution would still have gone, or finds kept from it, by source, kind and id.
    ///
    /// What goes along with a record is not named besides it.
    ///
    /// - Parameters:
    ///   - draft: what would be planned then.
    ///   - plan: what was executed.
    public static func all(_ draft: DraftPlan, after plan: Plan) -> [RemainingRecord] {
        let inventory = draft.result.inventory
        func name(_ row: Int) -> EstateState.Name {
            EstateState.Name(
                source: inventory.sourceNames[Int(inventory.sources[row])],
                name: Plan.Name(kind: inventory.kinds[row], id: inventory.id(row)))
        }
        let planned = Set(plan.actions.map { EstateState.Name(source: $0.source, name: $0.name) })
        let due = draft.actions.filter { $0.verb != .cancel }.map { action in
            let record = name(action.row)
            return RemainingRecord(record: record, reasons: [planned.contains(record) ? .notDone : .notPlanned])
        }
        let staying = draft.staying.map { RemainingRecord(record: name($0.row), reasons: $0.reasons.map(Reason.stays)) }
        return (due + staying).sorted { $0.record < $1.record }
    }
}
