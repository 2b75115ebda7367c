internal import Chronology
internal import Spelling

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
            owner = metadataKeys.firstIndex { $0.hasSameBytes(as: ownerKey) }
            subject = metadataKeys.firstIndex { $0.hasSameBytes(as: subjectKey) }
            tenant = metadataKeys.firstIndex { $0.hasSameBytes(as: tenantKey) }
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
    private(set) var rows: [BatchRow] = []
    /// What every row's line is added to: to change the rows themselves would copy them.
    private(set) var lineOffset: UInt32 = 0
    private(set) var idBytes: [UInt8] = []
    /// The metadata codes of the rows, one after another.
    private(set) var metadata: [StringTable.Code] = []
    private(set) var expires = SparseTimes()
    private(set) var modified = SparseTimes()
    private(set) var tools = SparseTools()
    var strings = StringTable()
    /// What is stated of the rows' owners, subjects and tenants, in the order of the rows.
    var stated: [StatedAttribute] = []
    /// What the rows name, mostly each once: whoever joins the rows finds out what is the same.
    private(set) var targets = StringList()
    private(set) var references: [NamedReference] = []
    /// What records refer to that stand elsewhere.
    private(set) var furtherReferences: [FurtherReference] = []
    /// Times of the rows that are not believed yet.
    private(set) var laterTimes: [LaterTime] = []
    /// What was wrong in this window.
    public var problems = ProblemLog()
    private var current = BatchRow()
    private var hasId = false
    private var currentExpires: (Int64, TimeFact)?
    private var currentModified: (Int64, TimeFact)?
    private var currentTools = ToolSet()
    private var currentLater: [LaterTime] = []
    /// What the record's activity comes to without the times that are not believed yet.
    private var settledActivity = TimeFact.absent
    /// What was named last, for what is named again and again.
    private var lastContainer: StringTable.Code = StringTable.absent
    private var lastTarget: StringTable.Code = StringTable.absent
    private var lastStatus: StringTable.Code = StringTable.absent
    private var lastMetadata: [StringTable.Code]
    /// Whether any record may have a value of this metadata key, or a size.
    private(set) var namesKey: [Bool]
    private(set) var hasBytes = false, hasTokens = false
    private let keyCount: Int
    /// More records than a window of messages mostly has, so that a batch seldom grows.
    private static let usualCount = 512

    /// An empty batch for records of one file.
    public init(layout: Layout, file: String) {
        self.layout = layout
        self.file = file
        keyCount = layout.metadataKeys.count
        lastMetadata = Array(repeating: StringTable.absent, count: keyCount)
        namesKey = Array(repeating: false, count: keyCount)
        rows.reserveCapacity(Self.usualCount)
        idBytes.reserveCapacity(Self.usualCount * 32)
        metadata.reserveCapacity(Self.usualCount * keyCount)
    }

    /// An empty batch for what comes after another: room is made for as much as that had, so that it need not grow.
    public init(layout: Layout, file: String, after other: RecordBatch) {
        self.init(layout: layout, file: file)
        guard other.count > Self.usualCount else { return }
        let more = other.count / 16
        rows.reserveCapacity(other.count + more)
        idBytes.reserveCapacity(other.idBytes.count + other.idBytes.count / 16)
        metadata.reserveCapacity((other.count + more) * keyCount)
        references.reserveCapacity(other.references.count + other.references.count / 16)
        targets = StringList(like: other.targets)
    }

    /// How many records were committed.
    public var count: Int { rows.count }

    /// How many bytes the ids of the committed records have.
    public var idByteCount: Int { Int(rows.last?.idEnd ?? 0) }

    /// The id of a committed record.
    public func id(_ index: Int) -> String { String(decoding: idBytes[idRange(index)], as: UTF8.self) }

    /// Reads the bytes of a committed record's id.
    public func withId<Result>(_ index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        body(idBytes.span.extracting(idRange(index)))
    }

    private func idRange(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(rows[index - 1].idEnd))..<Int(rows[index].idEnd)
    }

    /// The kind of a committed record.
    public func kind(_ index: Int) -> Kind { rows[index].kind }

    /// Starts a record. An unfinished one is forgotten, with all that it referred to.
    public mutating func begin(_ kind: Kind, line: Int) {
        if idBytes.count > idByteCount { idBytes.removeLast(idBytes.count - idByteCount) }
        while let last = references.last, last.row >= rows.count { references.removeLast() }
        while let last = stated.last, last.row >= rows.count { stated.removeLast() }
        let committedMetadata = rows.count * keyCount
        if metadata.count > committedMetadata { metadata.removeLast(metadata.count - committedMetadata) }
        metadata.append(contentsOf: repeatElement(StringTable.absent, count: keyCount))
        current = BatchRow()
        current.kind = kind
        current.line = UInt32(clamping: line)
        hasId = false
        currentExpires = nil
        currentModified = nil
        currentTools = []
        settledActivity = .absent
        if !currentLater.isEmpty { currentLater.removeAll(keepingCapacity: true) }
    }

    /// The record's id; of several calls the parts are joined by a slash.
    public mutating func appendId(_ part: Span<UInt8>) {
        if hasId { idBytes.append(UInt8(ascii: "/")) }
        part.withUnsafeBufferPointer { idBytes.append(contentsOf: $0) }
        hasId = true
    }

    /// When the record was created.
    public mutating func setCreated(_ reading: Reading) {
        (current.created, current.createdFact) = read(reading, field: "created")
        if current.createdFact == .future { keep(reading, as: .created) }
    }

    /// Something that no source shows uses the record, or may.
    public mutating func noteUnseenUse() { current.isUsedUnseen = true }

    /// A tool that the record is given.
    public mutating func noteTool(_ tool: ToolSet) { currentTools.formUnion(tool) }

    /// One time at which something happened to the record itself. The newest of all counts.
    public mutating func noteActivity(_ reading: Reading) {
        let (moment, fact) = read(reading, field: "last activity")
        current.activity = max(current.activity, moment)
        current.activityFact = current.activityFact.joined(with: fact)
        if fact == .future {
            keep(reading, as: .activity)
        } else {
            settledActivity = settledActivity.joined(with: fact)
        }
    }

    /// When the provider will remove the record: a point like any other where it lies in the future.
    public mutating func setExpires(_ reading: Reading) {
        currentExpires = read(reading, field: "expires", mayBeFuture: true)
    }

    /// When the record was last modified.
    public mutating func setModified(_ reading: Reading) {
        let (moment, fact) = read(reading, field: "last modified")
        currentModified = (moment, fact)
        if fact == .future { keep(reading, as: .modified) }
    }

    /// Who speaks.
    public mutating func setRole(_ role: Role) { current.role = role }

    /// The provider's own word for the record's state.
    public mutating func setStatus(_ status: Span<UInt8>) {
        if !strings.isCode(lastStatus, of: status) { lastStatus = strings.code(status) }
        current.status = lastStatus
    }

    /// How large the record is. A negative size is unknown.
    public mutating func setBytes(_ bytes: Int64) {
        current.bytes = bytes
        hasBytes = true
    }

    /// How many tokens it took. A negative count is unknown.
    public mutating func setTokens(_ tokens: Int64) {
        current.tokens = tokens
        hasTokens = true
    }

    /// The value of the metadata key of this index in the layout.
    public mutating func setMetadata(_ key: Int, _ value: Span<UInt8>) {
        if !strings.isCode(lastMetadata[key], of: value) { lastMetadata[key] = strings.code(value) }
        metadata[rows.count * keyCount + key] = lastMetadata[key]
        namesKey[key] = true
    }

    /// Marks a metadata key as given twice, with values that may differ.
    public mutating func setMetadataUndecided(_ key: Int) {
        metadata[rows.count * keyCount + key] = StringTable.undecided
        namesKey[key] = true
    }

    /// What the record is a part of; the container's kind follows from the record's.
    public mutating func setContainer(_ id: Span<UInt8>) {
        current.container = target(id, last: lastContainer)
        lastContainer = current.container
    }

    /// Another record that this one uses or cites.
    public mutating func addReference(_ relation: Relation, to kind: Kind, _ id: Span<UInt8>) {
        lastTarget = target(id, last: lastTarget)
        references.append(
            NamedReference(row: UInt32(rows.count), target: lastTarget, relation: relation, kind: kind))
    }

    /// The number of what is named: the last one of its sort, where that is named again.
    @inline(__always)
    private mutating func target(_ id: Span<UInt8>, last: StringTable.Code) -> StringTable.Code {
        if last != StringTable.absent, targets.matches(Int(last), id) { return last }
        targets.append(id)
        return StringTable.Code(targets.count - 1)
    }

    /// Ends the record. False, and nothing is added, where it has no id.
    public mutating func commit() -> Bool {
        guard hasId, idBytes.count > idByteCount, let idEnd = UInt32(exactly: idBytes.count) else { return false }
        if let (moment, fact) = currentExpires { expires.append(row: rows.count, moment: moment, fact: fact) }
        if let (moment, fact) = currentModified { modified.append(row: rows.count, moment: moment, fact: fact) }
        if !currentTools.isEmpty { tools.append(row: rows.count, currentTools) }
        current.idEnd = idEnd
        for var time in currentLater {
            time.row = UInt32(rows.count)
            time.settledActivity = settledActivity
            laterTimes.append(time)
        }
        rows.append(current)
        hasId = false
        return true
    }

    /// Ends what was begun without a record: what it referred to, that other record of the source refers to as well,
    /// wherever it stands. Where there is none, nobody does.
    public mutating func commitReferences(of id: String) {
        let owner = Array(id.utf8)
        let code = target(owner.span, last: StringTable.absent)
        while let last = references.last, last.row >= rows.count {
            furtherReferences.append(FurtherReference(kind: current.kind, id: code, reference: last))
            references.removeLast()
        }
        hasId = false
    }

    /// Drops all committed records but these, with all that they say. What was wrong in the window stays, and so does what
    /// it says of records that stand elsewhere.
    ///
    /// - Parameter places: those of the records that stay, ascending.
    public mutating func keep(only places: [Int]) {
        var newRows = [UInt32?](repeating: nil, count: rows.count)
        var (kept, ids, codes): ([BatchRow], [UInt8], [StringTable.Code]) = ([], [], [])
        kept.reserveCapacity(places.count)
        for (new, old) in places.enumerated() {
            newRows[old] = UInt32(new)
            ids += idBytes[idRange(old)]
            codes += metadata[old * keyCount..<(old + 1) * keyCount]
            var row = rows[old]
            row.idEnd = UInt32(ids.count)
            kept.append(row)
        }
        expires = expires.moved { newRows[$0] }
        modified = modified.moved { newRows[$0] }
        tools = tools.moved { newRows[$0] }
        stated = stated.compactMap { statement in
            guard statement.row < newRows.count else { return nil }
            return newRows[Int(statement.row)].map {
                StatedAttribute(row: $0, attribute: statement.attribute, code: statement.code)
            }
        }
        references = references.compactMap { reference in
            guard reference.row < newRows.count, let row = newRows[Int(reference.row)] else { return nil }
            var moved = reference
            moved.row = row
            return moved
        }
        laterTimes = laterTimes.compactMap { time in
            guard let row = newRows[Int(time.row)] else { return nil }
            var moved = time
            moved.row = row
            return moved
        }
        (rows, idBytes, metadata) = (kept, ids, codes)
        hasId = false
    }

    /// The places of the committed records with which something is wrong; nil where nobody can tell with which.
    public var placesOfProblems: Set<Int>? {
        guard problems.counts.values.reduce(0, +) == problems.kept.count else { return nil }
        var lines: Set<Int> = []
        for problem in problems.kept {
            guard let place = problem.place, place.file == file else { return nil }
            lines.insert(place.line)
        }
        return lines.isEmpty ? [] : Set(rows.indices.filter { lines.contains(Int(rows[$0].line &+ lineOffset)) })
    }

    /// Moves every line: a window of a file learns only at its turn where it begins.
    public mutating func moveLines(by offset: Int) {
        guard let added = UInt32(exactly: offset) else { return }
        lineOffset &+= added
        problems.moveLines(by: offset)
    }

    /// Keeps a time in the future for those who ask what will be true then.
    private mutating func keep(_ reading: Reading, as field: LaterTime.Field) {
        guard case .microseconds(let value) = reading else { return }
        currentLater.append(LaterTime(field: field, microseconds: value))
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
                code: code, source: layout.source, place: Place(file: file, line: Int(current.line)),
                kind: current.kind,
                message: message, losesData: false))
    }
}

/// A record as a batch holds it: one value, so that reading costs one append a record and not one a column.
struct BatchRow: Sendable {
    var created = Moment.beginning.microseconds
    var activity = Moment.beginning.microseconds
    var bytes: Int64 = -1
    var tokens: Int64 = -1
    var container = StringTable.absent
    var status = StringTable.absent
    var idEnd: UInt32 = 0
    var line: UInt32 = 0
    var kind = Kind.thread
    var role = Role.unknown
    var createdFact = TimeFact.absent
    var activityFact = TimeFact.absent
    var isUsedUnseen = false
}
