public import Records

/// What another set of rules makes of the same records at the same instant.
public struct Difference: Sendable {
    /// By change: which records it newly is true of, and of which it no longer is.
    public let totals: [Total]
    /// The same, of what is newly true, by document and tenant.
    public let groups: [Group]
    /// Every record of which something changes, by source, kind and id.
    public let records: [RecordChange]
    /// What each document makes newly true, sorted by row: `causes(of:)` finds a record's.
    let attributions: [Attribution]

    /// One change of all records together.
    public struct Total: Sendable, Hashable {
        /// What is, or no longer is.
        public let change: Standing.Change
        /// Records of which it was not true and is.
        public var newly = Amount()
        /// Records of which it was true and is not.
        public var noLonger = Amount()
    }

    /// One change that one document makes to the records of one tenant.
    public struct Group: Sendable, Hashable {
        /// What is newly true.
        public let change: Standing.Change
        /// The document behind it.
        public let cause: Cause
        /// The tenant's code among the inventory's strings.
        public let tenant: StringTable.Code
        /// The records.
        public let newly: Amount
    }

    /// What changes about one record.
    public struct RecordChange: Sendable, Hashable {
        /// The record's row.
        public var row: Int { Int(rowNumber) }
        /// What is newly true.
        public let newly: Standing
        /// What is no longer true.
        public let noLonger: Standing
        private let rowNumber: UInt32

        init(row: Int, newly: Standing, noLonger: Standing) {
            rowNumber = UInt32(row)
            self.newly = newly
            self.noLonger = noLonger
        }
    }

    /// One document that makes something newly true of a record.
    struct Attribution: Sendable, Hashable {
        let row: UInt32
        let change: Standing.Change
        let cause: Cause

        static func precedes(_ left: Attribution, _ right: Attribution) -> Bool {
            (left.row, left.change.rawValue, left.cause.order) < (right.row, right.change.rawValue, right.cause.order)
        }
    }

    /// The documents behind what is newly true of a record, change by change.
    public func causes(of row: Int) -> [(change: Standing.Change, cause: Cause)] {
        var low = 0
        var high = attributions.count
        while low < high {
            let middle = (low + high) / 2
            if Int(attributions[middle].row) < row { low = middle + 1 } else { high = middle }
        }
        return attributions[low...].prefix { Int($0.row) == row }.map { ($0.change, $0.cause) }
    }

    /// What is newly true, or no longer is, of all records together.
    public subscript(change: Standing.Change) -> Total { totals[Int(change.rawValue)] }
}
