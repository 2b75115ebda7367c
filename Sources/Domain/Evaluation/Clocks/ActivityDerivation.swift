internal import Chronology
internal import Records

/// The linear passes that raise the last activity of records by that of others.
///
/// Parts and users raise both ends. A part whose role is unknown may count, so it raises the late end only; where
/// parts or users may be unread the late end is the as-of instant at least.
struct ActivityDerivation: Sendable {
    let inventory: Inventory
    let segments: Segments
    let times: OwnTimes
    let counts: RoleSet

    /// How many records do not tell their last activity themselves.
    var countOfDerived: Int { derivedSegments.reduce(0) { $0 + $1.rows.count } }

    var activityOfAll: DerivedActivity {
        var rows = RowSet(capacity: inventory.count)
        for segment in derivedSegments {
            for row in segment.rows { rows[row] = true }
        }
        return derive(RankedRows(rows))
    }

    /// The last activity of some of the records that do not tell it themselves.
    func activity(of rows: RowSet) -> DerivedActivity {
        var rows = rows
        let edges = inventory.edges
        let kinds = inventory.kinds
        // What raises a file is worked out first; nothing that raises it is raised by a file.
        for edge in 0..<edges.count where edges.relation[edge] == .uses && rows[Int(edges.to[edge])] {
            let user = Int(edges.from[edge])
            if kinds[Int(edges.to[edge])] == .file, isDerivedUser(kinds[user]) { rows[user] = true }
        }
        return derive(RankedRows(rows))
    }

    private var derivedSegments: [Segments.Segment] {
        segments.all.filter { LastActivity.derivedKinds.has($0.kind) }
    }

    /// A file that uses a file is made up: it gives its own times, so that no circle can arise.
    private func isDerivedUser(_ kind: Kind) -> Bool { kind != .file && LastActivity.derivedKinds.has(kind) }

    private func derive(_ rows: RankedRows) -> DerivedActivity {
        var derived = Array(repeating: Ends(Ends.open, Ends.open), count: rows.count)
        var present: KindSet = []
        for segment in derivedSegments {
            forEach(segment, rows) { row, slot in
                derived[slot] = times.newest(row)
                present.formUnion(KindSet(segment.kind))
            }
        }
        if present.has(.thread) || present.has(.conversation) { raiseByParts(&derived, rows) }
        if present.has(.assistant) { raiseAssistants(&derived, rows) }
        raiseByUnread(&derived, rows, kinds: KindSet([.thread, .conversation, .assistant]))
        if present.has(.vectorStoreFile) { raiseStoreFiles(&derived, rows) }
        openConflicted(&derived, rows)
        if present.has(.file) {
            raiseFiles(&derived, rows)
            raiseByUnread(&derived, rows, kinds: KindSet(.file))
            openConflicted(&derived, rows)
        }
        return DerivedActivity(rows, derived)
    }

    /// Calls with each row of the set that is in a segment, and its number.
    private func forEach(_ segment: Segments.Segment, _ rows: RankedRows, _ body: (_ row: Int, _ slot: Int) -> Void) {
        guard let first = rows.rows.next(in: segment.rows) else { return }
        var next = Optional(first)
        var slot = rows[first] ?? 0
        while let row = next {
            body(row, slot)
            slot += 1
            next = rows.rows.next(in: row + 1..<segment.rows.upperBound)
        }
    }

    private func raiseByParts(_ derived: inout [Ends], _ rows: RankedRows) {
        let containers = inventory.containers
        let roles = inventory.roles
        let kinds = inventory.kinds
        for segment in segments.all where segment.kind.raisedContainer != nil {
            for start in stride(from: segment.rows.lowerBound, to: segment.rows.upperBound, by: Self.stretch) {
                let parts = start..<min(start + Self.stretch, segment.rows.upperBound)
                if rows.rows.hasNone(of: containers.span.extracting(parts)) { continue }
                raise(&derived, rows, byParts: parts, segment.kind)
            }
        }
        let edges = inventory.edges
        for edge in 0..<edges.count where edges.relation[edge] == .contains {
            let part = Int(edges.to[edge])
            let whole = Int(edges.from[edge])
            guard kinds[whole] == kinds[part].raisedContainer, let slot = rows[whole] else { continue }
            raise(&derived[slot], byPart: part, kinds[part], roles[part])
        }
    }

    /// Containers of so many parts are looked at together first, for of few records nearly none is asked.
    private static let stretch = 64

