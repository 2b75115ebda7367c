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
        /// In a list, where `after` takes the id of a page's last element, and `limit` the most elements of a page; nil
        /// where the list is one page, whatever is asked for.
        case list(limit: Int?)
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

    /// Whether it is a list below a record that says what else the record uses. What stands on it is no record of its own.
    public var isSupplement: Bool { container == kind }

    /// The path for people, the kinds of its ids in braces: `/responses/{response}/input_items`.
    public var form: String {
        let words = path.map { segment in
            switch segment {
            case .word(let word): word
            case .id(let kind): "{\(kind.name)}"
            }
        }
        return "/" + (family.root + words).joined(separator: "/")
    }

    /// One record of it by itself: in every API that is known a record stands below its list.
    public var record: Surface {
        access == .id ? self : Surface(kind: kind, path: path + [.id(kind)], access: .id, family: family)
    }
}

/// A part of an API that has a life of its own.
public struct Family: Sendable, Hashable {
    /// What people call it.
    public let name: String
    /// The words that its paths begin with, behind the address.
    public let root: [String]
    /// Whether it wants to hear the version in `api-version`.
    public let sendsVersion: Bool
    /// The header that it asks for; nil for none.
    public let beta: String?
    /// The day from which the provider no longer serves it, such as `2026-08-26`; nil while it does.
    public let retired: String?
    /// The versions of the API that have it; nil for all.
    let versions: Versions?

    init(
        name: String, root: [String] = [], sendsVersion: Bool = false, beta: String? = nil, retired: String? = nil,
        versions: Versions? = nil
    ) {
        self.name = name
        self.root = root
        self.sendsVersion = sendsVersion
        self.beta = beta
        self.retired = retired
        self.versions = versions
    }

    /// Some of the dated versions of an API.
    struct Versions: Sendable, Hashable {
        /// The first one.
        let since: String
        /// Whether those without `-preview` are among them.
        let areStable: Bool

        /// Whether a version is among them, as far as is known of it. Names of dated versions sort by their days.
        func have(_ version: APIVersion) -> Bool {
            guard version.isKnown, version.ended == nil else { return true }
            return version.name >= since && (areStable || version.name.hasSuffix("-preview"))
        }
    }
}
