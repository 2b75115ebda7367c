/// Owner, subject and tenant pass down from a container to what it contains.
///
/// - Source: the design, section 5, "Fields".
enum Inheritance {
    static func passDown(_ columns: inout Columns) {
        passDown(&columns.owners, containers: columns.containers)
        passDown(&columns.subjects, containers: columns.containers)
        passDown(&columns.tenants, containers: columns.containers)
    }

    private static func passDown(_ column: inout [StringTable.Code], containers: [UInt32]) {
        guard column.contains(where: { $0 != StringTable.absent }) else { return }
        for row in containers.indices where column[row] == StringTable.absent {
            var above = containers[row]
            // Containers nest three deep at most; a circle of records that lie about it ends here too.
            for _ in Kind.allCases where above < Inventory.unknownContainer {
                let code = column[Int(above)]
                if code != StringTable.absent {
                    column[row] = code
                    break
                }
                above = containers[Int(above)]
            }
        }
    }
}
