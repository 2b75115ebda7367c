internal import CanonicalJSON
internal import Policies
internal import Records

/// What a registry has to say of records so that they are again what they were: whose they are where their metadata and
/// their containers say something else, and activity that the wire's shape has no time for.
struct RegistryLines {
    private let inventory: Inventory
    /// Of owner, subject and tenant: the key in the metadata of a source's records, and the codes of all rows.
    private let columns: [Column]
    private let containers: [UInt32]
    private let kinds: [Kind]

    private struct Column {
        let attribute: RecordAttribute
        let key: Int?
        let codes: [StringTable.Code]
    }

    /// Longer than a registry's ids and texts.
    private static let longestText = 512

    /// For the records of a source whose metadata means this.
    init(_ inventory: Inventory, fields: Source.Fields) {
        self.inventory = inventory
        containers = inventory.containers
        kinds = inventory.kinds
        columns = [
            (.owner, fields.owner, inventory.owners), (.subject, fields.subject, inventory.subjects),
            (.tenant, fields.tenant, inventory.tenants),
        ].map { attribute, name, codes in
            Column(
                attribute: attribute, key: inventory.metadataKeys.firstIndex { $0.utf8.elementsEqual(name.utf8) },
                codes: codes)
        }
    }

    /// The lines of a row; empty where the rest of the export says it all.
    ///
    /// - Parameter activity: when it was active last, where its own line cannot say so; microseconds since 1970.
    func lines(_ row: Int, activity: Int64?) -> [UInt8] {
        guard kinds[row].mayStandAlone else { return [] }
        var first: [(String, String)] = []
        var second: [(String, String)] = []
        for column in columns where column.codes[row] != expected(row, column) {
            let name = column.attribute.name
            if column.codes[row] == StringTable.undecided {
                // Two lines that differ, so that again neither is believed.
                first.append((name, "a"))
                second.append((name, "b"))
            } else if let text = inventory.strings.string(column.codes[row]), text.utf8.count <= Self.longestText {
                first.append((name, text))
            }
        }
        if let activity { first.append(("lastActivity", RecordLine.seconds(activity))) }
        return line(row, first) + line(row, second)
    }

    /// What its metadata says, or what contains it.
    private func expected(_ row: Int, _ column: Column) -> StringTable.Code {
        let own = column.key.map { inventory.metadataCode($0, row) } ?? StringTable.absent
        guard own == StringTable.absent, containers[row] < Inventory.unknownContainer else { return own }
        return column.codes[Int(containers[row])]
    }

    private func isId(_ id: String) -> Bool {
        id.utf8.count <= Self.longestText
            && id.unicodeScalars.allSatisfy {
                $0.value > 0x20 && $0.value != 0x7F && !$0.properties.isWhitespace
            }
    }

    private func line(_ row: Int, _ members: [(String, String)]) -> [UInt8] {
        guard !members.isEmpty, isId(inventory.id(row)) else { return [] }
        var bytes: [UInt8] = []
        for (name, text) in [("id", inventory.id(row)), ("kind", kinds[row].name)] + members {
            bytes.append(UInt8(ascii: bytes.isEmpty ? "{" : ","))
            bytes.append(jsonString: name)
            bytes.append(UInt8(ascii: ":"))
            bytes.append(jsonString: text)
        }
        bytes.append(literal: "}\n")
        return bytes
    }
}
