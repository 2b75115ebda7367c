internal import CanonicalJSON
internal import Chronology
internal import Evaluation

/// Turns findings into JSON objects, one after the other.
struct FindingLines {
    private let ids: ReportedIds
    private let because: Because
    private let parts: FindingParts
    private var moments = MomentText()
    private var shape: FindingShape?
    private var head: [UInt8] = []
    private var middle: [UInt8] = []

    init(_ result: ScanResult, ids: ReportedIds) {
        self.ids = ids
        because = Because(result, ids: ids) { sentence in
            var bytes: [UInt8] = []
            bytes.append(jsonEscaped: sentence.utf8Span.span)
            return bytes
        }
        parts = FindingParts(result)
    }

    /// Adds the finding as a JSON object on one line.
    mutating func append(_ finding: Finding, to line: inout [UInt8]) throws(ReportError) {
        setShape(parts.shape(finding))
        line += head
        try ids.withId(finding.row) { id in line.append(jsonEscaped: id) }
        line += middle
        append("\"clockEarliest\":", finding.clock?.earliest, to: &line)
        append(",\"clockLatest\":", finding.clock?.latest, to: &line)
        append(",\"keepUntil\":", finding.keepUntil, to: &line)
        parts.appendMatters(finding.matters, to: &line)
        append(",\"deleteAt\":", finding.deleteAt, to: &line)
        append(",\"dueAt\":", finding.dueAt, to: &line)
        append(",\"overdueAt\":", finding.overdueAt, to: &line)
        line.append(literal: finding.pastMax ? ",\"pastMax\":true" : ",\"pastMax\":false")
        line.append(literal: finding.mayGo ? ",\"mayGo\":true" : ",\"mayGo\":false")
        line.append(literal: finding.isBaselined ? ",\"baselined\":true" : ",\"baselined\":false")
        parts.appendException(finding, to: &line)
        line.append(literal: ",\"because\":\"")
        because.append(finding, moments: &moments, to: &line)
        line.append(literal: "\"}")
    }

    /// Findings come by policy, source and kind, so that what they share seldom changes.
    private mutating func setShape(_ new: FindingShape) {
        guard new != shape else { return }
        shape = new
        head = parts.head(new)
        middle = parts.middle(new)
    }

    private mutating func append(_ name: StaticString, _ moment: Moment?, to line: inout [UInt8]) {
        line.append(literal: name)
        guard let moment else { return line.append(literal: "null") }
        line.append(UInt8(ascii: "\""))
        moments.append(moment, to: &line)
        line.append(UInt8(ascii: "\""))
    }
}
