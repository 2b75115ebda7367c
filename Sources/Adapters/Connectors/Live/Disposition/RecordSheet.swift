internal import Chronology
internal import Disposition
internal import JSONLines
internal import ProviderFacts
internal import Records
internal import Spelling

/// What answers say of one record and of its parts, read by the rules by which a scan reads them.
struct RecordSheet {
    private let layout: RecordBatch.Layout
    private var builder: InventoryBuilder
    /// Whether something could not be read.
    private var isPartial = false

    /// Nothing read as yet.
    ///
    /// - Parameter now: seconds since 1970: what is said to be later is not believed.
    init(source: String, now: Int64) {
        let rules = TimeRules(asOf: Moment(seconds: now))
        layout = RecordBatch.Layout(source: source, metadataKeys: [], rules: rules)
        builder = InventoryBuilder(metadataKeys: [], rules: rules)
        builder.beginSource(source)
    }

    /// What reads the pages of this request for the sheet.
    func reader(of request: SurfaceRequest) -> PageReader {
        PageReader(
            request, layout, metadataKeys: JSONFieldTable([]), parsers: ParserStock(), registry: Registry(),
            keepsIds: false)
    }

    /// Takes in what was read.
    mutating func take(_ pages: consuming PageReader) {
        for haul in pages.finish() {
            if !haul.tally.lost.isEmpty || haul.tally.lostOfUnknownKind > 0 { isPartial = true }
            if !builder.append(haul.batch) { isPartial = true }
        }
    }

    /// What was read of the record of that kind and id, as the inventory spells it; nil where it is not among it.
    consuming func facts(of target: DispositionTarget) -> CurrentFacts? {
        let inventory = builder.seal()
        guard let row = inventory.row(source: 0, kind: target.kind, id: target.id) else { return nil }
        let created = inventory.created(row)
        var newest: Moment? = Self.activityIsElsewhere.has(target.kind) || isPartial ? nil : .beginning
        let rows = target.kind == .thread ? Array(0..<inventory.count) : [row]
        for row in rows {
            for time in [inventory.created(row), inventory.ownActivity(row)].compactMap(\.self) {
                newest = time.isPoint ? newest.map { max($0, time.latest) } : nil
            }
        }
        return CurrentFacts(
            created: created.isPoint ? created.latest.instant : nil, lastActivity: newest?.instant,
            status: inventory.strings.string(inventory.statuses[row]))
    }

    /// The kinds whose activity is that of records that do not stand below them, which only a scan sees.
    ///
    /// - Source: the design, section 3: a file is as active as what uses it, an entry of a vector store as its store, an
    ///   assistant as its runs, a conversation as its responses.
    private static let activityIsElsewhere = KindSet([.file, .vectorStoreFile, .assistant, .conversation])

    /// Whether an answer is the record of that id.
    static func isRecord(_ body: [UInt8], named id: String) -> Bool {
        JSONDocument.read(body) { record in
            guard case .value(let value) = record, let found = value["id"]?.text else { return false }
            return found.string.hasSameBytes(as: id)
        }
    }
}
