internal import ProviderFacts

/// Why what answers 404 may be there all the same: the address or the version of the API may be wrong.
struct RetirementDoubt {
    /// What happened.
    let reason: String
    /// What to do about it.
    let remedy: String

    /// For people: what, and what to do next.
    var description: String { "\(reason); \(remedy)" }

    /// The doubt about a family that is not there; nil where the same setting showed something else, and the version is
    /// known to have it.
    ///
    /// - Parameter isAnythingAlive: whether anything else that was asked for was there.
    init?(_ family: Family, of facts: ProviderFacts, isAnythingAlive: Bool) {
        let version = family.sendsVersion ? facts.version : nil
        if !isAnythingAlive {
            reason = "answered 404, and so did whatever else was asked for"
            remedy = "check the address" + (version.map { ", and apiVersion: \($0.name)" } ?? "")
        } else if let version, !version.isKnown || version.ended != nil {
            reason = "answered 404, which may be its retirement or the version"
            remedy = "check apiVersion: \(version.name)"
        } else {
            return nil
        }
    }
}
