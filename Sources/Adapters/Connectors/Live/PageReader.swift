internal import JSONLines
internal import ProviderFacts
internal import Records
internal import Spelling

/// Reads the pages of one list into records.
///
/// What one page teaches of the shapes of objects goes on to the next, and the records of many pages stand together: a
/// page is too small to have columns of its own.
struct PageReader: ~Copyable {
    private let request: SurfaceRequest
    private let keepsIds: Bool
    /// What stands on it is no record, but used by one.
    private let isSupplement: Bool
    private let parsers: ParserStock
    private var reader: RecordReader
    private var containers: [(id: String, countedElements: Int?)] = []
    /// One entry a page: a cursor that comes back leads round in a circle.
    private var cursors: Set<String> = []
    private(set) var count = 0
    private(set) var hasWholePage = false
    /// What is full.
    private var hauls: [Haul] = []

    /// As many records as a window of an export has.
    private static let mostTogether = 4096

    /// - Parameters:
    ///   - parsers: from which a parser is taken for each page.
    ///   - registry: what is known of the records besides what they say.
    ///   - keepsIds: whether something can be listed below the elements.
    init(
        _ request: SurfaceRequest, _ layout: RecordBatch.Layout, metadataKeys: JSONFieldTable, parsers: ParserStock,
        registry: Registry, keepsIds: Bool
    ) {
        self.request = request
        self.parsers = parsers
        self.keepsIds = keepsIds
        isSupplement = request.surface.isSupplement
        reader = RecordReader(layout, metadataKeys: metadataKeys, registry: registry)
        begin()
    }

    private mutating func begin() {
        var material = Material(name: request.name, kind: request.surface.kind)
        material.container = request.container.map { Array($0.utf8) }
        reader.begin(material)
        containers = []
    }

    /// What was read so far.
    consuming func finish() -> [Haul] {
        if count > 0 || reader.hasNews {
            hauls.append(Haul(batch: reader.batch, tally: reader.tally, containers: containers))
        }
        return hauls
    }

    /// Reads a page.
    ///
    /// - Parameter body: the answer, whatever it is.
    mutating func read(_ body: consuming [UInt8]) -> Page {
        let parser = parsers.take()
        defer { parsers.putBack(parser) }
        let page = parser.read(body) { record in
            switch record {
            case .value(let value):
                return request.surface.access == .id ? readRecord(value) : readList(value)
            case .defect(let defect):
                reader.read(.defect(defect), line: count + 1)
                return Page()
            }
        }
        hasWholePage = hasWholePage || (page.isWhole && !page.isRepeated)
        if reader.batch.count >= Self.mostTogether {
            hauls.append(Haul(batch: reader.batch, tally: reader.tally, containers: containers))
            begin()
        }
        return page
    }

    private mutating func readRecord(_ value: JSONValue) -> Page {
        var page = Page()
        // What another record says is no answer.
        page.isWhole = request.ids.last.map { value["id"]?.text?.string.hasSameBytes(as: $0) ?? false } ?? false
        guard page.isWhole else { return page }
        readElement(value)
        page.count = 1
        return page
    }

    private mutating func readList(_ list: JSONValue) -> Page {
        var page = Page()
        var lists: [JSONValue] = []
        var isClear = true
        for (key, value) in list.members {
            if key.equals("has_more") {
                // Null says nothing. What says something else may say that there are more.
                isClear = isClear && page.hasMore == nil && (value.isNull || value.bool != nil)
                page.hasMore = value.bool
            }
            if key.equals("data"), value.kind == .array { lists.append(value) }
        }
        page.isWhole = lists.count == 1 && isClear
        guard let elements = lists.first?.elements else {
            reader.line = count + 1
            reader.lose(.malformedLine, reader.file.kind, "the answer is not a list")
            return page
        }
        var last: JSONValue?
        for element in elements { last = element }
        page.lastId = last?["id"]?.text?.string
        if let id = page.lastId, !cursors.insert(id).inserted {
            // The same elements again are not worth keeping.
            page.isRepeated = true
            return page
        }
        for element in elements {
            readElement(element)
            page.count += 1
        }
        if !page.isWhole { reader.lose(.malformedLine, reader.file.kind, "the answer is not a list") }
        return page
    }

    private mutating func readElement(_ element: JSONValue) {
        count += 1
        if isSupplement, let id = request.container {
            return reader.readUses(element, of: id, request.surface.kind, line: count)
        }
        reader.read(element, as: request.surface.kind, line: count)
        if keepsIds, let id = element["id"]?.text?.string, !id.isEmpty {
            // Vector stores count their files.
            let total = element["file_counts"]?["total"]?.integer.flatMap { Int(exactly: $0) }
            containers.append((id, total))
        }
    }
}

extension RecordReader {
    /// Whether there is anything to tell of what was read since the beginning.
    fileprivate var hasNews: Bool { batch.count > 0 || !batch.problems.kept.isEmpty || !tally.lost.isEmpty }
}
