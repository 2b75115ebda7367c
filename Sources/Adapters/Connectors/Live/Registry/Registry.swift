internal import Policies
internal import Records

/// What somebody kept of a service's records: the ids of what it cannot list, and what the wire does not know of them.
///
/// An id of forty bytes takes about seventy, and forty more where something is known of it.
struct Registry: Sendable {
    private var tables: [Kind: RegistryTable] = [:]
    private var complete: KindSet = []
    private var count = 0
    /// Owners, subjects and tenants, of all kinds.
    private(set) var strings = StringTable()
    /// The files that it was read from.
    private(set) var origins: [String] = []
    /// The metadata keys whose values are ids of a kind.
    private(set) var keysOfIds: [(name: String, kind: Kind)] = []
    /// Records of which two lines state different things.
    private(set) var conflicts: [RegistryConflict] = []

    /// How many records a registry may name.
    static let usualMost = 1_000_000
    private let most: Int

    /// Nothing known.
    init() { most = 0 }

    /// Reads what a document names.
    ///
    /// - Throws: `RegistryDefect` at the first line that cannot be believed: nothing of a registry is passed over.
    init(_ entries: [Source.RegistryEntry], most: Int = Self.usualMost) throws(RegistryDefect) {
        self.most = most
        for entry in entries {
            switch entry.place {
            case .file(let path):
                try take(RegistryFile(path), entry)
            case .query(let database, let sql):
                try take(RegistryQuery(database: database, sql: sql), entry)
            case .metadata(let name): if let kind = entry.kind { keysOfIds.append((name, kind)) }
            }
            if let kind = entry.kind, entry.isComplete { complete.formUnion(KindSet(kind)) }
        }
    }

    /// Whether it names no record at all.
    var isEmpty: Bool { count == 0 }

    /// The ids of a kind, each once, in their order.
    func ids(of kind: Kind) -> [String] { tables[kind]?.ids ?? [] }

    /// Takes in ids that somebody else knows, and gives those that are new.
    mutating func add(_ known: [String], of kind: Kind) -> [String] {
        known.filter { tables[kind, default: RegistryTable()].add($0).isNew }
    }

    /// Whether this id of a kind is among them.
    func knows(_ id: Span<UInt8>, _ kind: Kind) -> Bool { tables[kind]?.knows(id) ?? false }

    /// Whether somebody vouches that there are no others.
    func isComplete(_ kind: Kind) -> Bool { complete.has(kind) }

    /// What is known of the record of this id, besides that there is one; nil for nothing.
    func facts(_ id: Span<UInt8>, _ kind: Kind) -> RegistryFacts? { tables[kind]?.facts(id) }

    /// Where something is stated.
    func place(_ place: RegistryFacts.Place) -> Place {
        Place(file: origins[Int(place.origin)], line: Int(place.line))
    }

    private mutating func take(_ rows: some RegistryRows, _ entry: Source.RegistryEntry) throws(RegistryDefect) {
        origins.append(rows.name)
        do throws(RegistryDefect) {
            try rows.forEach { (row, line) throws(RegistryComplaint) in try add(row, line, entry.kind) }
        } catch {
            var defect = error
            defect.location = entry.location
            throw defect
        }
    }

    private mutating func add(_ row: RegistryRow, _ line: Int, _ usualKind: Kind?) throws(RegistryComplaint) {
        guard let id = row.id else {
            throw RegistryComplaint("holds no id", hint: "write the provider's id")
        }
        guard let kind = row.kind ?? usualKind else {
            throw RegistryComplaint(
                "does not say of which kind it is, and neither does the entry", hint: "add a kind to the entry")
        }
        let place = RegistryFacts.Place(origin: UInt16(clamping: origins.count - 1), line: UInt32(clamping: line))
        let added = tables[kind, default: RegistryTable()].add(id)
        if added.isNew {
            count += 1
            guard count <= most else {
                throw RegistryComplaint(
                    "names one record more than the \(most) that a registry may", hint: "part the source in several")
            }
        }
        guard !row.attributes.isEmpty || row.lastActivity != nil else { return }
        var facts = RegistryFacts(place: place)
        facts.lastActivity = row.lastActivity
        for attribute in RecordAttribute.allCases {
            if let text = row.attributes[attribute] { facts[attribute] = strings.code(text) }
        }
        let disputed = tables[kind, default: RegistryTable()].join(facts, to: added.code)
        if !disputed.isEmpty, conflicts.count <= ProblemLog.keptPerCode {
            conflicts.append(RegistryConflict(kind: kind, id: id, place: place, attributes: disputed))
        }
    }
}

/// Two lines that state an owner, subject or tenant in different ways.
struct RegistryConflict: Sendable, Hashable {
    let kind: Kind
    let id: String
    /// Where the later of the two stands.
    let place: RegistryFacts.Place
    let attributes: [RecordAttribute]
}

/// Lines to be read, from wherever they are.
protocol RegistryRows {
    /// What they are called where something is said of them.
    var name: String { get }

    /// Reads them, in their order.
    ///
    /// - Throws: what the body throws, with its line; and what stands in the way of reading.
    func forEach(
        _ body: (RegistryRow, _ line: Int) throws(RegistryComplaint) -> Void
    ) throws(RegistryDefect)
}

/// Why a registry cannot be believed.
struct RegistryDefect: Error {
    /// The file and line, or the file and row.
    let place: String
    let reason: String
    let hint: String
    /// Where the entry stands that names it.
    fileprivate(set) var location: SourceLocation?

    init(place: String, _ complaint: RegistryComplaint) {
        self.place = place
        (reason, hint) = (complaint.reason, complaint.hint)
    }
}
