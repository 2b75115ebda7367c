public import Policies

/// An error in a part of an expression that did not matter to the answer, for another part decided: `false && error`.
public struct AbsorbedError: Sendable, Hashable {
    /// The kind and the name of the document.
    public let document: String
    /// Where the part begins that failed.
    public let location: SourceLocation
    /// What kind of thing went wrong, such as `no-such-key`.
    public let code: String
    /// For how many records.
    public let records: Int
}

extension AbsorbedError: Comparable {
    /// By place, then code, then document.
    public static func < (left: AbsorbedError, right: AbsorbedError) -> Bool {
        (left.location, left.code, left.document) < (right.location, right.code, right.document)
    }
}

extension AbsorbedError {
    /// Why it makes a strict run incomplete. It holds no value of a record.
    var incompleteness: Incompleteness {
        let count = records == 1 ? "1 record" : "\(records) records"
        return Incompleteness(
            source: nil, message: "\(document): \(location): an error was absorbed for \(count): \(code)")
    }
}
