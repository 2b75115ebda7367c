internal import Disposition

/// Forms that what is said about privacy requests has in common.
extension Form {
    static let regulation = one(of: Regulation.allCases.map(\.rawValue))
    static let person = text("^hmac-sha256:").about("The keyed token of the person.")
    static let ground = one(of: Ground.allCases.map(\.rawValue))
    static let due = object(["by": day, "rule": text.about("How the day was found.")]).named("due")
    static let unread = list(of: object(["source": text, "kind": kind, "extent": text])).about(
        "Where more of theirs may be.")
    static let blindSpots = list(
        of: object(["what": one(of: BlindSpot.allCases.map(\.rawValue)), "sentence": text])
    ).about("What nobody looked into.")
}
