internal import Chronology

/// Records as one window of a source gave them, ready to be joined to the inventory.
///
/// A connector fills a batch on its own thread: `begin`, any setters in any order, `commit`. Nothing here is a
/// `String` unless something is wrong with the data.
public struct RecordBatch: Sendable {
    /// What all batches of one source share.
    public struct Layout: Sendable {
        /// The source's name.
        public let source: String
        /// The metadata keys that policies and sources name; no others are read.
        public let metadataKeys: [String]
        /// Which of the keys gives a record's owner, subject and tenant.
        public let owner: Int?, subject: Int?, tenant: Int?
        /// How times are read.
        public let rules: TimeRules

        /// A layout. A field whose key is not among `metadataKeys` is never set.
        public init(
            source: String, metadataKeys: [String], rules: TimeRules, ownerKey: String = "owner",
            subjectKey: String = "subject", tenantKey: String = "tenant"
        ) {
            self.source = source
            self.metadataKeys = metadataKeys
            self.rules = rules
            owner = metadataKeys.firstIndex(of: ownerKey)
            subject = metadataKeys.firstIndex(of: subjectKey)
            tenant = metadataKeys.firstIndex(of: tenantKey)
        }
    }

    /// A time that a connector read.
    public enum Reading: Sendable {
        /// Microseconds since 1970 UTC, whatever they say.
        case microseconds(Int64)
        /// Null, zero or left out where the kind has this time.
        case missing
        /// Not a number, or one that no calendar reaches.
        case unreadable
    }

    let layout: Layout
    let file: String
    var columns: Columns
    var strings = StringTable()
    var targets = StringTable()
    var references = ReferenceColumns()
    var lines: [UInt32] = []
    /// What was wrong in this window.
    public var problems = ProblemLog()
    private var current = Draft()
    private var lastContainer: StringTable.Code = StringTable.absent

    /// An empty batch for records of one file.
    public init(layout: Layout, file: String) {
        self.layout = layout
        self.file = file
        columns = Columns(metadataKeys: layout.metadataKeys.count)
        current.metadata = Array(repeating: StringTable.absent, count: layout.metadataKeys.count)
    }

    /// How many records were committed.
    public var count: Int { columns.count }

    /// Starts a record. An unfinished one is forgotten, with all that it referred to.
    public mutating func begin(_ kind: Kind, line: Int) {
        columns.idBytes.removeLast(columns.idBytes.count - Int(columns.idEnds.last ?? 0))
        references.truncate(toRow: columns.count)
        current.reset(kind: kind, line: line)
    }

    /// The record's id; of several calls the parts are joined by a slash.
    public mutating func appendId(_ part: Span<UInt8>) {
        if current.hasId { columns.idBytes.append(UInt8(ascii: "/")) }
        part.withUnsafeBufferPointer { columns.idBytes.append(contentsOf: $0) }
        current.hasId = true
    }

    /// When the record was created.
    public mutating func setCreated(_ reading: Reading) {
        (current.created, current.createdFact) = read(reading, field: "created")
    }

    /// One time at which something happened to the record itself. The newest of all counts.
    public mutating func noteActivity(_ reading: Reading) {
        let (moment, fact) = read(reading, field: "last activity")
        current.activity = max(current.activity, moment)
        current.activityFact = TimeFact(rawValue: max(current.activityFact.rawValue, fact.rawValue)) ?? fact
    }

    /// When the provider will remove the record: a point like any other where it lies in the future.
    public mutating func setExpires(_ reading: Reading) {
        current.expires = read(reading, field: "expires", mayBeFuture: true)
    }

    /// When the record was last modified.
    public mutating func setModified(_ reading: Reading) { current.modified = read(reading, field: "last modified") }

    /// Who speaks.
    public mutating func setRole(_ role: Role) { current.role = role }

    /// The provider's own word for the record's state.
    public mutating func setStatus(_ status: Span<UInt8>) { current.status = strings.code(status) }

    /// How large the record is. A negative size is unknown.
    public mutating func setBytes(_ bytes: Int64) { current.bytes = bytes }

    /// How many tokens it took. A negative count is unknown.
    public mutating func setTokens(_ tokens: Int64) { current.tokens = tokens }

    /// The value of the metadata key of this index in the layout.
    public mutating func setMetadata(_ key: Int, _ value: Span<UInt8>) {
        current.metadata[key] = strings.code(value)
    }

    /// Marks a metadata key as given twice, with values that may differ.
    public mutating func setMetadataUndecided(_ key: Int) { current.metadata[key] = StringTable.undecided }

