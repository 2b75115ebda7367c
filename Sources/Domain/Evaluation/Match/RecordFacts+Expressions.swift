internal import CEL
internal import Chronology
internal import Policies
internal import Records

/// Rows of the inventory as expressions see them. Nothing is copied until a field is read.
extension RecordFacts: CELObjectSource {
    var objectType: CELObjectType { RecordField.objectType }

    func field(at index: Int, of row: Int) -> CELLookup {
        guard let field = RecordField(rawValue: index) else { return .absent }
        switch field {
        case .id: return .value(.string(inventory.id(row)))
        case .kind: return Self.kindNames[Int(inventory.kinds[row].rawValue)]
        case .source: return .value(.string(inventory.sourceNames[Int(inventory.sources[row])]))
        case .created: return credible(inventory.createdFact(row) == .point ? inventory.created(row) : nil, row)
        case .lastActivity: return known(lastActivity(counts: RecordFacts.defaultCounts)[row].interval)
        case .lastModified: return credible(inventory.modified(row).flatMap { $0.isPoint ? $0 : nil }, row)
        case .expires: return inventory.expires(row).map(known) ?? .absent
        case .status: return text(inventory.statuses[row])
        case .role: return role(inventory.roles[row], row)
        case .owner: return text(inventory.owners[row])
        case .subject: return text(inventory.subjects[row])
        case .tenant: return text(inventory.tenants[row])
        case .bytes: return size(inventory.bytes(row), row)
        case .tokens: return size(inventory.tokens(row), row)
        case .metadata: return .value(.map(CELMap(self, row: row)))
        case .container, .contains, .uses, .usedBy: return related(field, row)
        }
    }

    /// The names of kinds and roles by their raw values, made once, for making one costs more than all the rest.
    private static let kindNames = Kind.allCases.map { CELLookup.value(.string($0.name)) }
    private static let roleNames = Role.allCases.map { CELLookup.value(.string($0.name ?? "")) }

    /// A time that only a source can give: where none that can be believed was given, there is none.
    private func credible(_ time: Interval?, _ row: Int) -> CELLookup {
        if inventory.isConflicted(row) { return .unknown("two records of this id differ") }
        return time.map(known) ?? .absent
    }

    private func known(_ time: Interval) -> CELLookup {
        guard time.isPoint, let instant = time.earliest.instant else { return .unknown("the time is not known") }
        return .value(.timestamp(instant))
    }

    private func text(_ code: StringTable.Code) -> CELLookup {
        if code == StringTable.undecided { return .unknown("two readings of this record differ") }
        return inventory.strings.string(code).map { .value(.string($0)) } ?? .absent
    }

    private func role(_ role: Role, _ row: Int) -> CELLookup {
        if role != .unknown { return Self.roleNames[Int(role.rawValue)] }
        return inventory.isConflicted(row) ? .unknown("two records of this id differ") : .absent
    }

    private func size(_ size: Int64?, _ row: Int) -> CELLookup {
        if inventory.isConflicted(row) { return .unknown("two records of this id differ") }
        return size.map { .value(.int($0)) } ?? .absent
    }

    private func related(_ field: RecordField, _ row: Int) -> CELLookup {
        let kind = inventory.kinds[row]
        let complete = decidedKinds(of: row)
        return switch field {
        case .container: container(row)
        case .contains: list(contained, row, kind.parts.isSubset(of: complete))
        case .uses: list(used, row, kind.targets.isSubset(of: complete))
        default: list(users, row, kind.users.isSubset(of: complete))
        }
    }

    private func container(_ row: Int) -> CELLookup {
        let container = inventory.containers[row]
        if container == Inventory.unknownContainer { return .unknown("the container was not read") }
        let further = furtherContainers[row]
        if container == Inventory.noContainer { return further.first.map(object) ?? .absent }
        return further.isEmpty ? object(container) : .unknown("two records of this id differ")
    }

    private func object(_ row: UInt32) -> CELLookup { .value(.object(CELObject(self, row: Int(row)))) }

    private func list(_ records: RelatedRecords, _ row: Int, _ isComplete: Bool) -> CELLookup {
        isComplete
            ? .value(.list(CELList(records, row: row)))
            : .unknown("a kind of related record was not read to its end")
    }
}

/// The metadata of every row, read key by key.
extension RecordFacts: CELMapSource {
    func count(of row: Int) -> Int { keys(of: row).count }

    func keys(of row: Int) -> [String] {
        inventory.metadataKeys.indices
            .filter { inventory.metadataCode($0, row) != StringTable.absent }
            .map { inventory.metadataKeys[$0] }
            .sorted()
    }

    func value(forKey key: String, of row: Int) -> CELLookup {
        guard let index = inventory.metadataKey(named: key) else { return .absent }
        let code = inventory.metadataCode(index, row)
        if code == StringTable.undecided { return .unknown("two readings of this record differ") }
        return inventory.strings.string(code).map { .value(.string($0)) } ?? .absent
    }
}
