public import AuditLog
public import Records

extension SuppressionList {
    /// The rows of records that name somebody who was forgotten, ascending.
    ///
    /// Every distinct value that a subject, an owner or a listed metadata key says is hashed once.
    public func rows(in inventory: Inventory, key: PseudonymKey) throws(SuppressionError) -> [Int] {
        var found: Set<Int> = []
        for (metadataKey, listed) in tokens {
            let columns =
                if let metadataKey {
                    inventory.metadataKey(named: metadataKey).map { [inventory.metadataColumn($0)] } ?? []
                } else {
                    [inventory.subjects, inventory.owners]
                }
            var known: [StringTable.Code: Bool] = [:]
            for column in columns {
                for (row, code) in column.enumerated() {
                    if known[code] == nil {
                        known[code] = try isListed(inventory.strings.string(code), metadataKey, listed, key)
                    }
                    if known[code] == true { found.insert(row) }
                }
            }
        }
        return found.sorted()
    }

    private func isListed(
        _ value: String?, _ metadataKey: String?, _ listed: Set<String>, _ key: PseudonymKey
    ) throws(SuppressionError) -> Bool {
        guard let value else { return false }
        let candidates =
            if let metadataKey { ["metadata\0\(metadataKey)\0\(value)"] } else {
                try SuppressionSpelling.candidates(value)
            }
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
