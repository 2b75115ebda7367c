/// A version of an API, as clients name it in `api-version`.
public struct APIVersion: Sendable, Hashable {
    /// What clients say, such as `2025-04-01-preview`.
    public let name: String
    /// The day from which the provider refuses it, such as `2024-07-01`; nil while it does not, as far as is known.
    public let ended: String?
    /// Whether it stands in the facts.
    public let isKnown: Bool

    init(_ name: String, ended: String? = nil, isKnown: Bool = true) {
        self.name = name
        self.ended = ended
        self.isKnown = isKnown
    }

    /// Whether a word could be the name of a dated version: a day, with or without `-preview`.
    static func isDated(_ name: String) -> Bool {
        let day = name.hasSuffix("-preview") ? name.dropLast("-preview".count) : name[...]
        return day.utf8.count == 10 && day.utf8.first.map { (48...57).contains($0) } == true
    }
}
