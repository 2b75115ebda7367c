internal import Records

/// What somebody kept of the records of one kind.
struct RegistryTable: Sendable {
    private var table = StringTable()
    /// By code; empty while nothing is known of any.
    private var known: [RegistryFacts?] = []

    /// The ids, in the order of first sight.
    var ids: [String] {
        guard table.count > 1 else { return [] }
        return (1..<StringTable.Code(table.count)).compactMap(table.string)
    }

    func knows(_ id: Span<UInt8>) -> Bool { table.knownCode(id) != nil }

    func facts(_ id: Span<UInt8>) -> RegistryFacts? {
        guard !known.isEmpty, let code = table.knownCode(id), Int(code) < known.count else { return nil }
        return known[Int(code)]
    }

    mutating func add(_ id: String) -> (code: StringTable.Code, isNew: Bool) {
        let before = table.count
        let code = table.code(id)
        return (code, table.count > before)
    }

    /// Joins what a line states with what earlier ones did.
    ///
    /// - Returns: what they contradict each other about for the first time.
    mutating func join(_ facts: RegistryFacts, to code: StringTable.Code) -> [RecordAttribute] {
        while known.count <= Int(code) { known.append(nil) }
        guard var joined = known[Int(code)] else {
            known[Int(code)] = facts
            return []
        }
        let disputed = joined.join(facts)
        known[Int(code)] = joined
        return disputed
    }
}

/// What the wire does not know of a record.
struct RegistryFacts: Sendable, Hashable {
    /// A line of a file, or a row of a statement's answer.
    struct Place: Sendable, Hashable {
        /// Which of the registry's origins it is.
        let origin: UInt16
        let line: UInt32
    }

    /// Where it was stated first.
    let place: Place
    /// Microseconds since 1970: it was active then, and may have been since.
    var lastActivity: Int64?
    private var owner = StringTable.absent
    private var subject = StringTable.absent
    private var tenant = StringTable.absent

    init(place: Place) { self.place = place }

    /// The code of an attribute in the registry's strings; `undecided` where lines contradict each other.
    subscript(attribute: RecordAttribute) -> StringTable.Code {
        get {
            switch attribute {
            case .owner: owner
            case .subject: subject
            case .tenant: tenant
            }
        }
        set {
            switch attribute {
            case .owner: owner = newValue
            case .subject: subject = newValue
            case .tenant: tenant = newValue
            }
        }
    }

    /// Takes in another statement: the later activity, and of attributes what both allow.
    fileprivate mutating func join(_ other: RegistryFacts) -> [RecordAttribute] {
        lastActivity = [lastActivity, other.lastActivity].compactMap { $0 }.max()
        return RecordAttribute.allCases.filter { attribute in
            guard other[attribute] != StringTable.absent, other[attribute] != self[attribute] else { return false }
            let isNew = self[attribute] == StringTable.absent
            let wasDisputed = self[attribute] == StringTable.undecided
            self[attribute] = isNew ? other[attribute] : StringTable.undecided
            return !isNew && !wasDisputed
        }
    }
}
