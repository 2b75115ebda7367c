internal import Chronology
public import Records

/// What one provider's API has, at one date: every surface that holds records, and how it is read.
///
/// The facts are data. They are checked when they are loaded, so that a slip in them stops a run and does not make it
/// look at less.
public struct ProviderFacts: Sendable {
    /// The type of the sources that they describe, such as `openai`.
    public let provider: String
    /// The day on which they were collected, such as `2026-11-20`.
    public let collected: String
    /// The provider's own address; nil where every customer has another.
    public let address: String?
    /// What addresses look like.
    public let form: AddressForm
    /// What is said in `api-version` where a family wants to hear it; nil where nothing is.
    public let version: APIVersion?
    /// The header that takes a key; nil where keys are sent as tokens are, or are not taken at all.
    public let keyHeader: String?
    /// What tokens must be issued for, such as `https://ai.azure.com`; nil where the provider issues none.
    public let tokenResource: String?
    /// The surfaces, each behind the one that it stands below.
    public let surfaces: [Surface]
    /// The lists that say of records what else they use: of a kind one at most.
    public let supplements: [Surface]
    /// The kinds that other versions have and this one does not, and the first version that has them.
    public let missing: [(kind: Kind, since: String)]

    /// The kinds that no call shows, and that are over before anything could depend on them: an upload that was completed
    /// has become its file, which is created at that moment, and one that was not ends an hour after it began.
    ///
    /// - Source: OpenAI's OpenAPI document 2.3.0: `createUpload`, an upload "expires after an hour"; `Upload.file`, "The ready
    ///   File object after the Upload is completed." Azure OpenAI and Foundry have the same object.
    public var kindsThatEndUnseen: KindSet { KindSet(.upload).subtracting(KindSet(surfaces.map(\.kind))) }

    /// The kinds that stand at the top and that no list has: their records are found by ids that somebody knows.
    public var kindsFoundById: [Kind] { surfaces.filter { $0.access == .id && $0.container == nil }.map(\.kind) }

    /// Checks facts.
    ///
    /// - Throws: `FactsError` at the first thing that cannot be true.
    init(
        provider: String, collected: String, address: String?,
        form: AddressForm = AddressForm(hosts: [], path: .anything, example: "https://HOST/v1"),
        version: APIVersion? = nil, keyHeader: String? = nil, tokenResource: String? = nil,
        families: [(Family, [StatedSurface])]
    ) throws(FactsError) {
        self.provider = provider
        self.collected = collected
        self.address = address
        self.form = form
        self.version = version
        self.keyHeader = keyHeader
        self.tokenResource = tokenResource
        for day in [collected] + families.compactMap(\.0.retired) where (try? CivilDate(day)) == nil {
            throw FactsError(provider, day, "is not a day")
        }
        var surfaces: [Surface] = []
        var supplements: [Surface] = []
        var missing: [(kind: Kind, since: String)] = []
        for (family, stated) in families {
            for stated in stated {
                let surface = try stated.surface(of: family, provider)
                if let versions = family.versions, let version, !versions.have(version) {
                    if !surface.isSupplement { missing.append((surface.kind, versions.since)) }
                    continue
                }
                let others = surface.isSupplement ? supplements : surfaces
                if let reason = Self.objection(to: surface, beside: others, behind: surfaces) {
                    throw FactsError(provider, stated.path, reason)
                }
                if surface.isSupplement { supplements.append(surface) } else { surfaces.append(surface) }
            }
        }
        self.surfaces = surfaces
        self.supplements = supplements
        self.missing = missing
    }

    /// The list that shows whether a family is there at all: nil where only known ids can show it.
    public func probe(of family: Family) -> Surface? {
        surfaces.first { $0.family == family && $0.container == nil && $0.access != .id }
    }

    private static func objection(
        to surface: Surface, beside others: [Surface], behind earlier: [Surface]
    ) -> String? {
        if others.contains(where: { $0.kind == surface.kind }) { return "has a kind that another path has too" }
        guard let container = surface.container else { return nil }
        guard let above = earlier.first(where: { $0.kind == container }) else {
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
