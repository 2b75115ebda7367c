internal import Records
internal import Synchronization

/// Everything from which obligations flow down to one record through containers and users, nearest first, and what of it
/// is worth most to one subject.
///
/// A vector store that thousands of threads use is on the way of each of its thousands of files: the store's cone is
/// walked once, and every file's question is answered by a search in what is left of it.
struct KeepCone: Sendable {
    private let rows: [UInt32]
    /// For each of the rows, the place of the one before it on the way here, and how the way goes on to it.
    private let origins: [UInt32]
    private let steps: [KeepPath.Step]
    /// The places where more is reached than anywhere nearer: worth rises from one to the next.
    private let stairs: [(worth: Int64, place: Int)]

    /// Walks the cone of a row.
    init(_ row: Int, _ subject: KeepWish.Subject, _ assessment: Assessment) {
        let relations = assessment.facts.relations
        let inventory = assessment.facts.inventory
        var rows = [UInt32(row)]
        var origins: [UInt32] = [0]
        var steps = [KeepPath.Step.isUsed]
        var seen: Set<UInt32> = [UInt32(row)]
        var level = 0..<1
        while !level.isEmpty {
            var next: [(row: Int, origin: Int, step: KeepPath.Step)] = []
            for place in level {
                let containers = relations.containers(of: Int(rows[place])).map { ($0, KeepPath.Step.isContained) }
                let users = relations.users(of: Int(rows[place])).map { ($0, KeepPath.Step.isUsed) }
                for (other, step) in containers + users where seen.insert(UInt32(other)).inserted {
                    next.append((other, place, step))
                }
            }
            next.sort { inventory.precedes($0.row, $1.row) }
            rows += next.map { UInt32($0.row) }
            origins += next.map { UInt32($0.origin) }
            steps += next.map(\.step)
            level = level.upperBound..<rows.count
        }
        var stairs: [(worth: Int64, place: Int)] = []
        for (place, row) in rows.enumerated() {
            let worth = assessment.worth(Int(row), to: subject)
            if worth > stairs.last?.worth ?? .min { stairs.append((worth, place)) }
        }
        self.rows = rows
        self.origins = origins
        self.steps = steps
        self.stairs = stairs
    }

    /// How many records are in it.
    var count: Int { rows.count }

    /// The way from the cone's foot to the nearest record that is worth so much; of equals, the first in the order of
    /// records.
    func path(toWorth least: Int64) -> [(row: Int, step: KeepPath.Step)]? {
        var low = 0
        var high = stairs.count
        while low < high {
            let middle = (low + high) / 2
            if stairs[middle].worth < least { low = middle + 1 } else { high = middle }
        }
        guard low < stairs.count else { return nil }
        var path: [(row: Int, step: KeepPath.Step)] = []
        var place = stairs[low].place
        while place != 0 {
            path.append((Int(rows[place]), steps[place]))
            place = Int(origins[place])
        }
        return path.reversed()
    }
}

/// The cones that were walked, as long as they do not hold too much.
final class KeepCones: Sendable {
    /// A record is a hub where more than these refer to it.
    static let fewUsers = 16
    /// About 10 bytes each.
    private static let mostRecords = 4_000_000

    private struct Key: Hashable {
        let row: Int
        let subject: KeepWish.Subject
    }

    private struct Kept {
        var cones: [Key: KeepCone] = [:]
        var records = 0
    }

    private let kept = Mutex(Kept())

    /// The cone of a row, walked where it is not known.
    func cone(_ row: Int, _ subject: KeepWish.Subject, _ assessment: Assessment) -> KeepCone {
        let key = Key(row: row, subject: subject)
        if let known = kept.withLock({ $0.cones[key] }) { return known }
        let cone = KeepCone(row, subject, assessment)
        kept.withLock { kept in
            if kept.records + cone.count > Self.mostRecords { kept = Kept() }
            kept.cones[key] = cone
            kept.records += cone.count
        }
        return cone
    }
}
