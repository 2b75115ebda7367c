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

    /// How a list goes on behind its first page.
    public enum Paging: Sendable, Hashable {
        /// `after` takes the id of a page's last element; `limit` takes the most elements of a page.
        case after(limit: Int)
        /// There is one page, however long.
        case onePage
    }

    /// The kind.
    public let kind: Kind
    /// The path of the list, below the API's address.
    public let path: [Segment]
    /// How it is paged.
    public let paging: Paging

    /// The kinds whose ids stand in the path, in their order.
    public var ids: [Kind] {
        path.compactMap { if case .id(let kind) = $0 { kind } else { nil } }
    }

    /// The kind of the record below which the list stands; nil where it stands at the top.
    public var container: Kind? { ids.last }
}
