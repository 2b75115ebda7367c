import Chronology
import Evaluation
import Records
import RuleSupport

@testable import Disposition

/// A request of Anna, whose id is `a`; Bert is somebody else.
func requestOfAnna(_ identities: [Identity] = [.user("a")], hashes keys: [String] = []) throws -> PrivacyRequest {
    PrivacyRequest(
        name: "r", regulation: .gdpr, received: try CivilDate("2026-11-01"), identities: identities,
        contentHashKeys: keys)
}

/// What is found, in words: theirs, and behind a bar what is looked at, with why.
func found(
    _ estate: Estate, _ identities: [Identity] = [.user("a")], hashes keys: [String] = []
) throws -> String {
    let result = scan(estate)
    let discovery = try Discovery(try requestOfAnna(identities, hashes: keys), in: result)
    let theirs = discovery.theirs.map { result.inventory.id($0.row) }
    let review = discovery.review.map { "\(result.inventory.id($0.row)): \($0.doubt?.rawValue ?? "")" }
    return (theirs + ["|"] + review).joined(separator: " ")
}

/// Every record that is found, with the way to it.
func told(_ estate: Estate, hashes keys: [String] = []) throws -> [String] {
    let result = scan(estate)
    let discovery = try Discovery(try requestOfAnna(hashes: keys), in: result)
    return (discovery.theirs + discovery.review).map { record in
        let path = discovery.path(to: record.row).map { step in
            if case .through(let link, _) = step.way {
                "\(link) \(result.inventory.id(step.row))"
            } else {
                "named \(result.inventory.id(step.row))"
            }
        }
        return "\(record.doubt?.rawValue ?? "theirs"): \(path.joined(separator: ", "))"
    }
}
