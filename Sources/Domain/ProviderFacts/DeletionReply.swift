public import Records

/// What a service answers where it took a record away.
///
/// - Source: OpenAI's OpenAPI document 2.3.0 and Microsoft's specifications of Azure OpenAI, which agree: the id with
///   `"deleted":true`; for an item its conversation; for a response a status without a schema.
public enum DeletionReply: Sendable, Hashable {
    /// The record's id, and `"deleted":true`.
    case confirmation
    /// What the record was a part of.
    case container
    /// Anything, and nothing.
    case anything

    /// What is answered to the deletion of a record of this kind.
    public static func reply(of kind: Kind) -> DeletionReply {
        switch kind {
        case .item: .container
        case .response: .anything
        default: .confirmation
        }
    }
}
