/// How an action ended.
public struct ActionEnding: Sendable, Hashable {
    /// What became of it.
    public let outcome: DispositionOutcome
    /// Why, in words for people: no content, and no id.
    public let words: String
    /// Whether the credential was refused, so that nothing more is to be asked under it.
    public let stopsRun: Bool

    /// An ending.
    public init(_ outcome: DispositionOutcome, _ words: String, stopsRun: Bool = false) {
        self.outcome = outcome
        self.words = words
        self.stopsRun = stopsRun
    }
}
