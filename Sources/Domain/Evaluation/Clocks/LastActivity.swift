internal import Chronology
internal import Records
internal import Synchronization

/// The last activity of every record, for one set of roles whose messages count.
///
/// Most records tell it themselves. That of others follows from their parts and users; it is worked out when it is first
/// asked for, either of the few records that a sweep names before, or of all.
/// - Source: the design, section 3, "What each kind knows of time", and section 5, "Clocks".
final class LastActivity: Sendable {
    /// The kinds whose last activity follows from other records.
    static let derivedKinds = KindSet([.thread, .conversation, .assistant, .file, .vectorStoreFile])

    private let derivation: ActivityDerivation
    private let kinds: [Kind]
    private let ofSome = AtomicLazyReference<DerivedActivity>()
    private let ofAll = AtomicLazyReference<DerivedActivity>()

    init(counts: RoleSet, times: OwnTimes, segments: Segments, inventory: Inventory) {
        derivation = ActivityDerivation(inventory: inventory, segments: segments, times: times, counts: counts)
        kinds = inventory.kinds
    }

    subscript(row: Int) -> Ends {
        guard Self.derivedKinds.has(kinds[row]) else { return derivation.times.newest(row) }
        if let known = ofAll.load()?[row] ?? ofSome.load()?[row] { return known }
        return all[row] ?? derivation.times.newest(row)
    }

    /// Calls with the last activity of each of many rows: what was worked out is looked for once.
    @inline(__always)
    func read(_ rows: [UInt32], _ note: (_ place: Int, _ ends: Ends) -> Void) {
        let times = derivation.times
        var known = ofAll.load() ?? ofSome.load()
        for place in rows.indices {
            let row = Int(rows[place])
            guard Self.derivedKinds.has(kinds[row]) else {
                note(place, times.newest(row))
                continue
            }
            if let ends = known?[row] {
                note(place, ends)
            } else {
                known = all
                note(place, known?[row] ?? times.newest(row))
            }
        }
    }

    /// Works out the last activity of these rows, and of no more where they are few.
    func prepare(_ rows: RowSet) {
        guard ofAll.load() == nil, ofSome.load() == nil else { return }
        if rows.count * 4 > derivation.countOfDerived {
            _ = all
        } else {
            _ = ofSome.storeIfNil(derivation.activity(of: rows))
        }
    }

    private var all: DerivedActivity { ofAll.load() ?? ofAll.storeIfNil(derivation.activityOfAll) }
}

/// The last activity of some records that do not tell it themselves.
final class DerivedActivity: Sendable {
    private let rows: RankedRows
    private let ends: [Ends]

    init(_ rows: RankedRows, _ ends: [Ends]) {
        self.rows = rows
        self.ends = ends
    }

    subscript(row: Int) -> Ends? {
        @inline(__always) get {
            guard let place = rows[row] else { return nil }
            return ends[place]
        }
    }
}
