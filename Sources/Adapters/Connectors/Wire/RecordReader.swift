internal import JSONLines
internal import Records

/// Turns the objects of one window after another into records.
///
/// What it learns of their shapes goes with it. Nothing of the content is kept; what is wrong is noted with its line and
/// without quoting anything.
struct RecordReader {
    private(set) var file = Material(name: "", kind: nil)
    var batch: RecordBatch
    var tally = Tally()
    private let layout: RecordBatch.Layout
    /// What is known of the records besides what they say.
    let registry: Registry
    /// Whether it knows anything: millions of records are read where none does.
    let hasRegistry: Bool
    var line = 0
    /// The kind of the record that is being read.
    var kind = Kind.thread
    var fields = JSONFields(Field.table, below: Self.referringKeys)
    var inner = JSONFields(InnerField.table)
    var metadata: JSONFields

    private var lastName: (name: [UInt8], kind: Kind)?

    private static let deepestList = 3

    init(_ layout: RecordBatch.Layout, metadataKeys: JSONFieldTable, registry: Registry = Registry()) {
        self.layout = layout
        self.registry = registry
        hasRegistry = !registry.isEmpty
        batch = RecordBatch(layout: layout, file: file.name)
        metadata = JSONFields(metadataKeys)
    }

    /// Begins a window of this file.
    mutating func begin(_ file: Material) {
        self.file = file
        batch = RecordBatch(layout: layout, file: file.name, after: batch)
        tally = Tally()
    }

    mutating func read(_ record: JSONRecord, line: Int) {
        self.line = line
        switch record {
        case .value(let value): read(value, depth: 0)
        case .defect(let defect): lose(Problem.Code(defect), file.kind, defect.description)
        }
    }

    /// Reads what should be one record of this kind, such as an element of a service's list. What says that it is of another
    /// kind is taken for that, and the one that should be there is lost.
    mutating func read(_ value: JSONValue, as kind: Kind, line: Int) {
        (self.line, self.kind) = (line, kind)
        read(value, depth: Self.deepestList)
        if self.kind != kind { lose(.unknownKind, kind, "says that its kind is \(self.kind.name)") }
    }

    private mutating func read(_ value: JSONValue, depth: Int) {
        switch value.kind {
        case .object: readObject(value, depth: depth)
        case .array where depth < Self.deepestList:
            for element in value.elements { read(element, depth: depth + 1) }
        default: lose(.unknownKind, file.kind, "not an object that says what it is")
        }
    }

    private mutating func readObject(_ value: JSONValue, depth: Int) {
        fields.read(value)
        if fields.isRepeated(.object) {
            return lose(.duplicateKey, nil, "the object says twice what it is")
        }
        if let object = fields[.object] {
            guard let name = object.text else {
                return lose(.unknownKind, file.kind, "what the object is, is not a string")
            }
            if let kind = kind(named: name) { return readRecord(value, kind) }
            guard name.equals("list"), fields[.data]?.kind == .array else {
                return lose(.unknownKind, file.kind, "an object of a kind that Tenure does not know")
            }
            return readList(value, depth: depth)
        }
        if fields[.mapping]?.kind == .object { return readChatGPT(value) }
        if fields[.data]?.kind == .array, fields[.id] == nil { return readList(value, depth: depth) }
        if let kind = file.kind ?? itemKind { return readRecord(value, kind) }
        lose(.unknownKind, file.kind, "does not say what it is, and neither does the file's name")
    }

    /// The kind of that name. Objects of one kind stand together, so the last name is asked first.
    private mutating func kind(named name: JSONText) -> Kind? {
        if let lastName, name.equals(lastName.name) { return lastName.kind }
        guard let kind = ObjectName.kind(name) else { return nil }
        lastName = (Array(name.bytes), kind)
        return kind
    }

    /// An item says what it is by its type and its conversation.
    private var itemKind: Kind? {
        guard let type = fields[.type]?.text, ItemType.isKnown(type), fields[.conversationId] != nil else { return nil }
        return .item
    }

    private mutating func readList(_ value: JSONValue, depth: Int) {
        guard depth < Self.deepestList else { return lose(.unknownKind, file.kind, "lists within lists") }
        if fields.hasRepeated {
            lose(.duplicateKey, file.kind, "the list has a key twice")
        }
        if fields[.withheld]?.bool == true {
            // What `inventory --out` writes of what a service does not show.
            tally.hasWithheldPage = true
        } else if let more = fields[.hasMore]?.bool {
            if more { tally.hasFurtherPage = true } else { tally.hasLastPage = true }
        }
        let unsaid = fields.below.repeatsKey ? contradictions : nil
        for (key, data) in value.members where key.equals("data") {
            for element in data.elements { read(element, depth: depth + 1) }
        }
        noteContradiction(file.kind, unsaid)
    }
}

extension RecordReader {
    /// Notes something that is wrong with a record that is kept all the same.
    mutating func note(_ code: Problem.Code, _ kind: Kind?, _ message: String, losesData: Bool = true) {
        batch.problems.add(
            Problem(
                code: code, source: layout.source, place: Place(file: file.name, line: line), kind: kind,
                message: message, losesData: losesData))
    }

    /// How many contradictions were noted so far.
    var contradictions: Int { batch.problems.count(of: .duplicateKey) }

    /// Notes that an object within a record has a key twice, unless more was noted of it than the `unsaid` before.
    mutating func noteContradiction(_ kind: Kind?, _ unsaid: Int?) {
        guard let unsaid, unsaid == contradictions else { return }
        note(.duplicateKey, kind, "an object within it has a key twice")
    }

    /// Notes something that cost a line. Without a kind it may have been of any.
    mutating func lose(_ code: Problem.Code, _ kind: Kind?, _ message: String) {
        note(code, kind, message)
        if let kind { tally.lost[kind, default: 0] += 1 } else { tally.lostOfUnknownKind += 1 }
    }
}

extension Problem.Code {
    init(_ defect: JSONDefect) {
        self =
            switch defect {
            case .structure, .number, .string, .encoding, .depth: .malformedLine
            case .tooLong, .bomb, .memory: .tooLarge
            case .compression: .truncated
            case .unreadable: .unreadable
            }
    }
}
