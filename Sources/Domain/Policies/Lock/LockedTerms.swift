import Chronology
import Crypto
import YAML

/// What a lock says of one policy.
///
/// Compared by rank, so that only the weaker is refused: `atLeast` may grow, `atMost` and `overdueAfter` may shrink,
/// severity may rise, basis and mode may only become stronger, and the policy may not become a default. Compared as it
/// stands: the zone, and by digest everything else in the spec but `controls` and `limits`, which are no terms: match,
/// clock, params, whenDue, whileUsed, onUndetermined, disclose. An exception from the policy must be one that was there.
struct LockedTerms: Equatable {
    let policy: String
    let atLeast: Period?
    let atMost: Period?
    let overdueAfter: Period
    let basis: RetentionPolicy.Basis
    let mode: RetentionPolicy.Mode
    let severity: Severity
    let isDefault: Bool
    let zone: String
    let rest: String
    /// The digests of the exceptions from the policy, by name.
    let exceptions: [String: String]

    private static let ranked: Set = [
        "keep", "overdueAfter", "mode", "severity", "default", "controls", "limits",
    ]

    init(_ policy: RetentionPolicy, _ document: Document, exceptions documents: [Document]) throws(LockError) {
        self.policy = policy.name
        atLeast = policy.atLeast
        atMost = policy.atMost
        overdueAfter = policy.overdueAfter ?? .zero
        basis = policy.basis
        mode = policy.mode
        severity = policy.severity
        isDefault = policy.isDefault
        zone = policy.zone.identifier
        rest = try Self.digest(document.spec?.without(Self.ranked))
        var exceptions: [String: String] = [:]
        for document in documents {
            guard let spec = document.spec, spec.texts("policies").contains(policy.name),
                let name = document.name?.text
            else { continue }
            exceptions[name] = try Self.digest(spec)
        }
        self.exceptions = exceptions
    }

    init(
        policy: String, atLeast: Period?, atMost: Period?, overdueAfter: Period, basis: RetentionPolicy.Basis,
        mode: RetentionPolicy.Mode, severity: Severity, isDefault: Bool, zone: String, rest: String,
        exceptions: [String: String]
    ) {
        self.policy = policy
        self.atLeast = atLeast
        self.atMost = atMost
        self.overdueAfter = overdueAfter
        self.basis = basis
        self.mode = mode
        self.severity = severity
        self.isDefault = isDefault
        self.zone = zone
        self.rest = rest
        self.exceptions = exceptions
    }

    private static func digest(_ object: CheckedObject?) throws(LockError) -> String {
        do throws(CryptoError) {
            return try SHA256.digest(object.map { CanonicalForm.text(of: .object($0)) } ?? "").hex
        } catch {
            throw LockError(error.description)
        }
    }

    var json: JSON {
        .object([
            ("name", .string(policy)), ("atLeast", Self.json(atLeast)), ("atMost", Self.json(atMost)),
            ("overdueAfter", .string(overdueAfter.description)), ("basis", .string(basis.rawValue)),
            ("mode", .string(mode.rawValue)), ("severity", .string(severity.name)), ("default", .bool(isDefault)),
            ("timeZone", .string(zone)), ("rest", .string(rest)),
            (
                "exceptions",
                .array(
                    exceptions.sorted { $0.key < $1.key }.map {
                        .object([("name", .string($0.key)), ("digest", .string($0.value))])
                    })
            ),
        ])
    }

    private static func json(_ period: Period?) -> JSON { period.map { .string($0.description) } ?? .null }
}

extension CheckedObject {
    func without(_ names: Set<String>) -> CheckedObject {
        var copy = CheckedObject(mark: mark)
        for (name, value) in entries where !names.contains(name) { copy.set(name, value) }
        return copy
    }
}
