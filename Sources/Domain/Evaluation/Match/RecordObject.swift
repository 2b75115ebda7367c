internal import CEL
internal import Chronology
internal import Policies
internal import Records

/// A row of the inventory as expressions see it. Nothing is copied until a field is read.
struct RecordObject: CELObject {
    let facts: RecordFacts
    let row: Int

    var objectType: CELObjectType { RecordField.objectType }

    func isEqual(to other: any CELObject) -> Bool {
        guard let other = other as? RecordObject else { return false }
        return other.facts === facts && other.row == row
    }

    func field(at index: Int) -> CELLookup {
        let inventory = facts.inventory
        guard let field = RecordField(rawValue: index) else { return .absent }
        switch field {
        case .id: return .value(.string(inventory.id(row)))
        case .kind: return .value(.string(inventory.kinds[row].name))
        case .source: return .value(.string(inventory.sourceNames[Int(inventory.sources[row])]))
        case .created: return credible(inventory.createdFact(row) == .point ? inventory.created(row) : nil)
        case .lastActivity: return known(facts.lastActivity(counts: RecordFacts.defaultCounts)[row].interval)
        case .lastModified: return credible(inventory.modified(row).flatMap { $0.isPoint ? $0 : nil })
        case .expires: return inventory.expires(row).map(known) ?? .absent
        case .status: return text(inventory.statuses[row])
        case .role: return role(inventory.roles[row])
        case .owner: return text(inventory.owners[row])
        case .subject: return text(inventory.subjects[row])
        case .tenant: return text(inventory.tenants[row])
        case .bytes: return size(inventory.bytes(row))
        case .tokens: return size(inventory.tokens(row))
        case .metadata: return .value(.map(CELMap(host: RecordMetadata(facts: facts, row: row))))
        case .container, .contains, .uses, .usedBy: return related(field)
        }
    }

    /// A time that only a source can give: where none that can be believed was given, there is none.
    private func credible(_ time: Interval?) -> CELLookup {
        if facts.inventory.isConflicted(row) { return .unknown("two records of this id differ") }
        return time.map(known) ?? .absent
    }

    private func known(_ time: Interval) -> CELLookup {
        guard time.isPoint, let instant = time.earliest.instant else { return .unknown("the time is not known") }
        return .value(.timestamp(instant))
    }

    private func text(_ code: StringTable.Code) -> CELLookup {
        if code == StringTable.undecided { return .unknown("two readings of this record differ") }
        return facts.inventory.strings.string(code).map { .value(.string($0)) } ?? .absent
    }

    private func role(_ role: Role) -> CELLookup {
        if let name = role.name { return .value(.string(name)) }
        return facts.inventory.isConflicted(row) ? .unknown("two records of this id differ") : .absent
    }

    private func size(_ size: Int64?) -> CELLookup {
        if facts.inventory.isConflicted(row) { return .unknown("two records of this id differ") }
        return size.map { .value(.int($0)) } ?? .absent
    }

    private func related(_ field: RecordField) -> CELLookup {
        let kind = facts.inventory.kinds[row]
        let complete = facts.completeKinds(of: row)
        let relations = facts.relations
        switch field {
        case .container:
            if facts.inventory.containers[row] == Inventory.unknownContainer {
                return .unknown("the container was not read")
            }
            return relations.containers(of: row).first.map { .value(object($0)) } ?? .absent
        case .contains: return list(relations.parts(of: row), kind.parts.isSubset(of: complete))
        case .uses: return list(relations.used(by: row), kind.targets.isSubset(of: complete))
        default: return list(relations.users(of: row), kind.users.isSubset(of: complete))
        }
    }

    /// Related records in the order of reports, so that no answer depends on the order in which they were read.
    private func list(_ rows: [Int], _ isComplete: Bool) -> CELLookup {
        guard isComplete else { return .unknown("a kind of related record was not read to its end") }
        return .value(.list(CELList(rows.sorted(by: facts.inventory.precedes).map(object))))
    }

    private func object(_ row: Int) -> CELValue { .object(RecordObject(facts: facts, row: row)) }
}

/// The metadata of one row, read key by key.
struct RecordMetadata: CELMapping {
    let facts: RecordFacts
    let row: Int

    private var inventory: Inventory { facts.inventory }

    var count: Int { keys.count }

    var keys: [String] {
        inventory.metadataKeys.indices
            .filter { inventory.metadataColumn($0)[row] != StringTable.absent }
            .map { inventory.metadataKeys[$0] }
            .sorted()
    }

    func value(forKey key: String) -> CELLookup {
        guard let index = inventory.metadataKeys.firstIndex(of: key) else { return .absent }
        let code = inventory.metadataColumn(index)[row]
        if code == StringTable.undecided { return .unknown("two readings of this record differ") }
        return inventory.strings.string(code).map { .value(.string($0)) } ?? .absent
    }
}
