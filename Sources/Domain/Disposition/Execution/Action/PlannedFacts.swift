internal import Chronology

/// What must still be true of a record right before it is called.
struct PlannedFacts: Sendable {
    /// When it was made; nothing made later is the same record.
    let created: Moment?
    /// Its last activity as planned.
    let lastActivity: Moment?
    /// Its status as planned.
    let status: String?
    /// What is in it and goes with it.
    let parts: Set<String>
    /// What this plan itself has made of it, or of what stands in it: a run that it cancelled ends, and that is an
    /// activity of its thread.
    var own: CurrentFacts?

    init(_ facts: Plan.Facts, parts: Set<String> = [], own: CurrentFacts? = nil) {
        created = Self.moment(facts.created)
        lastActivity = Self.moment(facts.lastActivity)
        status = facts.status
        self.parts = parts
        self.own = own
    }

    /// What is no longer so; nil where all is as planned. What the service does not say was held against the scan.
    func deviation(of facts: CurrentFacts) -> String? {
        if let created, let actual = facts.created.map(Moment.init), actual > created {
            return "it was made later than what was planned"
        }
        if let lastActivity, let actual = facts.lastActivity.map(Moment.init), actual > lastActivity,
            own?.lastActivity.map(Moment.init) != actual
        {
            return "something was done with it since"
        }
        if let actual = facts.parts, !actual.isSubset(of: parts) { return "something came to it since" }
        if let actual = facts.status, actual != status, actual != own?.status { return "its status is another" }
        return nil
    }

    /// A time as plans print it; nil for an open end, with which nothing can be compared.
    static func moment(_ text: String) -> Moment? { (try? Instant(rfc3339: text)).map(Moment.init) }
}