    /// What the record is a part of; the container's kind follows from the record's.
    public mutating func setContainer(_ id: Span<UInt8>) {
        let isLast = lastContainer != StringTable.absent && targets.withBytes(lastContainer) { ByteHash.equal($0, id) }
        if !isLast { lastContainer = targets.code(id) }
        current.container = lastContainer
    }

    /// Another record that this one uses or cites.
    public mutating func addReference(_ relation: Relation, to kind: Kind, _ id: Span<UInt8>) {
        references.append(row: columns.count, relation: relation, kind: kind, target: targets.code(id))
    }

    /// Ends the record. False, and nothing is added, where it has no id.
    public mutating func commit() -> Bool {
        guard current.hasId, columns.idBytes.count > Int(columns.idEnds.last ?? 0),
            let idEnd = UInt32(exactly: columns.idBytes.count), let line = UInt32(exactly: current.line)
        else { return false }
        let row = columns.count
        columns.idEnds.append(idEnd)
        columns.kinds.append(current.kind)
        columns.sources.append(0)
        columns.created.append(current.created)
        columns.activity.append(current.activity)
        columns.facts.append(TimeFacts(created: current.createdFact, activity: current.activityFact))
        columns.roles.append(current.role)
        columns.status.append(current.status)
        columns.bytes.append(current.bytes)
        columns.tokens.append(current.tokens)
        columns.owners.append(layout.owner.map { current.metadata[$0] } ?? StringTable.absent)
        columns.subjects.append(layout.subject.map { current.metadata[$0] } ?? StringTable.absent)
        columns.tenants.append(layout.tenant.map { current.metadata[$0] } ?? StringTable.absent)
        columns.containers.append(current.container)
        for key in current.metadata.indices { columns.metadata[key].append(current.metadata[key]) }
        if let expires = current.expires {
            columns.expires.append(row: row, moment: expires.0, fact: expires.1)
        }
        if let modified = current.modified {
            columns.modified.append(row: row, moment: modified.0, fact: modified.1)
        }
        lines.append(line)
        return true
    }

    /// Moves every line: a window of a file learns only at its turn where it begins.
    public mutating func moveLines(by offset: Int) {
        guard let added = UInt32(exactly: offset) else { return }
        for index in lines.indices { lines[index] &+= added }
        problems.moveLines(by: offset)
    }

    private mutating func read(_ reading: Reading, field: String, mayBeFuture: Bool = false) -> (Int64, TimeFact) {
        switch reading {
        case .missing: return (Moment.beginning.microseconds, .missing)
        case .unreadable:
            addTimeProblem(.implausibleTime, "the time \(field) is not a number of seconds")
            return (Moment.beginning.microseconds, .implausible)
        case .microseconds(let value):
            let fact = layout.rules.fact(microseconds: value)
            switch fact {
            case .point: return (value, .point)
            case .future where mayBeFuture: return (value, .point)
            case .future: addTimeProblem(.futureTime, "the time \(field) is more than five minutes after the as-of")
            case .implausible: addTimeProblem(.implausibleTime, "the time \(field) is before 1970-01-02 or after 9999")
            case .absent, .missing: break
            }
            return (Moment.beginning.microseconds, fact)
        }
    }

    private mutating func addTimeProblem(_ code: Problem.Code, _ message: String) {
        problems.add(
            Problem(
                code: code, source: layout.source, place: Place(file: file, line: current.line), kind: current.kind,
                message: message, losesData: false))
    }
}

/// The record that is being read.
private struct Draft: Sendable {
    var kind = Kind.thread
    var line = 0
    var hasId = false
    var created = Moment.beginning.microseconds
    var createdFact = TimeFact.absent
    var activity = Moment.beginning.microseconds
    var activityFact = TimeFact.absent
    var role = Role.unknown
    var status = StringTable.absent
    var bytes: Int64 = -1
    var tokens: Int64 = -1
    var container = StringTable.absent
    var expires: (Int64, TimeFact)?
    var modified: (Int64, TimeFact)?
    var metadata: [StringTable.Code] = []

    mutating func reset(kind: Kind, line: Int) {
        self.kind = kind
        self.line = line
        hasId = false
        created = Moment.beginning.microseconds
        createdFact = .absent
        activity = Moment.beginning.microseconds
        activityFact = .absent
        role = .unknown
        status = StringTable.absent
        bytes = -1
        tokens = -1
        container = StringTable.absent
        expires = nil
        modified = nil
        for key in metadata.indices { metadata[key] = StringTable.absent }
    }
}
