internal import Chronology
internal import Evaluation

/// Turns findings into JSON objects, one after the other.
struct FindingLines {
    private let ids: ReportedIds
    private let because: Because
    private let parts: FindingParts
    private var moments = MomentText()
    private var reason: [UInt8] = []

    init(_ result: ScanResult, ids: ReportedIds) {
        self.ids = ids
        because = Because(result)
        parts = FindingParts(result)
    }

    /// Adds the finding as a JSON object on one line.
    mutating func append(_ finding: Finding, to line: inout [UInt8]) throws(ReportError) {
        parts.appendHead(finding, to: &line)
        line.append(literal: "\"id\":")
        try ids.withId(finding.row) { id in line.append(jsonString: id) }
        parts.appendState(finding, to: &line)
        append("\"clockEarliest\":", finding.clock?.earliest, to: &line)
        append(",\"clockLatest\":", finding.clock?.latest, to: &line)
        append(",\"keepUntil\":", finding.keepUntil, to: &line)
        parts.appendMatters(finding.matters, to: &line)
        append(",\"deleteAt\":", finding.deleteAt, to: &line)
        append(",\"dueAt\":", finding.dueAt, to: &line)
        append(",\"overdueAt\":", finding.overdueAt, to: &line)
        line.append(literal: finding.pastMax ? ",\"pastMax\":true" : ",\"pastMax\":false")
        line.append(literal: finding.mayGo ? ",\"mayGo\":true,\"because\":" : ",\"mayGo\":false,\"because\":")
        reason.removeAll(keepingCapacity: true)
        because.append(finding, moments: &moments, to: &reason)
        line.append(jsonString: reason.span)
        line.append(UInt8(ascii: "}"))
    }

    private mutating func append(_ name: String, _ moment: Moment?, to line: inout [UInt8]) {
        line.append(literal: name)
        guard let moment else { return line.append(literal: "null") }
        line.append(UInt8(ascii: "\""))
        moments.append(moment, to: &line)
        line.append(UInt8(ascii: "\""))
    }
}
