import Records

/// A text of a record, of which matches and expressions speak.
enum TextField: Hashable, Comparable {
    case kind, source, id
    case role, status, owner, subject, tenant
    case metadata(String)

    /// Whether a record may be without it.
    var isOptional: Bool {
        switch self {
        case .kind, .source, .id: false
        case .role, .status, .owner, .subject, .tenant, .metadata: true
        }
    }

    /// All values that there are, where they are few.
    var vocabulary: [Letters]? {
        switch self {
        case .kind: Self.kinds
        case .role: Self.roles
        case .source, .id, .status, .owner, .subject, .tenant, .metadata: nil
        }
    }

    private static let kinds = Kind.allCases.map { Letters($0.name) }
    private static let roles = Role.allCases.compactMap(\.name).map { Letters($0) }

    /// What every value is made of, where the vocabulary does not say.
    var grammar: TextAutomaton? {
        switch self {
        case .source: .name
        case .id: .nonEmpty
        case .kind, .role, .status, .owner, .subject, .tenant, .metadata: nil
        }
    }

    /// The field of that name in expressions; metadata and what is no text give nil.
    init?(_ field: RecordField) {
        switch field {
        case .kind: self = .kind
        case .source: self = .source
        case .id: self = .id
        case .role: self = .role
        case .status: self = .status
        case .owner: self = .owner
        case .subject: self = .subject
        case .tenant: self = .tenant
        case .created, .lastActivity, .lastModified, .expires, .bytes, .tokens, .metadata, .container, .contains, .uses,
            .usedBy:
            return nil
        }
    }

    private var order: (Int, String) {
        switch self {
        case .kind: (0, "")
        case .source: (1, "")
        case .id: (2, "")
        case .role: (3, "")
        case .status: (4, "")
        case .owner: (5, "")
        case .subject: (6, "")
        case .tenant: (7, "")
        case .metadata(let key): (8, key)
        }
    }

    static func < (left: TextField, right: TextField) -> Bool { left.order < right.order }
}

/// A text by its code points: two texts are equal only if these are, as in CEL and in the inventory.
struct Letters: Hashable, Comparable {
    let scalars: [Unicode.Scalar]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    var text: String { String(String.UnicodeScalarView(scalars)) }

    /// By code points, the order of CEL.
    static func < (left: Letters, right: Letters) -> Bool { left.scalars.lexicographicallyPrecedes(right.scalars) }
}
