/// The facts of many records as a struct of arrays: one element a record in each.
///
/// A batch and the inventory share this shape. Codes belong to the owner's own string table.
struct Columns: Sendable {
    var kinds: [Kind] = []
    var sources: [UInt16] = []
    var created: [Int64] = []
    var activity: [Int64] = []
    var facts: [TimeFacts] = []
    var roles: [Role] = []
    var status: [StringTable.Code] = []
    var bytes = SizeColumn()
    var tokens = SizeColumn()
    var owners: [StringTable.Code] = []
    var subjects: [StringTable.Code] = []
    var tenants: [StringTable.Code] = []
    var containers: [UInt32] = []
    var metadata: [[StringTable.Code]]
    var idBytes: [UInt8] = []
    var idEnds: [UInt32] = []
    var expires = SparseTimes()
    var modified = SparseTimes()
    var tools = SparseTools()

    init(metadataKeys: Int) {
        metadata = Array(repeating: [], count: metadataKeys)
    }

    static var empty: Columns { Columns(metadataKeys: 0) }

    var count: Int { kinds.count }

    mutating func reserve(_ records: Int, idBytes bytesOfIds: Int) {
        kinds.reserveCapacity(records)
        sources.reserveCapacity(records)
        created.reserveCapacity(records)
        activity.reserveCapacity(records)
        facts.reserveCapacity(records)
        roles.reserveCapacity(records)
        status.reserveCapacity(records)
        bytes.small.reserveCapacity(records)
        tokens.small.reserveCapacity(records)
        owners.reserveCapacity(records)
        subjects.reserveCapacity(records)
        tenants.reserveCapacity(records)
        containers.reserveCapacity(records)
        for key in metadata.indices { metadata[key].reserveCapacity(records) }
        idEnds.reserveCapacity(records)
        idBytes.reserveCapacity(bytesOfIds)
    }

    func idRange(_ row: Int) -> Range<Int> {
        (row == 0 ? 0 : Int(idEnds[row - 1]))..<Int(idEnds[row])
    }
}

/// What was said about the two times that every record may have, in one byte, and whether the record is in doubt.
@frozen
public struct TimeFacts: Sendable, Hashable {
    @usableFromInline var raw: UInt8 = 0

    init(created: TimeFact, activity: TimeFact, isUsedUnseen: Bool = false) {
        raw = created.rawValue | activity.rawValue << 3 | (isUsedUnseen ? 128 : 0)
    }

    /// What was said of the creation.
    public internal(set) var created: TimeFact {
        get { TimeFact(rawValue: raw & 7) ?? .implausible }
        set { raw = raw & ~7 | newValue.rawValue }
    }
    /// What was said of the record's own newest event.
    public internal(set) var activity: TimeFact {
        get { TimeFact(rawValue: raw >> 3 & 7) ?? .implausible }
        set { raw = raw & ~56 | newValue.rawValue << 3 }
    }

    /// Two records of this id differ, so that none of its clocks is known.
    public internal(set) var isConflicted: Bool {
        @inlinable get { raw & 64 != 0 }
        set { raw = newValue ? raw | 64 : raw & ~64 }
    }

    /// Something that no source shows uses the record, or may: a fine-tuning job.
    public internal(set) var isUsedUnseen: Bool {
        get { raw & 128 != 0 }
        set { raw = newValue ? raw | 128 : raw & ~128 }
    }

    /// Whether the time of creation is known exactly.
    @inlinable
    public var createdIsPoint: Bool { raw & 0b100_0111 == 1 }

    /// Whether the time of creation is known exactly, and that of the newest event is too where the kind has one.
    @inlinable
    public var bothArePoints: Bool { raw & 0b111_0111 == 1 }
}
