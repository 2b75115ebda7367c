public import Records

/// Where an API has the records of one kind.
public struct Surface: Sendable, Hashable {
    /// A part of a path.
    public enum Segment: Sendable, Hashable {
        /// A word of the API.
        case word(String)
        /// The id of a record of this kind.
        case id(Kind)
    }

    /// How records are found.
    public enum Access: Sendable, Hashable {
        /// In a list, where `after` takes the id of a page's last element, and `limit` the most elements of a page.
        case list(limit: Int)
        /// One by one, by an id that somebody knows: the API has no list.
        case id
    }

    /// The kind.
    public let kind: Kind
    /// The path of the list, or of the record, below the API's address.
    public let path: [Segment]
    /// How records are found.
    public let access: Access
    /// The part of the API that comes and goes with it.
    public let family: Family

    /// The kinds of what the records stand below, from the top.
    public var ancestors: [Kind] {
        let ids: [Kind] = path.compactMap { if case .id(let kind) = $0 { kind } else { nil } }
        return access == .id ? Array(ids.dropLast()) : ids
    }

    /// The kind of what the records are parts of; nil where they stand at the top.
    public var container: Kind? { ancestors.last }
}

/// A part of an API that has a life of its own.
public struct Family: Sendable, Hashable {
    /// What people call it.
    public let name: String
    /// The header that it asks for; nil for none.
    public let beta: String?
    /// The day from which the provider no longer serves it, such as `2026-08-26`; nil while it does.
    public let retired: String?
}
