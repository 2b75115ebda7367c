internal import Files
internal import JSONLines
public import Policies
public import Records

/// Reads an export: a directory of files in the providers' wire shape, or ChatGPT's own export.
public struct ExportConnector: Sendable {
    let source: String
    let directory: String
    private let layout: RecordBatch.Layout
    private let threads: Int?
    private let registry: Registry

    /// How far a reading came.
    public struct Progress: Sendable {
        /// Bytes of text so far; compressed files count expanded.
        public var bytes: Int
        /// The size of all files as they lie on the disk.
        public var size: Int
        /// Records so far.
        public var records: Int
    }

    /// A connector for this directory.
    ///
    /// - Parameters:
    ///   - layout: the source's name, and the metadata keys that are read.
    ///   - threads: how many threads parse; nil for as many as there are processors.
    public init(directory: String, layout: RecordBatch.Layout, threads: Int? = nil) {
        self.init(directory: directory, layout: layout, threads: threads, registry: Registry())
    }

    /// A connector for the directory that a document names, with what its registry knows of the records.
    ///
    /// - Throws: `ConnectorError` where the registry cannot be believed.
    public init(_ source: Source, directory: String, layout: RecordBatch.Layout) throws(ConnectorError) {
        self.init(directory: directory, layout: layout, threads: nil, registry: try Registry(of: source))
    }

    private init(directory: String, layout: RecordBatch.Layout, threads: Int?, registry: Registry) {
        source = layout.source
        self.directory = directory
        self.layout = layout
        self.registry = registry
        self.threads = threads
    }

    /// Reads everything into the inventory to be, as a source of its own.
    ///
    /// What is wrong with single lines or files becomes a problem and is counted; the scan is then incomplete.
    /// - Throws: `ConnectorError` where there is nothing to look at.
    public func read(
        into builder: inout InventoryBuilder, progress: (Progress) -> Void = { _ in }
    ) throws(ConnectorError) {
        let listing = try list()
        let files = listing.files
        builder.beginSource(source)
        for problem in registry.problems(in: source) { builder.add(problem) }
        for entry in listing.unreadable { note(entry, &builder) }
        var whole = Whole()
        var seen = Progress(bytes: 0, size: files.reduce(0) { $0 + $1.size }, records: 0)
        let (layout, registry) = (layout, registry)
        let metadataKeys = JSONFieldTable(layout.metadataKeys)
        for kind in files.compactMap(\.kind) { builder.currentCoverage[kind].wasRead = true }
        JSONFiles(files.map(\.path), threads: threads).read {
            RecordReader(layout, metadataKeys: metadataKeys, registry: registry)
        } work: { reader, window in
            reader.begin(files[window.file].material)
            window.forEach { line, record in reader.read(record, line: line) }
            return (reader.batch, reader.tally)
        } consume: { place, output in
            let file = files[place.file]
            var (batch, tally) = output
            batch.moveLines(by: place.firstLine)
            if seen.bytes == 0 { expect(batch, place, seen.size, &builder) }
            seen.bytes += place.byteCount
            seen.records += batch.count
            if !builder.append(batch) {
                tally.lostOfUnknownKind += 1
                builder.add(problem(.tooLarge, nil, file.name, "more records than an inventory can hold"))
            }
            builder.currentCoverage.note(tally, file.kind)
            whole.note(tally, file.kind)
            progress(seen)
        }
        if whole.hasChatGPT {
            // A conversation that was lost took its items along.
            builder.currentCoverage[.item].lost += builder.currentCoverage[.conversation].lost
        }
        for kind in whole.unfinished {
            builder.currentCoverage[kind].lost += 1
            builder.add(problem(.truncated, kind, nil, "every page of the list says that there are more"))
        }
        for kind in whole.withheld.kinds {
            builder.currentCoverage[kind].lost += 1
            builder.currentCoverage[kind].withheld += 1
            builder.add(
                problem(.truncated, kind, nil, "the list says that its source does not show the rest", losesData: false)
            )
        }
        for kind in Kind.allCases {
            builder.currentCoverage[kind].isListable = builder.currentCoverage[kind].wasRead
        }
        let coverage = builder.currentCoverage
        guard Kind.allCases.contains(where: { coverage[$0].wasRead }) || !listing.unreadable.isEmpty else {
            throw ConnectorError(.nothingKnown, source: source, path: directory)
        }
    }

