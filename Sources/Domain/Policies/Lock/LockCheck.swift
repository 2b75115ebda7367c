import Chronology
import Files
import YAML

/// Compares the documents of a run with what was locked.
struct LockCheck {
    private(set) var diagnostics: [Diagnostic] = []
    private var order = PeriodOrder()

    /// - Parameters:
    ///   - path: the lock's.
    ///   - named: what the documents were read from.
    init(_ lock: PolicyLock, at path: String, of named: String, retention: [RetentionPolicy], documents: [Document]) {
        let exceptions = documents.filter { $0.kind == .policyException }
        for signed in lock.terms {
            guard let policy = retention.first(where: { $0.name == signed.policy }),
                let document = documents.first(where: {
                    $0.kind == .retentionPolicy && $0.name?.text == signed.policy
                })
            else {
                report(
                    SourceLocation(file: path, line: 0, column: 0),
                    "the locked policy \(quoted(signed.policy)) is not there",
                    hint: path.hasPrefix(Files.path(named, ""))
                        ? Self.hint
                        : "name the whole directory, \(Files.parent(of: path)): what is below it is locked together")
                continue
            }
            do throws(LockError) {
                let current = try LockedTerms(policy, document, exceptions: exceptions)
                compare(current, with: signed, document, exceptions)
            } catch {
                report(document.location, error.message)
            }
        }
    }

    private static let hint =
        "restore what was signed, or draft a new lock with `tenure lock make` and have it signed"

    private mutating func report(_ location: SourceLocation, _ message: String, hint: String = Self.hint) {
        diagnostics.append(Diagnostic(.error, "locked", at: location, message, hint: hint))
    }

    private mutating func compare(
        _ current: LockedTerms, with signed: LockedTerms, _ document: Document, _ exceptions: [Document]
    ) {
        let spec = document.spec
        let keep = spec?.object("keep")
        func place(_ object: CheckedObject?, _ key: String) -> SourceLocation {
            guard let mark = object?.mark(of: key) else { return document.location }
            return SourceLocation(file: document.location.file, line: mark.line, column: mark.column)
        }
        // Zones are compared first: in another one no period is the same.
        guard current.zone == signed.zone, let zone = try? Zone(signed.zone) else {
            return report(
                place(keep, "timeZone"), "the time zone is \(current.zone), and \(signed.zone) is locked")
        }
        if let least = signed.atLeast, isLonger(least, than: current.atLeast ?? .zero, zone) {
            let now = current.atLeast?.description ?? "nothing"
            report(place(keep, "atLeast"), "atLeast is \(now), and \(least) is locked")
        }
        if let most = signed.atMost, current.atMost.map({ isLonger($0, than: most, zone) }) ?? true {
            let now = current.atMost?.description ?? "not there"
            report(place(keep, "atMost"), "atMost is \(now), and \(most) is locked")
        }
        if isLonger(current.overdueAfter, than: signed.overdueAfter, zone) {
            report(
                place(spec, "overdueAfter"),
                "overdueAfter is \(current.overdueAfter), and \(signed.overdueAfter) is locked")
        }
        if current.basis == .internal, signed.basis != .internal {
            report(place(keep, "basis"), "the basis is internal, and \(signed.basis.rawValue) is locked")
        }
        if current.mode == .observe, signed.mode == .enforce {
            report(place(spec, "mode"), "the policy is only observed, and enforce is locked")
        }
        if current.severity < signed.severity {
            report(
                place(spec, "severity"),
                "the severity is \(current.severity.name), and \(signed.severity.name) is locked")
        }
        if current.isDefault, !signed.isDefault {
            report(place(spec, "default"), "the policy gives way as a default, and was locked as none")
        }
        if current.rest != signed.rest {
            report(
                place(spec, "match"),
                "the match, the clock, or what is done to due records is not what was locked")
        }
        for (name, digest) in current.exceptions.sorted(by: { $0.key < $1.key }) where signed.exceptions[name] != digest
        {
            let location = exceptions.first { $0.name?.text == name }?.location ?? document.location
            report(location, "exception \(quoted(name)) from the locked policy \(quoted(signed.policy)) was not signed")
        }
    }

    private mutating func isLonger(_ first: Period, than second: Period, _ zone: Zone) -> Bool {
        order.dayFromWhich(first, exceeds: second, in: zone) != nil
    }
}
