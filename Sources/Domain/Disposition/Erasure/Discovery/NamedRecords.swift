internal import Records

/// Whose each record is, by what it says itself.
struct NamedRecords {
    /// What a record says of whose it is.
    enum Whose {
        /// The person's, named there in that form.
        case theirs(FoundRecord.Field, Identity.Form)
        /// The person may be meant.
        case doubtful(FoundRecord.Field, Identity.Form, FoundRecord.Doubt)
        /// Somebody else's.
        case others
        /// Two readings differ.
        case undecided
        case nobodys
    }

    private let inventory: Inventory
    private let known: KnownValues
    /// The rows whose ids the request names.
    private let ids: [Int: Identity.Form]

    init(_ request: PrivacyRequest, _ inventory: Inventory, _ known: KnownValues) {
        self.inventory = inventory
        self.known = known
        var ids: [Int: Identity.Form] = [:]
        for case .identifier(let id) in request.identities {
            for row in inventory.rows(withId: id) { ids[row] = .identifier }
        }
        self.ids = ids
    }

    func whose(_ row: Int) -> Whose {
        let subject = inventory.subjects[row]
        let owner = inventory.owners[row]
        if let likeness = known.likenesses[subject] {
            return likeness.likeness == .exact
                ? .theirs(.subject, likeness.form) : .doubtful(.subject, likeness.form, .alike)
        }
        let isOthers = subject != StringTable.absent && subject != StringTable.undecided
        if let named = byRequest(row) ?? byOwner(owner) {
            if isOthers { return .doubtful(named.field, named.form, .namesOthers) }
            if subject == StringTable.undecided { return .doubtful(named.field, named.form, .undecided) }
            return .theirs(named.field, named.form)
        }
        if let likeness = known.likenesses[owner] { return .doubtful(.owner, likeness.form, .alike) }
        if let mention = mention(row) { return .doubtful(mention.field, mention.form, .mentions) }
        if isOthers { return .others }
        if subject == StringTable.undecided || owner == StringTable.undecided { return .undecided }
        return owner == StringTable.absent ? .nobodys : .others
    }

    /// What the request names besides people: an id, or the value of a metadata key.
    private func byRequest(_ row: Int) -> (field: FoundRecord.Field, form: Identity.Form)? {
        if let form = ids[row] { return (.id, form) }
        return known.metadata.filter { $0.value.contains(inventory.metadataCode($0.key, row)) }.keys.min()
            .map { (.metadata($0), .metadata) }
    }

    private func byOwner(_ owner: StringTable.Code) -> (field: FoundRecord.Field, form: Identity.Form)? {
        guard let likeness = known.likenesses[owner], likeness.likeness == .exact else { return nil }
        return (.owner, likeness.form)
    }

    /// A metadata key that says what an identity says, though the request does not name the key.
    private func mention(_ row: Int) -> (field: FoundRecord.Field, form: Identity.Form)? {
        guard !known.likenesses.isEmpty else { return nil }
        for key in inventory.metadataKeys.indices {
            if let likeness = known.likenesses[inventory.metadataCode(key, row)] {
                return (.metadata(key), likeness.form)
            }
        }
        return nil
    }
}
