internal import CEL
internal import Policies
internal import Records

/// A column of few distinct values, which matches select on.
enum MatchColumn: Sendable, Hashable {
    /// A metadata key, by its index in the inventory.
    case metadata(Int)
    case status, owner, subject, tenant, role
    /// Whether there is a time of creation, where the time itself is not read.
    case presenceOfCreated

    /// What stands in a column, by row.
    enum Codes: Sendable {
        /// Codes below a count, and the undecided one.
        case codes([StringTable.Code], count: Int)
        case roles([Role], [TimeFacts])
        case created([TimeFacts])

        /// How many places there are.
        var count: Int {
            switch self {
            case .codes(_, let count): count + 1
            case .roles: Role.allCases.count * 2
            case .created: 3
            }
        }

        /// The place of a row's value among all values: equal values have one place.
        @inline(__always)
        func place(_ row: Int) -> Int {
            switch self {
            // The undecided code is the largest of all, and comes first.
            case .codes(let codes, _): Int(codes[row] &+ 1)
            case .roles(let roles, let facts): MatchColumn.place(roles[row], facts[row])
            case .created(let facts): facts[row].createdIsPoint ? 1 : facts[row].isConflicted ? 2 : 0
            }
        }
    }

    /// An unknown role is one thing where none was given, and another where two records differ.
    @inline(__always)
    static func place(_ role: Role, _ facts: TimeFacts) -> Int {
        Int(role.rawValue) << 1 | (facts.isConflicted ? 1 : 0)
    }

    /// Whether of a sample of the records that have a value more than half have one of their own.
    func hasManyValues(_ inventory: Inventory) -> Bool {
        guard case .codes(let codes, _) = codes(inventory) else { return false }
        var sampled = 0
        var values: Set<StringTable.Code> = []
        for row in stride(from: 0, to: codes.count, by: max(1, codes.count / Self.sample)) {
            guard codes[row] != StringTable.absent else { continue }
            sampled += 1
            values.insert(codes[row])
        }
        return values.count > Self.fewValues && values.count * 2 > sampled
    }

    private static let sample = 4096
    /// So many values are few in any case.
    private static let fewValues = 512

    /// What stands in the column.
    func codes(_ inventory: Inventory) -> Codes {
        let count = inventory.strings.count
        return switch self {
        case .metadata(let key): .codes(inventory.metadataColumn(key), count: count)
        case .status: .codes(inventory.statuses, count: count)
        case .owner: .codes(inventory.owners, count: count)
        case .subject: .codes(inventory.subjects, count: count)
        case .tenant: .codes(inventory.tenants, count: count)
        case .role: .roles(inventory.roles, inventory.timeFacts)
        case .presenceOfCreated: .created(inventory.timeFacts)
        }
    }
}

extension CELProgram {
    /// The columns that a part reads of records of one kind in one source; nil where it reads more than columns.
    func columnsRead(_ part: CELSyntax.ID, _ inventory: Inventory) -> [MatchColumn]? {
        var columns: [MatchColumn] = []
        for name in fieldsRead(of: RecordField.typeName, within: part).sorted() {
            switch RecordField.allCases.first(where: { $0.name == name }) {
            case .kind, .source: continue
            case .status: columns.append(.status)
            case .owner: columns.append(.owner)
            case .subject: columns.append(.subject)
            case .tenant: columns.append(.tenant)
            case .role: columns.append(.role)
            case .created where onlyTests(RecordField.created.name, within: part): columns.append(.presenceOfCreated)
            case .metadata:
                let use = keysRead(ofField: name, of: RecordField.typeName, within: part)
                if use.isDynamic { return nil }
                columns += use.keys.compactMap { inventory.metadataKey(named: $0).map { .metadata($0) } }
            default: return nil
            }
        }
        return columns
    }

    /// Whether a field is only ever asked for with `has`.
    private func onlyTests(_ field: String, within part: CELSyntax.ID) -> Bool {
        var onlyTests = true
        syntax.walk(from: part) { id, _ in
            if let read = fieldRead(id), read.field == field, !read.isTest { onlyTests = false }
            return onlyTests
        }
        return onlyTests
    }
}
