/// Something by which a person is known in records.
public enum Identity: Sendable, Hashable {
    /// The id of a user: what the records' subject or owner says, byte for byte.
    case user(String)
    case email(EmailAddress)
    /// The SHA-256 of an address or an id, in hexadecimal: what records say in its place, or what they spell out.
    case digest(String)
    /// The value of a metadata key.
    case metadata(key: String, value: String)
    /// The id of a record, or any other word that the records' subject or owner may say.
    case identifier(String)

    /// What kind of identity it is, which names nobody.
    public enum Form: String, Sendable, Hashable, CaseIterable, Comparable {
        case digest, email, identifier, metadata, user

        /// The order of the alphabet.
        public static func < (left: Form, right: Form) -> Bool { left.rawValue < right.rawValue }
    }

    /// What kind of identity it is.
    public var form: Form {
        switch self {
        case .user: .user
        case .email: .email
        case .digest: .digest
        case .metadata: .metadata
        case .identifier: .identifier
        }
    }

    /// A spelling that no other identity has. It names the person: it is stored with the request, and tokens are made of it.
    var spelling: String {
        switch self {
        case .user(let id): "user\0\(id)"
        case .email(let address): "email\0\(address.exact)"
        case .digest(let digits): "digest\0\(digits)"
        case .metadata(let key, let value): "metadata\0\(key)\0\(value)"
        case .identifier(let word): "identifier\0\(word)"
        }
    }
}
