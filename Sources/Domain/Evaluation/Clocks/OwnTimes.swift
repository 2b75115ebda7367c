internal import Records

/// The times that a record tells of itself, in columns that were taken out of the inventory once.
final class OwnTimes: Sendable {
    let created: [Int64]
    let activity: [Int64]
    let facts: [TimeFacts]
    private let inventory: Inventory

    init(_ inventory: Inventory) {
        self.inventory = inventory
        created = inventory.createdMoments
        activity = inventory.activityMoments
        facts = inventory.timeFacts
    }

    /// When the record was created.
    @inline(__always)
    func created(_ row: Int) -> Ends {
        if facts[row].createdIsPoint { return Ends(created[row], created[row]) }
        return Ends(inventory.created(row))
    }

    /// The later of its creation and its own newest event.
    @inline(__always)
    func newest(_ row: Int) -> Ends {
        if facts[row].bothArePoints {
            let newest = max(created[row], activity[row])
            return Ends(newest, newest)
        }
        return slowNewest(row)
    }

    @inline(never)
    private func slowNewest(_ row: Int) -> Ends {
        var ends = created(row)
        if let own = inventory.ownActivity(row) { ends.raise(Ends(own)) }
        return ends
    }
}
