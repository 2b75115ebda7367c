internal import Records

/// Where objects of the wire come from, and what that says of them: a file of an export, or a list of a server.
struct Material: Sendable {
    /// The file, or the list's path, for people.
    let name: String
    /// The kind that the name promises, or nil where it promises none.
    let kind: Kind?
    /// What the records belong to where they do not say so themselves; nil where nothing is known.
    var container: [UInt8]?
}
