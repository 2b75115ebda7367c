internal import CEL
internal import Policies
internal import Records

/// Sends to review what a hold by owner, subject or tenant might speak of, if only the record said whose it is.
///
/// - Source: the design, section 5, "Fields".
struct ReviewRule: Sendable {
    private struct Demand: Sendable {
        let rule: MatchRule
        let fields: [[StringTable.Code]]
    }

    private let demands: [Demand]
    private let containers: [UInt32]
    let isEmpty: Bool

    init(_ book: RuleBook, _ rules: RulesInForce) {
        let inventory = book.facts.inventory
        containers = inventory.containers
        demands = book.rules.compactMap { rule in
            guard case .hold(let index) = rule.document, rules.isInEffect(index) else { return nil }
            var fields = rule.match.condition?.program.fieldsRead(of: RecordField.typeName) ?? []
            if !rule.match.subjects.isEmpty { fields.insert(RecordField.subject.name) }
            let columns = fields.compactMap { field -> [StringTable.Code]? in
                switch field {
                case RecordField.owner.name: inventory.owners
                case RecordField.subject.name: inventory.subjects
                case RecordField.tenant.name: inventory.tenants
                default: nil
                }
            }
            return columns.isEmpty ? nil : Demand(rule: rule, fields: columns)
        }
        isEmpty = demands.isEmpty
    }

    /// Whether nobody can say whose the record is while a hold asks.
    func sendsToReview(_ row: Int, _ kind: Kind, source: Int) -> Bool {
        demands.contains { demand in
            demand.rule.covers(kind, source: source)
                && (containers[row] == Inventory.unknownContainer
                    || demand.fields.contains {
                        $0[row] == StringTable.absent || $0[row] == StringTable.undecided
                    })
        }
    }
}
