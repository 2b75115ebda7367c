public import Chronology

/// Until when a provider may still have what it says it deleted.
///
/// - Source: hard case 82: a receipt has two dates.
public enum LatestRemoval {
    /// How long after an accepted deletion a source of this type may still hold the data; nil where its provider states
    /// nothing.
    ///
    /// - Source: OpenAI, "Your data" in the platform's documentation (read 2026-11): what is deleted is removed from its
    ///   servers within 30 days. Microsoft's documentation of Azure OpenAI and Foundry states no such time.
    public static func period(ofType type: String) -> Period? { type == "openai" ? Period(days: 30) : nil }

    /// What may keep it longer, whatever the provider states.
    public static let caveat =
        "A court may order a provider to keep what it would delete, and a provider keeps what a law obliges it to keep."
}
