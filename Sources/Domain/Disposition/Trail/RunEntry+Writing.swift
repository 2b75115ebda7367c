public import AuditLog
internal import CanonicalJSON
public import Chronology

extension RunEntry {
    /// What the making of a plan is called in the log.
    static let planMade: StaticString = "plan.made"

    /// What it is called in the log.
    public var type: StaticString {
        switch self {
        case .scanned: "scan.decided"
        case .linted: "lint.decided"
        case .planned: Self.planMade
        case .listed: "review.made"
        case .approved(let entry): entry.approvals.matter == .plan ? "plan.approved" : "review.approved"
        case .held(let entry): entry.isNew ? "hold.added" : "hold.released"
        case .checked: "hold.checked"
        case .asked(let entry): entry.isNew ? "request.received" : "request.extended"
        case .settled: "request.settled"
        }
    }

    /// Adds it to a log.
    public func append(to log: inout LogWriter, at instant: Instant) throws(AuditError) {
        try log.append(type, at: instant, write)
    }

    private func write(_ data: inout CanonicalWriter) {
        switch self {
        case .scanned(let entry): write(entry, &data)
        case .linted(let entry):
            data.member("asOf", entry.asOf.description)
            data.member("errors", entry.errors)
            data.member("exitCode", entry.exitCode)
            data.member("policies", entry.policies)
            data.member("warnings", entry.warnings)
        case .planned(let entry): write(entry, &data)
        case .listed(let entry):
            data.member("asOf", entry.list.asOf.description)
            data.member("by", Self.person(entry.list.requester))
            data.member("expires", entry.list.expires.description)
            data.member("policies", entry.policies)
            data.member("records", entry.list.entries.count)
            data.member("review", entry.review)
        case .approved(let entry):
            data.member("by", Self.person(entry.name))
            data.member("holds", entry.holds)
            data.member("lacks", entry.lacks)
            data.member("policies", entry.policies)
            data.member("sha256", entry.approvals.digest)
            data.member("signatures", entry.approvals.signatures.count)
        case .held(let entry):
            data.member("by", entry.name.flatMap(Self.person))
            data.member("hold", entry.hold)
            data.member("holdsAfter", entry.after.holds)
            data.member("holdsBefore", entry.before.holds)
            data.member("policiesAfter", entry.after.policies)
            data.member("policiesBefore", entry.before.policies)
        case .checked(let entry):
            data.member("exitCode", entry.exitCode)
            data.member("holds", entry.digests?.holds)
            data.member("names", .array(entry.names.map(CanonicalValue.string)))
            data.member("policies", entry.digests?.policies)
        case .asked(let entry):
            data.member("deadline", entry.deadline.description)
            data.member("received", entry.request.received.description)
            data.member("regulation", entry.request.regulation.rawValue)
            data.member("request", entry.request.name)
            data.member("subject", entry.token)
        case .settled(let entry):
            data.member("by", Self.person(entry.name))
            data.member("list", entry.list)
            data.member("plan", entry.plan)
            data.member("records", entry.records)
            data.member("request", entry.request)
            data.member("subject", entry.token)
        }
    }

    private func write(_ entry: Scan, _ data: inout CanonicalWriter) {
        data.member("asOf", entry.asOf.description)
        data.member("exitCode", entry.exitCode)
        data.member("holds", entry.holds)
        data.member("incomplete", entry.incomplete)
        data.member("mayGo", entry.mayGo)
        data.member("policies", entry.policies)
        data.member("records", entry.records)
        data.member("report", entry.report)
        data.member("sources", .array(entry.sources.map(CanonicalValue.string)))
        data.member("violations", entry.violations)
    }

    private func write(_ entry: Planned, _ data: inout CanonicalWriter) {
        data.member("actions", entry.actions)
        data.member("along", entry.along)
        data.member("asOf", entry.binding.asOf.description)
        data.member("by", Self.person(entry.binding.requester))
        data.member("exitCode", entry.exitCode)
        data.member("expires", entry.binding.expires.description)
        data.member("holds", entry.binding.holds)
        data.member("plan", entry.plan)
        data.member("policies", entry.binding.policies)
        data.member("request", entry.request)
        data.member("reviews", .array(entry.binding.reviews.map { .string($0.digest) }))
        data.member("scan", entry.binding.scan)
        data.member("staying", entry.staying)
    }

    /// Whether somebody who acts can stand in the log by this name: 1 to 128 letters, digits, `.`, `-` and `_` of ASCII,
    /// as documents name people. An address is none: nothing in the log names somebody by it, nor by a digest of it,
    /// which is as good to whoever guesses.
    public static func isName(_ name: String) -> Bool {
        (1...128).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Who acts; nil where that is no such name.
    private static func person(_ name: String) -> String? { isName(name) ? name : nil }
}
