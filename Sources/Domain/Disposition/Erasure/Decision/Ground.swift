/// Why a law lets a record be kept although its person asked for its erasure.
public enum Ground: String, Sendable, Hashable, CaseIterable, Comparable {
    /// A claim in law, or its defence: a hold's matter, or an `atLeast` on the basis of claims.
    case claims
    /// Another law obliges to keep it: an `atLeast` on the basis of a statute.
    case statute

    /// Where the law says so.
    ///
    /// - Source: Regulation (EU) 2016/679, Article 17(3)(b) and (e), also as the United Kingdom keeps it; California Civil
    ///   Code § 1798.105(d)(8), and § 1798.145(a), which lets a business exercise or defend legal claims.
    public func article(of regulation: Regulation) -> String {
        switch (regulation, self) {
        case (.gdpr, .claims): "GDPR Article 17(3)(e)"
        case (.gdpr, .statute): "GDPR Article 17(3)(b)"
        case (.ukGDPR, .claims): "UK GDPR Article 17(3)(e)"
        case (.ukGDPR, .statute): "UK GDPR Article 17(3)(b)"
        case (.ccpa, .claims): "Civil Code § 1798.145(a)"
        case (.ccpa, .statute): "Civil Code § 1798.105(d)(8)"
        }
    }

    /// What it means, for people.
    public var sentence: String {
        switch self {
        case .claims: "it is needed for legal claims"
        case .statute: "another law obliges to keep it"
        }
    }

    /// The order of the vocabulary.
    public static func < (left: Ground, right: Ground) -> Bool { left.rawValue < right.rawValue }
}

/// One document that keeps a record against a request.
public struct KeepingGround: Sendable, Hashable {
    /// Why the law lets it.
    public let ground: Ground
    /// The name of the hold or the policy.
    public let document: String
    /// Until when, as reports print instants; nil while a matter is open.
    public let until: String?
}
