internal import Records

/// How reports name tenants: by tokens, of which each is made once.
struct Tenants {
    private let strings: StringTable
    private var tokens: [StringTable.Code: String] = [:]

    init(_ inventory: Inventory) { strings = inventory.strings }

    /// The token; nil where there is no tenant, and a word where two readings disagree on it.
    mutating func token(_ code: StringTable.Code) throws(ReportError) -> String? {
        if code == StringTable.absent { return nil }
        if code == StringTable.undecided { return "undecided" }
        if let token = tokens[code] { return token }
        guard let name = strings.string(code) else { return nil }
        let token = try Redaction.token(tenant: name)
        tokens[code] = token
        return token
    }
}