    private func raise(_ derived: inout [Ends], _ rows: RankedRows, byParts parts: Range<Int>, _ kind: Kind) {
        let containers = inventory.containers
        let roles = inventory.roles
        let kinds = inventory.kinds
        var start = parts.lowerBound
        while start < parts.upperBound {
            // The parts of one container mostly stand together.
            let container = containers[start]
            var end = start + 1
            while end < parts.upperBound, containers[end] == container { end += 1 }
            let run = start..<end
            start = end
            guard container < Inventory.unknownContainer, let slot = rows[Int(container)],
                kinds[Int(container)] == kind.raisedContainer
            else { continue }
            var ends = derived[slot]
            for part in run { raise(&ends, byPart: part, kind, roles[part]) }
            derived[slot] = ends
        }
    }

    @inline(__always)
    private func raise(_ ends: inout Ends, byPart row: Int, _ kind: Kind, _ role: Role) {
        guard kind == .message || kind == .item else { return ends.raise(times.newest(row)) }
        if kind == .item, inventory.createdFact(row) == .absent { return }
        if counts.has(role) {
            ends.raise(times.newest(row))
        } else if role == .unknown {
            ends.late = max(ends.late, times.newest(row).late)
        }
    }

    private func raiseAssistants(_ derived: inout [Ends], _ rows: RankedRows) {
        let edges = inventory.edges
        let kinds = inventory.kinds
        for edge in 0..<edges.count where edges.relation[edge] == .cites {
            let target = Int(edges.to[edge])
            guard kinds[target] == .assistant, kinds[Int(edges.from[edge])] == .run, let slot = rows[target] else {
                continue
            }
            derived[slot].raise(times.newest(Int(edges.from[edge])))
        }
    }

    private func raiseStoreFiles(_ derived: inout [Ends], _ rows: RankedRows) {
        let containers = inventory.containers
        let asOf = inventory.rules.asOf.microseconds
        for segment in segments.all where segment.kind == .vectorStoreFile {
            forEach(segment, rows) { row, slot in
                let container = containers[row]
                if container < Inventory.unknownContainer {
                    derived[slot].raise(times.newest(Int(container)))
                } else if container == Inventory.unknownContainer {
                    derived[slot].late = max(derived[slot].late, asOf)
                }
            }
        }
        let edges = inventory.edges
        let kinds = inventory.kinds
        for edge in 0..<edges.count where edges.relation[edge] == .contains {
            let part = Int(edges.to[edge])
            guard kinds[part] == .vectorStoreFile, kinds[Int(edges.from[edge])] == .vectorStore,
                let slot = rows[part]
            else { continue }
            derived[slot].raise(times.newest(Int(edges.from[edge])))
        }
    }

    private func raiseFiles(_ derived: inout [Ends], _ rows: RankedRows) {
        let edges = inventory.edges
        let kinds = inventory.kinds
        for edge in 0..<edges.count where edges.relation[edge] == .uses {
            let target = Int(edges.to[edge])
            guard kinds[target] == .file, let slot = rows[target] else { continue }
            let user = Int(edges.from[edge])
            let activity = isDerivedUser(kinds[user]) ? rows[user].map { derived[$0] } : nil
            derived[slot].raise(activity ?? times.newest(user))
        }
    }

    /// Every clock of an id of which two records differ is open at both ends, whatever parts and users say.
    private func openConflicted(_ derived: inout [Ends], _ rows: RankedRows) {
        guard inventory.problems.counts[.duplicateId] != nil else { return }
        for segment in derivedSegments {
            forEach(segment, rows) { row, slot in
                if inventory.isConflicted(row) { derived[slot] = Ends(.everything) }
            }
        }
    }

    private func raiseByUnread(_ derived: inout [Ends], _ rows: RankedRows, kinds: KindSet) {
        let asOf = inventory.rules.asOf.microseconds
        for segment in segments.all where kinds.has(segment.kind) {
            let needed = segment.kind.raisedBy
            guard !needed.isSubset(of: inventory.coverage[segment.source].decidedKinds) else { continue }
            forEach(segment, rows) { _, slot in derived[slot].late = max(derived[slot].late, asOf) }
        }
    }
}

extension Kind {
    /// The kind of container whose last activity this kind raises.
    fileprivate var raisedContainer: Kind? {
        switch self {
        case .message, .run: .thread
        case .item, .response: .conversation
        default: nil
        }
    }

    /// The kinds that must have been read to their end, or else the last activity may be later than is known.
    fileprivate var raisedBy: KindSet {
        switch self {
        case .thread: [.init(.message), .init(.run)]
        case .conversation: KindSet(.response)
        case .assistant: KindSet(.run)
        case .file: users
        default: []
        }
    }
}
