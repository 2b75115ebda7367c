internal import Chronology
internal import Records

/// What one provider's API has, at one date: every surface that holds records, and how it is read.
///
/// The facts are data. They are checked when they are loaded, so that a slip in them stops a run and does not make it
/// look at less.
public struct ProviderFacts: Sendable {
    /// The type of the sources that they describe, such as `openai`.
    public let provider: String
    /// The day on which they were collected, such as `2026-11-20`.
    public let collected: String
    /// The provider's own address.
    public let address: String
    /// The surfaces that can be listed, those at the top first.
    public let surfaces: [Surface]

    /// Checks facts.
    ///
    /// - Throws: `FactsError` at the first thing that cannot be true.
    init(provider: String, collected: String, address: String, lists: [ListedSurface]) throws(FactsError) {
        self.provider = provider
        self.collected = collected
        self.address = address
        guard (try? CivilDate(collected)) != nil else { throw FactsError(provider, collected, "is not a day") }
        var surfaces: [Surface] = []
        for list in lists {
            let surface = try list.surface(of: provider)
            guard !surfaces.contains(where: { $0.kind == surface.kind }) else {
                throw FactsError(provider, list.path, "lists a kind that another path lists too")
            }
            if let container = surface.container {
                guard let above = surfaces.first(where: { $0.kind == container }) else {
                    throw FactsError(provider, list.path, "stands below what no earlier path lists")
                }
                guard surface.ids.dropLast() == above.ids[...] else {
                    throw FactsError(provider, list.path, "does not stand below the path of its container")
                }
            }
            surfaces.append(surface)
        }
        self.surfaces = surfaces
    }
}

/// Why facts cannot be true.
public struct FactsError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The provider.
    public let provider: String
    /// The path or word that is wrong.
    public let subject: String
    /// What is wrong.
    public let reason: String

    init(_ provider: String, _ subject: String, _ reason: String) {
        self.provider = provider
        self.subject = subject
        self.reason = reason
    }

    /// One line: where, what, and what to do next.
    public var description: String {
        "facts of \(provider): \(subject): \(reason); this is a defect of tenure: report it"
    }
}
