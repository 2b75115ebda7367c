internal import Records

/// A column of few distinct values.
enum CodedColumn: Hashable {
    case kind, source, role, status, owner, subject, tenant
    case metadata(Int)
    /// What every record says alike.
    case nothing

    /// The codes by row, as far as the column is one of codes.
    func codes(_ inventory: Inventory) -> Codes {
        switch self {
        case .kind: .kinds(inventory.kinds)
        case .source: .sources(inventory.sources)
        case .role: .roles(inventory.roles, inventory.timeFacts)
        case .status: .strings(inventory.statuses)
        case .owner: .strings(inventory.owners)
        case .subject: .strings(inventory.subjects)
        case .tenant: .strings(inventory.tenants)
        case .metadata(let key): .strings(inventory.metadataColumn(key))
        case .nothing: .nothing
        }
    }

    /// Whether codes are those of the inventory's strings, so that equal codes are equal strings.
    var isOfStrings: Bool {
        switch self {
        case .kind, .source, .role, .nothing: false
        case .status, .owner, .subject, .tenant, .metadata: true
        }
    }

    /// What stands in the column, by row.
    enum Codes {
        case strings([StringTable.Code])
        case kinds([Kind])
        case sources([UInt16])
        case roles([Role], [TimeFacts])
        case nothing

        /// No code but the undecided one is as large.
        func count(_ inventory: Inventory) -> Int {
            switch self {
            case .strings: inventory.strings.count
            case .kinds: Kind.allCases.count
            case .sources: inventory.sourceNames.count
            case .roles: Role.allCases.count * 2
            case .nothing: 1
            }
        }

        @inline(__always)
        subscript(row: UInt32) -> UInt32 {
            switch self {
            case .strings(let codes): codes[Int(row)]
            case .kinds(let kinds): UInt32(kinds[Int(row)].rawValue)
            case .sources(let sources): UInt32(sources[Int(row)])
            case .roles(let roles, let facts):
                UInt32(roles[Int(row)].rawValue) << 1 | (facts[Int(row)].isConflicted ? 1 : 0)
            case .nothing: 0
            }
        }
    }
}
