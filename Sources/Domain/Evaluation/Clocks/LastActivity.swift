internal import Chronology
internal import Records

/// The last activity of every record, for one set of roles whose messages count.
///
/// Parts and users raise both ends. A part whose role is unknown may count, so it raises the late end only; where
/// parts or users may be unread the late end is the as-of instant at least.
/// - Source: the design, section 3, "What each kind knows of time", and section 5, "Clocks".
final class LastActivity: Sendable {
    private let times: OwnTimes
    private let slots: [UInt32]
    private let derived: [Ends]

    subscript(row: Int) -> Ends {
        let slot = slots[row]
        return slot == ActivitySlots.none ? times.newest(row) : derived[Int(slot)]
    }

    init(counts: RoleSet, times: OwnTimes, slots: ActivitySlots, segments: Segments, inventory: Inventory) {
        self.times = times
        self.slots = slots.slots
        var derived = Array(repeating: Ends(Ends.open, Ends.open), count: slots.count)
        for segment in segments.all where ActivitySlots.derivedKinds.has(segment.kind) {
            for row in segment.rows { derived[Int(self.slots[row])] = times.newest(row) }
        }
        let derivation = Derivation(inventory: inventory, segments: segments, times: times, counts: counts)
        derivation.raiseByParts(&derived, self.slots)
        derivation.raiseAssistants(&derived, self.slots)
        derivation.raiseByUnread(&derived, self.slots, kinds: KindSet([.thread, .conversation, .assistant]))
        derivation.raiseStoreFiles(&derived, self.slots)
        derivation.openConflicted(&derived, self.slots)
        derivation.raiseFiles(&derived, self.slots)
        derivation.raiseByUnread(&derived, self.slots, kinds: KindSet(.file))
        derivation.openConflicted(&derived, self.slots)
        self.derived = derived
    }
}

/// The linear passes that raise the last activity of records by that of others.
private struct Derivation {
    let inventory: Inventory
    let segments: Segments
    let times: OwnTimes
    let counts: RoleSet

    func raiseByParts(_ derived: inout [Ends], _ slots: [UInt32]) {
        let containers = inventory.containers
        let roles = inventory.roles
        let kinds = inventory.kinds
        derived.withUnsafeMutableBufferPointer { derived in
            for segment in segments.all {
                guard let whole = segment.kind.raisedContainer else { continue }
                for row in segment.rows {
                    let container = containers[row]
                    guard container < Inventory.unknownContainer else { continue }
                    let slot = slots[Int(container)]
                    guard slot != ActivitySlots.none, kinds[Int(container)] == whole else { continue }
                    raise(&derived[Int(slot)], byPart: row, segment.kind, roles[row])
                }
            }
        }
        let edges = inventory.edges
        for edge in 0..<edges.count where edges.relation[edge] == .contains {
            let part = Int(edges.to[edge])
            let whole = Int(edges.from[edge])
            let kind = kinds[part]
            guard kinds[whole] == kind.raisedContainer else { continue }
            raise(&derived[Int(slots[whole])], byPart: part, kind, roles[part])
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

    func raiseAssistants(_ derived: inout [Ends], _ slots: [UInt32]) {
        let edges = inventory.edges
        let kinds = inventory.kinds
        for edge in 0..<edges.count where edges.relation[edge] == .cites {
            let target = Int(edges.to[edge])
            guard kinds[target] == .assistant, kinds[Int(edges.from[edge])] == .run else { continue }
            derived[Int(slots[target])].raise(times.newest(Int(edges.from[edge])))
        }
    }

    func raiseStoreFiles(_ derived: inout [Ends], _ slots: [UInt32]) {
        let containers = inventory.containers
        let asOf = inventory.rules.asOf.microseconds
        for segment in segments.all where segment.kind == .vectorStoreFile {
            for row in segment.rows {
                let slot = Int(slots[row])
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
            guard kinds[part] == .vectorStoreFile, kinds[Int(edges.from[edge])] == .vectorStore else { continue }
            derived[Int(slots[part])].raise(times.newest(Int(edges.from[edge])))
        }
    }

    func raiseFiles(_ derived: inout [Ends], _ slots: [UInt32]) {
        let edges = inventory.edges
        let kinds = inventory.kinds
        for edge in 0..<edges.count where edges.relation[edge] == .uses {
            let target = Int(edges.to[edge])
            guard kinds[target] == .file else { continue }
            let user = Int(edges.from[edge])
            let slot = slots[user]
            // A file that uses a file is made up: it gives its own times, so that no circle can arise.
            let activity =
                slot == ActivitySlots.none || kinds[user] == .file ? times.newest(user) : derived[Int(slot)]
            derived[Int(slots[target])].raise(activity)
        }
    }

    /// Every clock of an id of which two records differ is open at both ends, whatever parts and users say.
    func openConflicted(_ derived: inout [Ends], _ slots: [UInt32]) {
        guard inventory.problems.counts[.duplicateId] != nil else { return }
        for segment in segments.all where ActivitySlots.derivedKinds.has(segment.kind) {
            for row in segment.rows where inventory.isConflicted(row) {
                derived[Int(slots[row])] = Ends(.everything)
            }
        }
    }

    func raiseByUnread(_ derived: inout [Ends], _ slots: [UInt32], kinds: KindSet) {
        let asOf = inventory.rules.asOf.microseconds
        for segment in segments.all where kinds.has(segment.kind) {
            let needed = segment.kind.raisedBy
            guard !needed.isSubset(of: inventory.coverage[segment.source].completeKinds) else { continue }
            for row in segment.rows {
                let slot = Int(slots[row])
                derived[slot].late = max(derived[slot].late, asOf)
            }
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
