public import Chronology
internal import Spelling

/// All records of all sources, as columns.
///
/// A record is a row number. It costs about 100 bytes, its id included; metadata costs four bytes for each key that a
/// policy or a source names. No content is kept. Rows stand in the order in which the material was read, which means
/// nothing: whatever is shown is sorted by source, kind and id.
public struct Inventory: Sendable {
    /// No container: the row is the top of its own tree.
    public static let noContainer = UInt32.max

    /// A container is named, and was not found.
    public static let unknownContainer = UInt32.max - 1

    /// The sources' names, in the order in which they were read.
    public let sourceNames: [String]
    /// What could be looked at, by source.
    public private(set) var coverage: [SourceCoverage]
    /// The metadata keys that were read.
    public let metadataKeys: [String]
    /// Statuses, owners, subjects, tenants and metadata values.
    public let strings: StringTable
    /// References other than that to the container.
    public let edges: Edges
    /// References that lead nowhere, and those of which nobody can say where they lead.
    public let loose: LooseEnds
    /// What is wrong with the data.
    public internal(set) var problems: ProblemLog
    /// How times were read, and at which instant.
    public internal(set) var rules: TimeRules

    private(set) var columns: Columns
    let places: PlaceIndex
    let index: IdIndex

    /// How many records there are.
    public var count: Int { columns.count }

    /// The kind of every row.
    public var kinds: [Kind] { columns.kinds }
    /// The index of every row's source in `sourceNames`.
    public var sources: [UInt16] { columns.sources }
    /// The row of every row's container, or `noContainer` or `unknownContainer`.
    public var containers: [UInt32] { columns.containers }
    /// Who speaks, of every row.
    public var roles: [Role] { columns.roles }
    /// The codes of one metadata key for every row.
    public func metadataColumn(_ key: Int) -> [StringTable.Code] { columns.metadata[key] }
    /// The code of one metadata key of one row.
    public func metadataCode(_ key: Int, _ row: Int) -> StringTable.Code { columns.metadata[key][row] }
    /// The codes of every row's owner, its container's where it has none of its own.
    public var owners: [StringTable.Code] { columns.owners }
    /// The codes of every row's subject, its container's where it has none of its own.
    public var subjects: [StringTable.Code] { columns.subjects }
    /// The codes of every row's tenant, its container's where it has none of its own.
    public var tenants: [StringTable.Code] { columns.tenants }
    /// The codes of every row's status.
    public var statuses: [StringTable.Code] { columns.status }

    /// The record's id.
    public func id(_ row: Int) -> String { String(decoding: columns.idBytes[columns.idRange(row)], as: UTF8.self) }

    /// Reads the UTF-8 of the record's id.
    public func withId<Result>(_ row: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        body(columns.idBytes.span.extracting(columns.idRange(row)))
    }

    /// Whether two records of this id differ, so that nothing that they disagree on is known.
    public func isConflicted(_ row: Int) -> Bool { columns.facts[row].isConflicted }

    /// Something that no source shows uses the record, or may: a fine-tuning job.
    public func isUsedUnseen(_ row: Int) -> Bool { columns.facts[row].isUsedUnseen }

    /// The tools that the record is given by its own words.
    public func tools(_ row: Int) -> ToolSet { columns.tools[row] }

    /// The record's size in bytes, where it is known.
    public func bytes(_ row: Int) -> Int64? { columns.bytes[row] }

    /// The tokens that the record took, where they are known.
    public func tokens(_ row: Int) -> Int64? { columns.tokens[row] }

    /// Where the record was read.
    public func place(_ row: Int) -> Place? { places.place(row) }

    /// The rows of all records with this id, whatever their source and kind.
    public func rows(withId id: String) -> [Int] {
        let utf8 = Array(id.utf8)
        var rows: [Int] = []
        for source in sourceNames.indices {
            for kind in Kind.allCases {
                if let row = index.row(utf8.span, kind: kind, source: UInt16(source), in: columns) { rows.append(row) }
            }
        }
        return rows
    }

    /// The row of one record.
    public func row(source: Int, kind: Kind, id: String) -> Int? {
        let utf8 = Array(id.utf8)
        return index.row(utf8.span, kind: kind, source: UInt16(source), in: columns)
    }

    /// Whether one row comes before another in reports: by source, kind and the bytes of the id.
    public func precedes(_ left: Int, _ right: Int) -> Bool {
        if columns.sources[left] != columns.sources[right] {
            return sourceNames[Int(columns.sources[left])] < sourceNames[Int(columns.sources[right])]
        }
        if columns.kinds[left] != columns.kinds[right] { return columns.kinds[left] < columns.kinds[right] }
        return columns.idBytes[columns.idRange(left)].lexicographicallyPrecedes(columns.idBytes[columns.idRange(right)])
    }

    /// The bytes that the records occupy, metadata and strings apart.
    public var footprint: Int { columns.footprint + index.footprint + edges.count * 9 }
}

extension Inventory {
    /// The index of the metadata key of this name, byte for byte; nil where it was not read.
    public func metadataKey(named name: String) -> Int? { metadataKeys.firstIndex { $0.hasSameBytes(as: name) } }

    /// The same records, as if these kinds of a source had been read to their end and nothing more were there.
    public func reading(_ kinds: KindSet, ofSource source: Int) -> Inventory {
        var copy = self
        copy.coverage[source].lostOfUnknownKind = 0
        for kind in kinds.kinds {
            copy.coverage[source][kind].wasRead = true
            copy.coverage[source][kind].lost = 0
            copy.coverage[source][kind].withheld = 0
            copy.coverage[source][kind].missing = 0
        }
        return copy
    }

    /// The same records, as if the newest event of each of these rows had been at this instant.
    public func activeLast(at moments: [Int: Moment]) -> Inventory {
        var copy = self
        for (row, moment) in moments { copy.columns.activity[row] = moment.microseconds }
        return copy
    }
}
