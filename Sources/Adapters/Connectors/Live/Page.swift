internal import JSONLines
internal import ProviderFacts
internal import Records
internal import Spelling

/// One page of a list, read: its records, and what it says of the next. A record by itself is a page of one.
struct Page: Sendable {
    /// The records.
    var batch: RecordBatch
    var tally: Tally
    /// How many elements there are, readable or not.
    private(set) var count = 0
    /// Whether the server says that there are more; nil where it says nothing.
    private(set) var hasMore: Bool?
    /// The id of the last element, after which the next page begins; nil where there is none.
    private(set) var lastId: String?
    /// The elements below which something can be listed.
    private(set) var containers: [(id: String, countedElements: Int?)] = []
    /// Whether the answer is what was asked for.
    private(set) var isWhole = false

    /// Reads a page.
    ///
    /// - Parameters:
    ///   - body: the answer, whatever it is.
    ///   - asked: the id of the record that was asked for; nil for a list.
    ///   - registry: what is known of the records besides what they say.
    ///   - first: the place of the first element in the whole list, from 1.
    ///   - keepsIds: whether something can be listed below the elements.
    init(
        _ body: consuming [UInt8], asked: String?, _ layout: RecordBatch.Layout, _ material: Material,
        metadataKeys: JSONFieldTable, registry: Registry, first: Int, keepsIds: Bool
    ) {
        var reader = RecordReader(layout, metadataKeys: metadataKeys, registry: registry)
        reader.begin(material)
        reader.line = first
        (batch, tally) = (reader.batch, reader.tally)
        JSONDocument.read(body) { record in
            switch record {
            case .value(let value):
                if let asked {
                    readRecord(value, asked, &reader, first, keepsIds)
                } else {
                    read(value, &reader, first, keepsIds)
                }
            case .defect(let defect): reader.read(.defect(defect), line: first)
            }
        }
        (batch, tally) = (reader.batch, reader.tally)
    }

    private mutating func readRecord(
        _ value: JSONValue, _ asked: String, _ reader: inout RecordReader, _ first: Int, _ keepsIds: Bool
    ) {
        // What another record says is no answer.
        isWhole = value["id"]?.text?.string.hasSameBytes(as: asked) ?? false
        if isWhole { readElement(value, &reader, first, keepsIds) }
    }

    private mutating func read(_ list: JSONValue, _ reader: inout RecordReader, _ first: Int, _ keepsIds: Bool) {
        var lists = 0
        for (key, value) in list.members {
            if key.equals("has_more") { hasMore = value.bool }
            if key.equals("data"), value.kind == .array {
                lists += 1
                if lists == 1 { readElements(value, &reader, first, keepsIds) }
            }
        }
        isWhole = lists == 1
        if !isWhole { reader.lose(.malformedLine, reader.file.kind, "the answer is not a list") }
    }

    private mutating func readElements(
        _ data: JSONValue, _ reader: inout RecordReader, _ first: Int, _ keepsIds: Bool
    ) {
        for element in data.elements { readElement(element, &reader, first, keepsIds) }
    }

    private mutating func readElement(
        _ element: JSONValue, _ reader: inout RecordReader, _ first: Int, _ keepsIds: Bool
    ) {
        reader.read(.value(element), line: first + count)
        count += 1
        lastId = element["id"]?.text?.string
        if keepsIds, let lastId, !lastId.isEmpty {
            // Vector stores count their files.
            let total = element["file_counts"]?["total"]?.integer.flatMap { Int(exactly: $0) }
            containers.append((lastId, total))
        }
    }
}
