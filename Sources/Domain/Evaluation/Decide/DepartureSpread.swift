internal import Records

/// The fixed point of *goes* and *in use* on references in any shape.
///
/// Rows that contain each other go together, so the work is on such groups: a group goes while a member may go or a
/// group around it goes. Each group is blocked once and stays once, and each reference is followed once for each.
struct DepartureSpread {
    private(set) var marks: Marks
    private let relations: Relations
    private let groups: Components
    private var isBlocked: [Bool]
    private var goes: [Bool]
    /// Whether the group was counted around what is inside of it.
    private var isCounted: [Bool] = []
    private var goingAround: [Int]
    private var staying: [Int] = []
    private var blocked: [Int] = []

    init(_ facts: RecordFacts, _ marks: Marks) {
        self.marks = marks
        let relations = facts.relations
        self.relations = relations
        groups = Components(count: facts.inventory.count) { relations.parts(of: $0) }
        isBlocked = groups.members.map { $0.contains { marks.isBlocked[$0] } }
        goes = Array(repeating: false, count: groups.members.count)
        goingAround = Array(repeating: 0, count: groups.members.count)
    }

    mutating func run() {
        for group in groups.members.indices.reversed() {
            goes[group] = goingAround[group] > 0 || mayGo(group)
            guard goes[group] else { continue }
            for part in inside(group) { goingAround[part] += 1 }
        }
        isCounted = goes
        for group in groups.members.indices where !goes[group] { staying.append(group) }
        while true {
            if let group = blocked.popLast() {
                spreadBlock(group)
            } else if let group = staying.popLast() {
                spreadStay(group)
            } else {
                break
            }
        }
        for row in 0..<marks.mayGo.capacity {
            let group = groups.ofRow[row]
            marks.isBlocked[row] = isBlocked[group]
            marks.mayGo[row] = marks.asksToGo[row] && !isBlocked[group]
        }
    }

    private func mayGo(_ group: Int) -> Bool {
        !isBlocked[group] && groups.members[group].contains { marks.asksToGo[$0] }
    }

    /// The groups directly inside of a group, once for each reference.
    private func inside(_ group: Int) -> [Int] {
        groups.members[group].flatMap { relations.parts(of: $0) }.map { groups.ofRow[$0] }.filter { $0 != group }
    }

    private mutating func spreadBlock(_ group: Int) {
        if goes[group], goingAround[group] == 0 {
            goes[group] = false
            staying.append(group)
        }
        for row in groups.members[group] {
            for container in relations.containers(of: row) { block(groups.ofRow[container]) }
        }
    }

    private mutating func block(_ group: Int) {
        guard !isBlocked[group] else { return }
        isBlocked[group] = true
        blocked.append(group)
    }

    private mutating func spreadStay(_ group: Int) {
        for row in groups.members[group] {
            for target in relations.used(by: row) where marks.asksForUsers[target] && !marks.isUsed[target] {
                marks.isUsed[target] = true
                block(groups.ofRow[target])
            }
        }
        guard isCounted[group] else { return }
        for part in inside(group) {
            goingAround[part] -= 1
            if goes[part], goingAround[part] == 0, !mayGo(part) {
                goes[part] = false
                staying.append(part)
            }
        }
    }
}