    func list() throws(ConnectorError) -> ExportListing {
        switch Files.kind(of: directory) {
        case .directory: break
        case nil: throw ConnectorError(.absent, source: source, path: directory)
        default: throw ConnectorError(.notADirectory, source: source, path: directory)
        }
        let listing: ExportListing
        do throws(FileError) {
            listing = try ExportListing(directory)
        } catch {
            throw ConnectorError(.unreadable(error.reason), source: source, path: error.path)
        }
        guard !listing.files.isEmpty || !listing.unreadable.isEmpty else {
            throw ConnectorError(.nothingKnown, source: source, path: directory)
        }
        return listing
    }

    /// What is named like records and cannot be read is lost.
    private func note(_ entry: ExportListing.Unreadable, _ builder: inout InventoryBuilder) {
        if let kind = entry.kind {
            builder.currentCoverage[kind].wasRead = true
            builder.currentCoverage[kind].lost += 1
        } else {
            builder.currentCoverage.lostOfUnknownKind += 1
        }
        builder.add(problem(.unreadable, entry.kind, entry.name, entry.reason))
    }

    /// Lets the columns grow once, by what the first window says of the rest and a quarter more: a column that turns
    /// out too short is copied whole.
    private func expect(_ first: RecordBatch, _ place: JSONFiles.Place, _ size: Int, _ builder: inout InventoryBuilder)
    {
        let records = Self.expected(first.count, in: place.byteCount, of: size)
        if records > 0 { builder.expect(records: records, idBytes: records * 32) }
    }

    /// How many records so many bytes may have of which the first have so many; none where these are all.
    static func expected(_ count: Int, in first: Int, of size: Int) -> Int {
        guard first > 0, size > first else { return 0 }
        return Int(min(1.25 * Double(count) * Double(size) / Double(first), Double(mostExpected)))
    }

    /// A file may begin with what is small and go on with what is not, or be all holes: memory that is asked for and not
    /// there ends the process, though none of it would be used.
    static let mostExpected = 1 << 24

    private func problem(
        _ code: Problem.Code, _ kind: Kind?, _ file: String?, _ message: String, losesData: Bool = true
    ) -> Problem {
        Problem(
            code: code, source: source, place: file.map { Place(file: $0, line: 1) }, kind: kind, message: message,
            losesData: losesData)
    }
}

/// What only the whole of an export shows: which lists were seen to end, and whether it is ChatGPT's own.
private struct Whole {
    private var ended: KindSet = []
    private var goingOn: KindSet = []
    /// The kinds of which a source does not show all that there is.
    private(set) var withheld: KindSet = []
    private(set) var hasChatGPT = false

    mutating func note(_ tally: Tally, _ kind: Kind?) {
        let kinds = kind.map { KindSet($0) } ?? tally.kinds
        hasChatGPT = hasChatGPT || tally.hasChatGPT
        if tally.hasLastPage { ended.formUnion(kinds) }
        if tally.hasWithheldPage { withheld.formUnion(kinds) }
        if tally.hasFurtherPage { goingOn.formUnion(kinds) }
    }

    /// The kinds of which no list ended, though one was begun.
    var unfinished: [Kind] { goingOn.subtracting(ended).kinds }
}

extension SourceCoverage {
    /// Takes in what one window of a file saw; a file whose name promises no kind counts for those that it holds.
    fileprivate mutating func note(_ tally: Tally, _ kind: Kind?) {
        if kind == nil { for kind in tally.kinds.kinds { self[kind].wasRead = true } }
        // ChatGPT's export says everything there is of these.
        if tally.hasChatGPT { for kind in [Kind.conversation, .item, .response] { self[kind].wasRead = true } }
        for (kind, count) in tally.lost { self[kind].lost += count }
        lostOfUnknownKind += tally.lostOfUnknownKind
    }
}
