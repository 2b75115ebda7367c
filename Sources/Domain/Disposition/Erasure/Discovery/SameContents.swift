internal import Records

/// Which records hold the same, by the hashes that stand with them under the metadata keys that a request names.
///
/// The rows of each hash stand together, so that what is looked up costs what is found.
struct SameContents {
    /// The rows that have a hash under one key, by the code of the first value that is this hash.
    private struct Column {
        let key: Int
        /// By the code of a value: that of the first which is the same hash; absent where it is none.
        private let hashes: [StringTable.Code]
        private let starts: [UInt32]
        private let rows: [UInt32]

        init(_ key: Int, _ inventory: Inventory) {
            self.key = key
            let codes = inventory.metadataColumn(key)
            let hashes = Self.hashes(among: codes, inventory.strings)
            let held = codes.map { Self.hash($0, hashes) }
            var starts = [UInt32](repeating: 0, count: hashes.count + 1)
            for hash in held where hash != StringTable.absent { starts[Int(hash) + 1] += 1 }
            for hash in starts.indices.dropFirst() { starts[hash] += starts[hash - 1] }
            var rows = [UInt32](repeating: 0, count: Int(starts.last ?? 0))
            var next = starts
            for (row, hash) in held.enumerated() where hash != StringTable.absent {
                rows[Int(next[Int(hash)])] = UInt32(row)
                next[Int(hash)] += 1
            }
            (self.hashes, self.starts, self.rows) = (hashes, starts, rows)
        }

        /// Every value is read once: one hash can be spelt in several ways.
        private static func hashes(
            among codes: [StringTable.Code], _ strings: StringTable
        ) -> [StringTable.Code] {
            var hashes = [StringTable.Code](repeating: StringTable.absent, count: strings.count)
            var isRead = [Bool](repeating: false, count: strings.count)
            var first: [ContentHash: StringTable.Code] = [:]
            for code in codes where isRead.indices.contains(Int(code)) && !isRead[Int(code)] {
                isRead[Int(code)] = true
                guard let hash = strings.string(code).flatMap(ContentHash.init) else { continue }
                let same = first[hash] ?? code
                first[hash] = same
                hashes[Int(code)] = same
            }
            return hashes
        }

        /// A value on which two readings differ is no hash.
        private static func hash(_ code: StringTable.Code, _ hashes: [StringTable.Code]) -> StringTable.Code {
            code == StringTable.undecided ? StringTable.absent : hashes[Int(code)]
        }

        /// The code that stands for the hash that a value is; absent where it is none.
        func hash(_ code: StringTable.Code) -> StringTable.Code { Self.hash(code, hashes) }

        func rows(_ hash: StringTable.Code) -> [Int] {
            rows[Int(starts[Int(hash)])..<Int(starts[Int(hash) + 1])].map(Int.init)
        }
    }

    /// One hash under one key, of one kind of contents.
    private struct Group: Hashable {
        let key: Int
        let hash: StringTable.Code
        let kind: Kind
    }

    private let inventory: Inventory
    private let columns: [Column]
    private var told: Set<Group> = []

    init(_ request: PrivacyRequest, _ inventory: Inventory) {
        self.inventory = inventory
        columns = request.contentHashKeys.compactMap(inventory.metadataKey).map { Column($0, inventory) }
    }

    /// The rows of the records that hold the same as this one, each hash's once: whoever asks for one of them has them all.
    mutating func copies(of row: Int) -> [Int] {
        var copies: [Int] = []
        for column in columns {
            let hash = column.hash(inventory.metadataCode(column.key, row))
            let kind = inventory.kinds[row].ofContents
            guard hash != StringTable.absent, told.insert(Group(key: column.key, hash: hash, kind: kind)).inserted
            else { continue }
            copies += column.rows(hash).filter { $0 != row && inventory.kinds[$0].ofContents == kind }
        }
        return copies
    }

    /// Whether a hash stands with a record.
    func hasHash(_ row: Int) -> Bool {
        columns.contains { $0.hash(inventory.metadataCode($0.key, row)) != StringTable.absent }
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
