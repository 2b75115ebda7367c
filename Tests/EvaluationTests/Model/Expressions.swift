import Chronology
import Policies
import RuleSupport

/// Expressions for documents that tests build without a file, checked by the loader like those of any policy.
enum Expressions {
    /// A custom clock.
    static let closing = "timestamp(object.metadata.closed_at)"

    /// Conditions, of which the second fails where the key is absent.
    static let hasProduct = "has(object.metadata.product)"
    static let isSupport = "object.metadata.product == 'support'"
    static let isTenant = "has(object.tenant) && object.tenant == 't1'"

    static let isUndated = "!has(object.created)"
    static let isShared = "object.usedBy.size() > 1"
    static let holdsRuns = "object.contains.exists(part, part.kind == 'run')"
    static let isOfOneTenant = "object.usedBy.all(u, u.tenant == object.usedBy[0].tenant)"
    static let usesOneSupportFile = "object.uses.exists_one(u, u.metadata.product == 'support')"
    static let isBesideRuns = "has(object.container) && object.container.contains.filter(c, c.kind == 'run') != []"
    static let usersAreInThreads = "object.usedBy.exists(u, u.container.kind == 'thread')"

    /// Those that read related records.
    static let related = [isShared, holdsRuns, isOfOneTenant, usesOneSupportFile, isBesideRuns, usersAreInThreads]

    /// An access policy whose validations are all of these conditions, and one that reads a variable.
    static let isSharedByVariable = "variables.users.size() > 1"
    static let access: AccessPolicy? = {
        let validations = (conditions.map(\.text) + [isSharedByVariable]).enumerated().map { index, text in
            "    - {name: v\(index), expression: \"\(text)\"}"
        }
        let text = """
            apiVersion: tenure/v1
            kind: AccessPolicy
            metadata: {name: access}
            spec:
              variables: [{name: users, expression: object.usedBy}]
              validations:
            \(validations.joined(separator: "\n"))
            """
        return load(text)?.access.first
    }()

    static let clock: RetentionPolicy.Clock? = load(clock: closing, condition: "true")?.clock
    static let conditions: [Expression] = [
        hasProduct, isSupport, isTenant, isUndated, isShared, holdsRuns, isOfOneTenant, usesOneSupportFile,
        isBesideRuns, usersAreInThreads,
    ].compactMap {
        load(clock: "created", condition: $0)?.match.condition
    }

    private static func load(clock: String, condition: String) -> RetentionPolicy? {
        let text = """
            apiVersion: tenure/v1
            kind: RetentionPolicy
            metadata: {name: custom}
            spec:
              match: {kinds: [file], where: "\(condition)"}
              clock: {from: "\(clock)"}
              keep: {atMost: 30d}
            """
        return load(text)?.retention.first
    }

    private static func load(_ text: String) -> PolicySet? {
        PolicyLoader.load(
            files: [("test.yaml", Array(text.utf8))], asOf: Instant(seconds: World.origin.microseconds / 1_000_000)
        ).policies
    }
}
