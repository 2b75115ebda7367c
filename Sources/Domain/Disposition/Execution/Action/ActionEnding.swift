/// How an action ended.
public struct ActionEnding: Sendable, Hashable {
    /// What became of it.
    public let outcome: DispositionOutcome
    /// Why, in words for people: no content, and no id.
    public let words: String
    /// Whether the credential was refused, so that nothing more is to be asked under it.
    public let stopsRun: Bool
    /// What the service keeps for itself, so that calling again changes nothing; nil where that is not so, or not known.
    public let residual: Residual?
    /// What searching its store showed; nil where nobody asked for that, or nothing was taken out of a store.
    public let search: StoreSearch?

    /// An ending.
    public init(
        _ outcome: DispositionOutcome, _ words: String, stopsRun: Bool = false, residual: Residual? = nil,
        search: StoreSearch? = nil
    ) {
        self.outcome = outcome
        self.words = words
        self.stopsRun = stopsRun
        self.residual = residual
        self.search = search
    }
}

/// What stays behind on a service of a record that was to be deleted there.
///
/// - Source: hard case 52.
public enum Residual: String, Sendable, Hashable, CaseIterable {
    /// The record, with all that was to go along: the service refuses to delete it, or keeps what must be gone
    /// before it.
    case whole
    /// The record itself, or what stands in its place or was in it: the service said that it deleted it, and shows it or
    /// finds its contents still. Of what was to go along nobody knows.
    case record

    /// Why something stays behind, for people.
    public static let because =
        "its service refuses to delete it, or what must be gone before it, shows it still after it said that it did, or "
        + "still finds what it said"
}
