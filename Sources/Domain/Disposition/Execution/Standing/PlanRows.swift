internal import Evaluation
internal import Records

/// Where the records of a plan stand in the inventory of a scan, and which action takes each away.
struct PlanRows: Sendable {
    /// By action: the row of its record; nil where the scan does not find it.
    let rows: [Int?]
    /// By row: the action that takes it away, by a call of its own or along.
    let owners: [Int: Int]
    /// By record: the action that takes it away by a call of its own.
    let actions: [PlacedName: Int]
    /// By record: the actions that clear the way for it.
    let clearing: [PlacedName: [Int]]
    /// The rows of which the plan knows that they should go, and stay.
    let staying: Set<Int>
    /// The rows of the work that the plan stops.
    let stopped: Set<Int>
    /// By record: the actions of what is a part of it.
    let parts: [PlacedName: [Int]]
    /// By record: the actions of what was in it when it was planned, and the scan does not find.
    let unfound: [PlacedName: [Int]]

    init(_ plan: Plan, _ inventory: Inventory) {
        let sources = inventory.sourceNumbers
        func row(_ source: String, _ name: Plan.Name) -> Int? {
            inventory.row(of: PlacedName(source: source, name: name), in: sources)
        }
        var rows: [Int?] = []
        var owners: [Int: Int] = [:]
        var actions: [PlacedName: Int] = [:]
        var clearing: [PlacedName: [Int]] = [:]
        var parts: [PlacedName: [Int]] = [:]
        var unfound: [PlacedName: [Int]] = [:]
        var stopped: Set<Int> = []
        for (index, action) in plan.actions.enumerated() {
            let own = row(action.source, action.name)
            rows.append(own)
            if own == nil { for container in action.containers { unfound[container, default: []].append(index) } }
            if let cleared = action.cleared { clearing[cleared, default: []].append(index) }
            if let whole = action.whole { parts[whole, default: []].append(index) }
            guard action.verb != .cancel else {
                if let own { stopped.insert(own) }
                continue
            }
            actions[action.record] = index
            if let own { owners[own] = index }
            for name in action.along {
                if let along = row(action.source, name) { owners[along] = index }
            }
        }
        staying = Set(plan.staying.compactMap { row($0.source, $0.name) })
        (self.rows, self.owners, self.actions) = (rows, owners, actions)
        (self.clearing, self.parts, self.unfound, self.stopped) = (clearing, parts, unfound, stopped)
    }
}
