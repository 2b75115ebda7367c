public import AuditLog
public import Records

extension SuppressionList {
    /// The rows of records that name somebody who was forgotten, ascending.
    ///
    /// Every distinct value that a subject, an owner or a listed metadata key says is hashed once; ids are hashed where
    /// the list has some.
    public func rows(in inventory: Inventory, key: PseudonymKey) throws(SuppressionError) -> [Int] {
        var found: Set<Int> = []
        for (place, listed) in tokens {
            let columns: [[StringTable.Code]] =
                switch place {
                case .people: [inventory.subjects, inventory.owners]
                case .metadata(let name):
                    inventory.metadataKey(named: name).map { [inventory.metadataColumn($0)] } ?? []
                case .id: []
                }
            var known: [StringTable.Code: Bool] = [:]
            for column in columns {
                for (row, code) in column.enumerated() {
                    if known[code] == nil {
                        let spellings = try inventory.strings.string(code).map { value throws(SuppressionError) in
                            try Self.spellings(value, place)
                        }
                        known[code] = try isListed(spellings ?? [], listed, key)
                    }
                    if known[code] == true { found.insert(row) }
                }
            }
            guard place == .id else { continue }
            for row in 0..<inventory.count
            where try isListed([SuppressionSpelling.id(inventory.id(row)).text], listed, key) { found.insert(row) }
        }
        return found.sorted()
    }

    private static func spellings(
        _ value: String, _ place: SuppressionSpelling.Place
    ) throws(SuppressionError) -> [String] {
        switch place {
        case .people: try SuppressionSpelling.candidates(value)
        case .metadata(let key): SuppressionSpelling.metadata(key, value).map(\.text)
        case .id: [SuppressionSpelling.id(value).text]
        }
    }

    private func isListed(
        _ candidates: [String], _ listed: Set<String>, _ key: PseudonymKey
    ) throws(SuppressionError) -> Bool {
        for candidate in candidates {
            do throws(AuditError) {
                if listed.contains(try key.token(subject: candidate)) { return true }
            } catch {
                throw .token(error)
            }
        }
        return false
    }
}
