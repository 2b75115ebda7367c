import Chronology
import YAML

extension Builder {
    func legalHold(_ document: Document, _ file: inout DocumentFile) -> LegalHold? {
        guard let spec = document.spec else { return nil }
        let zone = spec.zone("timeZone") ?? .utc
        let match = self.match(spec.object("match"), in: Scope(zone: zone), &file)
        let from = spec.day("from")?.beginning(in: zone) ?? .beginning
        let until = spec.day("until")?.end(in: zone)
        if let until, until <= from {
            file.error(
                "empty-span", at: spec.mark(of: "until"), "the hold ends before it begins", hint: "swap the days")
        }
        let end = until.map { until in spec.period("releaseGrace").flatMap { zone.adding($0, to: until) } ?? .unbounded
        }
        guard let name = document.name?.text else { return nil }
        return LegalHold(
            name: name, matter: spec.text("matter") ?? document.title ?? name, match: match, from: from, until: until,
            inEffectUntil: end, approvedBy: spec.text("approvedBy"), zone: zone, location: document.location)
    }

    func holdRegister(_ document: Document, _ file: inout DocumentFile) -> HoldRegister? {
        guard let spec = document.spec, let name = document.name?.text else { return nil }
        let zone = spec.zone("timeZone") ?? .utc
        guard let asOf = spec.day("asOf")?.beginning(in: zone), let maxAge = spec.period("maxAge") else { return nil }
        let freshUntil = zone.adding(maxAge, to: asOf) ?? .unbounded
        if freshUntil < Moment(self.asOf) {
            file.warn(
                "stale-register", at: spec.mark(of: "asOf"), "the hold register is stale: nothing is deleted under it",
                hint: "check the list of holds, then set asOf to the day of the check")
        }
        return HoldRegister(
            name: name, asOf: asOf, freshUntil: freshUntil, holds: spec.texts("holds").sorted(),
            location: document.location)
    }

    func policyException(_ document: Document, _ file: inout DocumentFile) -> PolicyException? {
        guard let spec = document.spec else { return nil }
        let zone = spec.zone("timeZone") ?? .utc
        let match = self.match(spec.object("match"), in: Scope(zone: zone), &file)
        guard let name = document.name?.text, let expiresAt = spec.day("expiresAt")?.end(in: zone) else { return nil }
        if expiresAt <= Moment(asOf) {
            file.warn(
                "expired-exception", at: spec.mark(of: "expiresAt"), "the exception has expired, and excepts nothing",
                hint: "remove it, or have it reviewed and dated anew")
        }
        if !spec.names("reason") {
            file.warn(
                "no-reason", at: spec.mark, "the exception gives no reason", hint: "add 'reason', for the next reviewer"
            )
        }
        var exception = PolicyException(
            name: name, policies: spec.texts("policies").sorted(), match: match,
            reason: spec.text("reason") ?? document.title ?? "", ticket: spec.text("ticket"), owner: spec.text("owner"),
            expiresAt: expiresAt, expiresText: spec.dayText("expiresAt"), location: document.location)
        exception.zone = zone
        for policy in spec.scalars("policies") { exception.policyLocations[policy.text] = file.location(policy.mark) }
        return exception
    }
}

extension CheckedObject {
    /// A day as people read it: as the document writes it, without a change of zone.
    func dayText(_ key: String) -> String {
        switch day(key) {
        case .date(let date)?: date.description
        case .instant(let instant)?: instant.rfc3339
        case nil: ""
        }
    }
}
