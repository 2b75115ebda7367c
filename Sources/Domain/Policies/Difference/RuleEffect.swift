/// What a change of a document comes to, whatever the data.
public enum RuleEffect: String, Sendable, Hashable, CaseIterable, Comparable {
    case keepsLonger = "keeps-longer"
    case keepsShorter = "keeps-shorter"
    case keepsOtherwise = "keeps-longer-or-shorter"
    case limitsLater = "limits-later"
    case limitsSooner = "limits-sooner"
    case limitsOtherwise = "limits-later-or-sooner"
    case matchesMore = "matches-more"
    case matchesLess = "matches-less"
    case matchesOtherwise = "matches-otherwise"
    case countsFromOtherClock = "counts-from-another-clock"
    case isEnforced = "is-enforced"
    case isOnlyObserved = "is-only-observed"
    case deletes = "deletes"
    case deletesNoLonger = "deletes-no-longer"
    case holdsLonger = "holds-longer"
    case holdsShorter = "holds-shorter"
    case exceptsLonger = "excepts-longer"
    case exceptsShorter = "excepts-shorter"

    /// The effect in words.
    public var words: String {
        switch self {
        case .keepsOtherwise: "keeps longer or shorter, depending on the day"
        case .limitsOtherwise: "limits later or sooner, depending on the day"
        case .matchesOtherwise: "may match other records"
        default: rawValue.split(separator: "-").joined(separator: " ")
        }
    }

    /// In the order of the cases.
    public static func < (left: RuleEffect, right: RuleEffect) -> Bool { left.order < right.order }

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
