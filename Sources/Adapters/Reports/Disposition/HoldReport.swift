public import Chronology
public import Policies

/// The holds of documents: what each is about, since and until when, and whether it is in effect.
public struct HoldReport {
    private let policies: PolicySet
    private let now: Moment

    /// A report on the holds as they are at an instant.
    public init(_ policies: PolicySet, at now: Moment) {
        self.policies = policies
        self.now = now
    }

    /// A table, and what the register says of it.
    public var text: String {
        guard !policies.holds.isEmpty else { return "There are no holds.\n" + register }
        var table = TextTable(alignment: .left)
        table.add(["hold", "in effect", "from", "until", "approved by", "matter"])
        for hold in policies.holds {
            table.add([
                hold.name, state(hold), hold.from.description, hold.until?.description ?? "-", hold.approvedBy ?? "-",
                hold.matter,
            ])
        }
        return table.lines().map { $0 + "\n" }.joined() + register
    }

    private var register: String {
        guard let register = policies.register else { return "\nThere is no register: nothing is deleted.\n" }
        let state = now >= register.freshUntil ? "stale since" : "fresh until"
        return "\nThe register \(register.name) is \(state) \(register.freshUntil).\n"
    }

    /// What a hold does now.
    private func state(_ hold: LegalHold) -> String {
        if now < hold.from { return "not yet" }
        guard let until = hold.until, now >= until else { return "yes" }
        guard let end = hold.inEffectUntil, now < end else { return "no more" }
        return "in grace until \(end)"
    }

    /// The same for machines: sorted, with the place of each document.
    public func write(to json: inout JSONWriter) {
        json.objects("holds", policies.holds) { json, hold in
            json.member("name", hold.name)
            json.member("matter", hold.matter)
            json.member("inEffect", state(hold))
            json.member("from", hold.from.description)
            json.member("until", hold.until?.description)
            json.member("inEffectUntil", hold.inEffectUntil?.description)
            json.member("approvedBy", hold.approvedBy)
            json.member("document", hold.location.description)
        }
        json.member("freshUntil", policies.register?.freshUntil.description)
    }
}
