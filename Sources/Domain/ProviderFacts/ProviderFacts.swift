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
    /// The surfaces, each behind the one that it stands below.
    public let surfaces: [Surface]

    /// Checks facts.
    ///
    /// - Throws: `FactsError` at the first thing that cannot be true.
    init(
        provider: String, collected: String, address: String, families: [(Family, [StatedSurface])]
    ) throws(FactsError) {
        self.provider = provider
        self.collected = collected
        self.address = address
        for day in [collected] + families.compactMap(\.0.retired) where (try? CivilDate(day)) == nil {
            throw FactsError(provider, day, "is not a day")
        }
        var surfaces: [Surface] = []
        for (family, stated) in families {
            for stated in stated {
                let surface = try stated.surface(of: family, provider)
                if let reason = Self.objection(to: surface, behind: surfaces) {
                    throw FactsError(provider, stated.path, reason)
                }
                surfaces.append(surface)
            }
        }
        self.surfaces = surfaces
    }

    private static func objection(to surface: Surface, behind others: [Surface]) -> String? {
        if others.contains(where: { $0.kind == surface.kind }) { return "has a kind that another path has too" }
        guard let container = surface.container else { return nil }
        guard let above = others.first(where: { $0.kind == container }) else {
            return "stands below what no earlier path has"
        }
        return surface.ancestors.dropLast() == above.ancestors[...]
            ? nil : "does not stand below the path of its container"
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
