internal import Chronology
internal import JSONLines
internal import Records

/// Reads the members of a review list that people edited: what is missing, unknown or twice makes it none.
struct ReviewReader {
    func list(_ root: JSONValue) throws(PlanDefect) -> ReviewList {
        try hasJust(root, ["asOf", "expires", "records", "requester", "schemaVersion"], "the list")
        let version = try text(root, "schemaVersion", "the list")
        guard version == ReviewList.schemaVersion else {
            throw PlanDefect(
                reason: "it has form \(version), and this version of tenure knows \(ReviewList.schemaVersion)")
        }
        guard let records = root["records"], records.kind == .array else {
            throw PlanDefect(reason: "its records are no list")
        }
        var entries: [ReviewList.Entry] = []
        var seen: Set<PlannedReview.Released> = []
        for (index, record) in records.elements.enumerated() {
            let entry = try entry(record, "record \(index + 1)")
            let pair = PlannedReview.Released(source: entry.source, name: entry.name, policy: entry.policy)
            guard seen.insert(pair).inserted else {
                throw PlanDefect(reason: "record \(index + 1) is there already, and nobody knows which decision counts")
            }
            entries.append(entry)
        }
        return ReviewList(
            asOf: try moment(root, "asOf", "the list"), expires: try moment(root, "expires", "the list"),
            requester: try text(root, "requester", "the list"), entries: entries)
    }

    private func entry(_ value: JSONValue, _ place: String) throws(PlanDefect) -> ReviewList.Entry {
        try hasJust(
            value, ["decision", "id", "kind", "lastActivity", "policy", "source", "state", "until"], place)
        guard let kind = Kind(named: try text(value, "kind", place)) else {
            throw PlanDefect(reason: "\(place) has a kind that is none")
        }
        return ReviewList.Entry(
            source: try text(value, "source", place), name: Plan.Name(kind: kind, id: try text(value, "id", place)),
            policy: try text(value, "policy", place), state: try text(value, "state", place),
            lastActivity: try moment(value, "lastActivity", place), decision: try decision(value, place))
    }

    private func decision(_ value: JSONValue, _ place: String) throws(PlanDefect) -> ReviewList.Decision {
        let until = value["until"]?.isNull == false ? try text(value, "until", place) : nil
        guard value["decision"]?.isNull == false else {
            guard until == nil else { throw PlanDefect(reason: "\(place) says until when, and not what") }
            return .open
        }
        switch (try text(value, "decision", place), until) {
        case ("release", nil): return .release
        case ("release", _): throw PlanDefect(reason: "\(place) is released, which needs no until: write null")
        case ("keep", let until?):
            guard let day = try? CivilDate(until) else {
                throw PlanDefect(reason: "\(place) is kept until what is no day, such as 2027-01-31")
            }
            return .keep(until: day)
        case ("keep", nil): throw PlanDefect(reason: "\(place) is kept, and nobody says until which day")
        default: throw PlanDefect(reason: "\(place): a decision is \"keep\", \"release\" or null")
        }
    }

    private func hasJust(_ value: JSONValue, _ keys: Set<String>, _ place: String) throws(PlanDefect) {
        guard value.kind == .object else { throw PlanDefect(reason: "\(place) is no object") }
        var missing = keys
        for (key, _) in value.members {
            guard missing.remove(key.string) != nil else {
                throw PlanDefect(reason: "\(place) has a member that is unknown, or there twice")
            }
        }
        if let key = missing.min() { throw PlanDefect(reason: "\(place) lacks \(key)") }
    }

    private func text(_ value: JSONValue, _ key: StaticString, _ place: String) throws(PlanDefect) -> String {
        guard let text = value[key]?.text else { throw PlanDefect(reason: "\(place): its \(key) is no text") }
        return text.string
    }

    private func moment(_ value: JSONValue, _ key: StaticString, _ place: String) throws(PlanDefect) -> Moment {
        let text = try text(value, key, place)
        if text == Moment.unbounded.description { return .unbounded }
        guard let instant = try? Instant(rfc3339: text) else {
            throw PlanDefect(reason: "\(place): its \(key) is no instant")
        }
        return Moment(instant)
    }
}
