/// Owner, subject and tenant pass down from a container to what it contains.
///
/// What two containers of one record disagree on is undecided.
/// - Source: the design, section 5, "Fields".
struct Inheritance {
    /// The container of every row.
    let containers: [UInt32]
    /// Further containers, of records that were read in several places.
    let further: [(container: Int, row: Int)]

    func passDown(_ columns: inout Columns) {
        passDown(&columns.owners)
        passDown(&columns.subjects)
        passDown(&columns.tenants)
    }

    private func passDown(_ column: inout [StringTable.Code]) {
        guard column.contains(where: { $0 != StringTable.absent }) else { return }
        // One round more for each level of containers that can differ.
        for _ in Kind.allCases {
            let disputed = further.filter { container, row in
                column[row] == StringTable.absent && containers[row] < Inventory.unknownContainer
                    && value(of: container, in: column) != value(of: Int(containers[row]), in: column)
            }
            if disputed.isEmpty { break }
            for (_, row) in disputed { column[row] = StringTable.undecided }
        }
        for row in containers.indices where column[row] == StringTable.absent {
            column[row] = value(of: row, in: column)
        }
    }

    /// The row's own value, or that of the nearest container that has one.
    private func value(of row: Int, in column: [StringTable.Code]) -> StringTable.Code {
        var row = row
        // Containers nest three deep at most.
        for _ in Kind.allCases {
            if column[row] != StringTable.absent || containers[row] >= Inventory.unknownContainer { break }
            row = Int(containers[row])
        }
        return column[row]
    }
}
