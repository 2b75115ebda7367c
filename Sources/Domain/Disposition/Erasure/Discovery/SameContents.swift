internal import Records

/// Which records hold the same, by the hashes that stand with them under the metadata keys that a request names.
///
/// The rows of each value stand together, so that what is looked up costs what is found.
struct SameContents {
    /// The rows that have a value under one key, by the value's code.
    private struct Column {
        let key: Int
        let starts: [UInt32]
        let rows: [UInt32]

        init(_ key: Int, _ inventory: Inventory) {
            self.key = key
            let codes = inventory.metadataColumn(key)
            var starts = [UInt32](repeating: 0, count: inventory.strings.count + 1)
            for code in codes where Self.isValue(code) { starts[Int(code) + 1] += 1 }
            for code in starts.indices.dropFirst() { starts[code] += starts[code - 1] }
            var rows = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
            var next = starts
            for (row, code) in codes.enumerated() where Self.isValue(code) {
                rows[Int(next[Int(code)])] = UInt32(row)
                next[Int(code)] += 1
            }
            (self.starts, self.rows) = (starts, rows)
        }

        /// A value on which two readings differ is none.
        private static func isValue(_ code: StringTable.Code) -> Bool {
            code != StringTable.absent && code != StringTable.undecided
        }

        func rows(_ code: StringTable.Code) -> [Int] {
            guard Self.isValue(code) else { return [] }
            return rows[Int(starts[Int(code)])..<Int(starts[Int(code) + 1])].map(Int.init)
        }
    }

    /// One value under one key, of one kind of contents.
    private struct Group: Hashable {
        let key: Int
        let code: StringTable.Code
        let kind: Kind
    }

    private let inventory: Inventory
    private let columns: [Column]
    private var told: Set<Group> = []

    init(_ request: PrivacyRequest, _ inventory: Inventory) {
        self.inventory = inventory
        columns = request.contentHashKeys.compactMap(inventory.metadataKey).map { Column($0, inventory) }
    }

    /// The rows of the records that hold the same as this one, each value's once: whoever asks for one of them has them all.
    mutating func copies(of row: Int) -> [Int] {
        var copies: [Int] = []
        for column in columns {
            let code = inventory.metadataCode(column.key, row)
            let kind = inventory.kinds[row].ofContents
            guard let value = inventory.strings.string(code), ContentHash.isOne(value),
                told.insert(Group(key: column.key, code: code, kind: kind)).inserted
            else { continue }
            copies += column.rows(code).filter { $0 != row && inventory.kinds[$0].ofContents == kind }
        }
        return copies
    }

    /// Whether a hash stands with a record.
    func hasHash(_ row: Int) -> Bool {
        columns.contains { column in
            inventory.strings.string(inventory.metadataCode(column.key, row)).map(ContentHash.isOne) ?? false
        }
    }
}

extension Kind {
    /// What a hash is of. A vector store's file holds nothing of its own: what stands with it is of the file that it names.
    fileprivate var ofContents: Kind {
        switch self {
        case .vectorStoreFile, .containerFile: .file
        default: self
        }
    }
}
