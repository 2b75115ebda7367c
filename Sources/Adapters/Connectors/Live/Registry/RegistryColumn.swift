internal import Records

/// What a registry may say of a record: the names of its columns, or of its members.
enum RegistryColumn: String, CaseIterable {
    case id, kind, owner, subject, tenant, lastActivity

    /// The names, for people.
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The column of that name; nil where it is none of ours.
    ///
    /// - Throws: where it is ours but for its capitals and signs: what it says would be lost.
    init?(named name: String) throws(RegistryComplaint) {
        if let column = Self(rawValue: name) {
            self = column
            return
        }
        let bare = Self.bare(name)
        if let meant = Self.allCases.first(where: { Self.bare($0.rawValue) == bare }) {
            throw RegistryComplaint("names a column \(name)", hint: "write \(meant.rawValue)")
        }
        return nil
    }

    private static func bare(_ name: String) -> String { name.lowercased().filter { $0.isLetter } }

    /// The attribute that it states; nil where it states none.
    var attribute: RecordAttribute? {
        switch self {
        case .owner: .owner
        case .subject: .subject
        case .tenant: .tenant
        case .id, .kind, .lastActivity: nil
        }
    }
}

/// What a place of a registry holds.
enum RegistryCell {
    case text(String)
    case integer(Int64)
    case real(Double)
    /// Nothing that a registry could mean.
    case other

    /// Of a file of text, where all that is no text looks like it.
    static func ofText(_ text: String) -> RegistryCell? { text.isEmpty ? nil : .text(text) }
}

/// What is wrong with a line of a registry. It quotes nothing of it.
struct RegistryComplaint: Error {
    let reason: String
    let hint: String

    init(_ reason: String, hint: String) {
        self.reason = reason
        self.hint = hint
    }
}
