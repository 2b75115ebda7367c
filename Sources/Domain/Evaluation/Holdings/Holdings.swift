public import Records

/// What is there, whatever rules say of it: how many records, how large and how old, and whose.
///
/// It is worked out in one pass. Beside the records it takes some 200 bytes for each combination of source, kind, owner
/// and tenant that occurs.
public struct Holdings: Sendable {
    /// What two records have in common that are counted together.
    public struct Key: Sendable, Hashable {
        /// The index of the source.
        public let source: Int
        /// The kind.
        public let kind: Kind
        /// The code of the owner, which may be absent or undecided.
        public let owner: StringTable.Code
        /// The code of the tenant, which may be absent or undecided.
        public let tenant: StringTable.Code
    }

    /// How much there is of something.
    public struct Figures: Sendable, Hashable {
        /// Records, their bytes, and the oldest.
        public internal(set) var amount = Amount()
        /// The tokens that they took, as far as that is known.
        public internal(set) var tokens: Int64 = 0
        /// How many records are of each band of ages, by the band's place.
        public internal(set) var bands = [Int](repeating: 0, count: AgeBand.allCases.count)

        /// Nothing.
        public init() {}

        mutating func add(_ row: Int, of inventory: Inventory) {
            amount.add(row, of: inventory)
            let (sum, isTooLarge) = tokens.addingReportingOverflow(max(inventory.tokens(row) ?? 0, 0))
            tokens = isTooLarge ? .max : sum
            bands[AgeBand(created: inventory.created(row), asOf: inventory.rules.asOf).rawValue] += 1
        }

        mutating func add(_ other: Figures) {
            amount.add(other.amount)
            let (sum, isTooLarge) = tokens.addingReportingOverflow(other.tokens)
            tokens = isTooLarge ? .max : sum
            for band in bands.indices { bands[band] += other.bands[band] }
        }
    }

    /// What was counted, which says what codes and sources mean.
    public let inventory: Inventory
    /// The figures of every combination that occurs, sorted by source, kind, and the bytes of owner and tenant.
    public let cells: [(key: Key, figures: Figures)]
    /// What hangs on surfaces that are gone.
    public let migration: MigrationOutlook

    /// Counts all records.
    public init(_ inventory: Inventory, _ migration: MigrationOutlook) {
        self.inventory = inventory
        self.migration = migration
        var places: [Key: Int] = [:]
        var cells: [(key: Key, figures: Figures)] = []
        let (kinds, sources) = (inventory.kinds, inventory.sources)
        let (owners, tenants) = (inventory.owners, inventory.tenants)
        for row in 0..<inventory.count {
            let key = Key(source: Int(sources[row]), kind: kinds[row], owner: owners[row], tenant: tenants[row])
            let place = places[key] ?? cells.count
            if place == cells.count {
                places[key] = place
                cells.append((key, Figures()))
            }
            cells[place].figures.add(row, of: inventory)
        }
        let names = CodeOrder(inventory.strings)
        self.cells = cells.sorted { left, right in
            let (first, second) = (left.key, right.key)
            let sources = (inventory.sourceNames[first.source], inventory.sourceNames[second.source])
            if sources.0 != sources.1 { return sources.0 < sources.1 }
            if first.kind != second.kind { return first.kind < second.kind }
            if first.owner != second.owner { return names.precedes(first.owner, second.owner) }
            return names.precedes(first.tenant, second.tenant)
        }
    }

    /// The figures of what has something in common, in the order in which that first stands among the cells.
    public func grouped<Group: Hashable>(by group: (Key) -> Group) -> [(group: Group, figures: Figures)] {
        var places: [Group: Int] = [:]
        var groups: [(group: Group, figures: Figures)] = []
        for cell in cells {
            let name = group(cell.key)
            let place = places[name] ?? groups.count
            if place == groups.count {
                places[name] = place
                groups.append((name, Figures()))
            }
            groups[place].figures.add(cell.figures)
        }
        return groups
    }
}

/// Orders codes by the bytes that they stand for: what is absent first, and what is undecided last.
private struct CodeOrder {
    let strings: StringTable

    init(_ strings: StringTable) { self.strings = strings }

    func precedes(_ left: StringTable.Code, _ right: StringTable.Code) -> Bool {
        func rank(_ code: StringTable.Code) -> Int {
            code == StringTable.absent ? 0 : code == StringTable.undecided ? 2 : 1
        }
        if rank(left) != rank(right) { return rank(left) < rank(right) }
        return (strings.string(left) ?? "").utf8.lexicographicallyPrecedes((strings.string(right) ?? "").utf8)
    }
}
